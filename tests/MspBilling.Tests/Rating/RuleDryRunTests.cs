using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class RuleDryRunTests
{
    private static readonly Activity[] Items = [Item("A1", 100), Item("A2", 200), Item("B1", 50)];

    // Candidate rules; activities that each matches and what it changes by itself; what all change against no rules.
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("A:x1.5", "2 150.00", 150)] // 50.00 + 100.00
    [InlineData("A:x1.5 x2", "2 150.00, 3 500.00", 650)] // then 450.00 + 50.00 more
    [InlineData("A:x1.5! x2", "2 150.00, 1 50.00", 200)] // the second has B1 alone
    [InlineData("A:- x2", "2 -300.00, 1 50.00", -250)]
    [InlineData("? x2", "3 -350.00, 0 0.00", -350)]
    [InlineData("C:x2", "0 0.00", 0)]
    [InlineData("x1", "3 0.00", 0)] // matches and changes nothing
    [InlineData("A:^250", "2 -50.00", -50)]
    [InlineData(">B B:x2", "3 0.00, 3 350.00", 350)] // what became B and what was
    public void OfSettings_Candidates_TellWhatEachMatchesAndChanges(string rules, string trials, decimal total)
    {
        var run = RuleDryRun.OfSettings(Month.Case(Items), CustomRulesTests.Rules(rules).Own);

        Assert.Equal(trials, Text(run));
        Assert.Equal(total, run.Lines.Sum(row => row.Difference.Amount));
        Assert.Equal(run.Lines.Sum(row => row.Difference.Amount), run.Rules.Sum(trial => trial.Changes.Sum(row => row.Difference.Amount)));
    }

    [Fact]
    public void OfSettings_AgainstRulesInForce_ComparesWithThem()
    {
        var run = RuleDryRun.OfSettings((Month with { Rules = CustomRulesTests.Rules("x2").Own }).Case(Items), CustomRulesTests.Rules("x3").Own);

        // Each rule against none: 350.00 x 3 - 350.00; all against what holds: 1,050.00 - 700.00.
        Assert.Equal("3 700.00", Text(run));
        Assert.Equal(350, run.Lines.Sum(row => row.Difference.Amount));
    }

    [Fact]
    public void OfAgreement_Candidates_StandBeforeTheSettingsRules()
    {
        var run = RuleDryRun.OfAgreement((Month with { Rules = CustomRulesTests.Rules("|x2").Shared }).Case(Items), Records.AgreementId, CustomRulesTests.Rules("A:x1.5!").Own);

        // A was 600.00 by the settings' rule and is 450.00; B stays at 100.00.
        Assert.Equal("2 -150.00", Text(run));
        Assert.Equal(-150, run.Lines.Sum(row => row.Difference.Amount));
    }

    [Fact]
    public void OfAgreement_Unknown_IsRefused() =>
        Assert.Contains("no agreement 999", Assert.Throws<ArgumentException>(() => RuleDryRun.OfAgreement(Month.Case(Items), "999", [])).Message, StringComparison.Ordinal);

    [Fact]
    public void OfSettings_Run_LeavesTheCaseAsItWas()
    {
        var @case = Month.Case(Items);
        var before = RecordJson.Serialize(Rater.Rate(@case));

        RuleDryRun.OfSettings(@case, CustomRulesTests.Rules("x2").Own);

        Assert.Equal(before, RecordJson.Serialize(Rater.Rate(@case)));
    }

    private static AgreedMonth Month => AgreedMonth.Of(Lines.Expenses());

    private static string Text(DryRun run) =>
        string.Join(", ", run.Rules.Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Matched} {trial.Changes.Sum(row => row.Difference.Amount):0.00}")));

    private static Expense Item(string sku, decimal price) => Records.Expense(sku, 1, price) with { Sku = sku };
}
