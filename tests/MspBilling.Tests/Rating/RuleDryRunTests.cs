using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class RuleDryRunTests
{
    private static readonly Activity[] Items = [Item("A1", 100), Item("A2", 200), Item("B1", 50)];

    // The rules; activities that each matches and what it changes by itself; what all change against none.
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
    public void OfSettingsOrAgreement_Rules_TellWhatEachMatchesAndChanges(string rules, string expected, decimal total)
    {
        var own = CustomRulesTests.Rules(rules).Own;
        foreach (var trials in new[] { RuleDryRun.OfSettings((Month with { Rules = own }).Case(Items)), RuleDryRun.OfAgreement(With(own).Case(Items), "101") })
        {
            Assert.Equal(expected, Text(trials));
            Assert.Equal(total, trials.Sum(trial => trial.Changes.Sum(row => row.Difference.Amount)));
        }
    }

    [Fact]
    public void OfAgreement_Rules_StandBeforeTheSettings()
    {
        var month = With(CustomRulesTests.Rules("A:x1.5!").Own) with { Rules = CustomRulesTests.Rules("|x2").Shared };

        // A is 600.00 by the settings' rule alone and 450.00 by the agreement's, which ends; then the settings' doubles B alone.
        Assert.Equal("2 -150.00", Text(RuleDryRun.OfAgreement(month.Case(Items), "101")));
        Assert.Equal("1 50.00", Text(RuleDryRun.OfSettings(month.Case(Items))));
    }

    [Fact]
    public void OfAgreement_RuleInPlaceOfTheSettings_IsTriedAgainstThat()
    {
        var month = With(CustomRulesTests.Rules("x3").Own) with { Rules = CustomRulesTests.Rules("x2").Own };

        // Without it the settings' rule of its id would double: 350.00 x 3 - 350.00 x 2.
        Assert.Equal("3 350.00", Text(RuleDryRun.OfAgreement(month.Case(Items), "101")));
        Assert.Equal("0 0.00", Text(RuleDryRun.OfSettings(month.Case(Items))));
    }

    [Fact]
    public void OfAgreement_OfTwoWithTheSameRule_CountsItsOwn()
    {
        var rule = CustomRulesTests.Rules("x2").Own;
        var hardware = Lines.Expenses() with { Id = "a", Match = new ActivityMatch { Skus = ["A*"] } };
        var rest = Lines.Expenses() with { Id = "b", Match = new ActivityMatch { Skus = ["B*"] } };
        var month = Month with { Agreements = [AgreedMonth.Agreement("101", hardware).With(rule), AgreedMonth.Agreement("102", rest).With([.. rule.Select(same => same with { })])] };

        Assert.Equal("2 300.00", Text(RuleDryRun.OfAgreement(month.Case(Items), "101")));
        Assert.Equal("1 50.00", Text(RuleDryRun.OfAgreement(month.Case(Items), "102")));
    }

    // Until 14 September x 2, from then on x 3; the version of October has another rule, which is not in force.
    [Fact]
    public void OfAgreement_Versions_AreOneRuleOfTheirIdEachWithItsOwnEffect()
    {
        var agreement = AgreedMonth.Agreement("101", Lines.Expenses());
        var month = Month with
        {
            Agreements =
            [
                agreement with
                {
                    Versions =
                    [
                        Version(1, Days.Between("2024-01-01", "2024-09-15"), "x2"),
                        Version(2, Days.Between("2024-09-15", "2024-10-01"), "x3"),
                        Version(3, Days.From("2024-10-01"), "x1 x9"),
                    ],
                },
            ],
        };

        // 100.00 on the 10th and 50.00 on the 20th, so 100.00 more and 100.00 more.
        var trial = Assert.Single(RuleDryRun.OfAgreement(month.Case(Item("A1", 100) with { Day = Days.On("2024-09-10") }, Item("B1", 50) with { Day = Days.On("2024-09-20") }), "101"));

        Assert.Equal((2, 200m, new MultiplyPrice(3)), (trial.Matched, trial.Changes.Sum(row => row.Difference.Amount), trial.Rule.Effect));

        AgreementVersion Version(int number, Period days, string rules) => agreement.Versions[0] with { Number = number, InForce = days, Rules = CustomRulesTests.Rules(rules).Own };
    }

    [Fact]
    public void OfAgreement_Unknown_IsRefused() =>
        Assert.Contains("no agreement 999", Assert.Throws<ArgumentException>(() => RuleDryRun.OfAgreement(Month.Case(Items), "999")).Message, StringComparison.Ordinal);

    [Fact]
    public void OfSettings_Run_LeavesTheCaseAsItWas()
    {
        var @case = (Month with { Rules = CustomRulesTests.Rules("x2").Own }).Case(Items);
        var before = RecordJson.Serialize(Rater.Rate(@case));

        RuleDryRun.OfSettings(@case);

        Assert.Equal(before, RecordJson.Serialize(Rater.Rate(@case)));
    }

    private static AgreedMonth Month => AgreedMonth.Of(Lines.Expenses());

    private static AgreedMonth With(IReadOnlyList<CustomRule> rules) => Month with { Agreements = [Month.Agreements[0].With(rules)] };

    private static string Text(IReadOnlyList<RuleTrial> trials) =>
        string.Join(", ", trials.Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Matched} {trial.Changes.Sum(row => row.Difference.Amount):0.00}")));

    private static Expense Item(string sku, decimal price) => Records.Expense(sku, 1, price) with { Sku = sku };
}
