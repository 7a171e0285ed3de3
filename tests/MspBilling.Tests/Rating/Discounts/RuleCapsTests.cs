using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Discounts;

public sealed class RuleCapsTests
{
    private static readonly ExpensesLine Line = Lines.Expenses("Hardware");

    // Cap; prices, of which those of A are under the rule; the lines as they stand.
    [Theory]
    [InlineData(600, "A500 A300", "500.00, 300.00, -200.00")]
    [InlineData(800, "A500 A300", "500.00, 300.00")] // just reached
    [InlineData(799.99, "A500 A300", "500.00, 300.00, -0.01")]
    [InlineData(600, "A500 B300", "500.00, 300.00")] // the rule does not match B
    [InlineData(600, "A500 A300 B100", "500.00, 300.00, -200.00, 100.00")] // beside the last that it caps
    [InlineData(600, "A500 B100 A300", "500.00, 100.00, 300.00, -200.00")]
    [InlineData(600, "A500 A300 A-100", "500.00, 300.00, -100.00, -100.00")] // a credit gives room: 700.00 - 600.00
    [InlineData(0, "A500", "500.00, -500.00")]
    [InlineData(600, "A-100", "-100.00")]
    [InlineData(600, "", "")]
    public void Rate_AboveTheCapOfARule_IsWrittenDownOnOneLine(decimal cap, string items, string lines)
    {
        var rated = (AgreedMonth.Of(Line) with { Rules = [Cap("cap", cap)] }).Rate(Items(items));

        Assert.Equal(lines, Text(rated));
        Assert.All(rated.Dispositions, d => Assert.Equal(DispositionKind.Billed, d.Kind));
    }

    [Fact]
    public void Rate_WriteDown_NamesTheRuleAndTheSum()
    {
        var line = (AgreedMonth.Of(Line) with { Rules = [Cap("cap", 600)] }).Rate(Items("A500 A300")).Lines[^1];

        Assert.Equal((LineKind.WriteDown, "Cap cap, above the limit", "rule/cap"), (line.Kind, line.Description, line.Item));
        Assert.Equal("Cap cap: not to exceed 600.00. 800.00 - 600.00 = 200.00 above.", line.Explanation.Sentence);
        Assert.Equal(["cap"], line.Rules!);
    }

    public static TheoryData<CustomRule[], CustomRule[], string> Stacks => new()
    {
        // Both cap the same 800.00: to 600.00, then by 100.00 more; or to 500.00, then not at all.
        { [], [Cap("one", 600), Cap("two", 500)], "500.00, 300.00, -200.00, -100.00" },
        { [], [Cap("two", 500), Cap("one", 600)], "500.00, 300.00, -300.00" },
        // The agreement's own before the settings'.
        { [Cap("own", 600)], [Cap("two", 500)], "500.00, 300.00, -200.00, -100.00" },
        // The agreement's own of the same id instead of the settings'.
        { [Cap("same", 700)], [Cap("same", 500)], "500.00, 300.00, -100.00" },
        // Times 2 before the cap: 1,600.00 - 600.00.
        { [], [Cap("one", 600), new("twice", "Twice", Lines.Always, new ActivityMatch(), new MultiplyPrice(2))], "1000.00, 600.00, -1000.00" },
    };

    [Theory]
    [MemberData(nameof(Stacks), DisableDiscoveryEnumeration = true)]
    public void Rate_SeveralRules_CapInTheirOrder(CustomRule[] own, CustomRule[] shared, string lines) =>
        Assert.Equal(lines, Text(new AgreedMonth { Agreements = [AgreedMonth.Agreement("101", Line).With(own)], Rules = shared }.Rate(Items("A500 A300"))));

    [Fact]
    public void Rate_RuleOfTheSettings_CountsOverAllAgreementsOfACurrency()
    {
        var month = new AgreedMonth
        {
            Agreements = [AgreedMonth.Agreement("101", Line), AgreedMonth.Agreement("102", Line), AgreedMonth.Agreement("103", Line).In(USD)],
            Rules = [Cap("cap", 600)],
        };

        // 500.00 + 300.00 euro are above 600.00; 550.00 dollars are not.
        Assert.Equal(
            "500.00, 300.00, -200.00, 550.00",
            Text(month.Rate(Of("101", Items("A500")[0]), Of("102", Items("A300")[0]), Of("103", Items("A550")[0]) with { Currency = USD })));
    }

    [Fact]
    public void Rate_RuleOfAnAgreement_CountsOverItsOwnLines()
    {
        var month = new AgreedMonth { Agreements = [AgreedMonth.Agreement("101", Line).With(Cap("cap", 600)), AgreedMonth.Agreement("102", Line)], Rules = [Cap("cap", 100)] };

        // 500.00 is below its own 600.00; the other agreement is under the settings' 100.00.
        Assert.Equal("500.00, 300.00, -200.00", Text(month.Rate(Of("101", Items("A500")[0]), Of("102", Items("A300")[0]))));
    }

    [Fact]
    public void Rate_DiscountOnCappedLines_IsOffWhatTheCapLeaves()
    {
        var rated = (AgreedMonth.Of(Line, Lines.Discount("Loyalty", ["Hardware"], 10, Lines.Always)) with { Rules = [Cap("cap", 600)] }).Rate(Items("A500 A300 B100"));

        // 800.00 - 200.00: 375.00 and 225.00 are left, and B's 100.00.
        Assert.Equal([Eur(37.50m), Eur(22.50m), Eur(0), Eur(10)], rated.Lines.Select(line => line.Discount));
    }

    [Fact]
    public void Rate_CapBesideAProjectsOwn_CountsWhatThatLeaves()
    {
        var month = AgreedMonth.Of(Lines.Milestones() with { Projects = [new ProjectPrice("701", null, null, null, 700, [])] }) with { Rules = [Cap("cap", 600, "*")] };

        // 1,000.00, to 700.00 by the project, to 600.00 by the rule.
        Assert.Equal("1000.00, -300.00, -100.00", Text(month.Rate(Records.Milestone("1", 1000))));
    }

    private static CustomRule Cap(string id, decimal amount, string? sku = "A*") =>
        new(id, "Cap " + id, Lines.Always, sku == "*" ? new ActivityMatch() : new ActivityMatch { Skus = [sku!] }, new CapAmount(amount));

    private static Expense Of(string agreement, Expense expense) => expense with { AgreementId = agreement };

    private static Expense[] Items(string items) =>
    [
        .. items.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) =>
            Records.Expense($"{i + 1}", 1, decimal.Parse(text[1..], System.Globalization.CultureInfo.InvariantCulture)) with { Sku = text[..1] + i }),
    ];

    private static string Text(RatedPeriod rated) => string.Join(", ", rated.Lines.Select(line => line.Amount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
