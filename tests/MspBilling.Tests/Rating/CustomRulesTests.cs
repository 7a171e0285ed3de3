using System.Globalization;
using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class CustomRulesTests
{
    private static readonly ExpensesLine Hardware = Lines.Expenses("Hardware") with { Id = "a", Match = new ActivityMatch { Skus = ["A*"] } };
    private static readonly ExpensesLine Rest = Lines.Expenses("Rest") with { Id = "b" };
    private static readonly Waive Waived = new();

    // The agreement's rules | the settings'; what 1 x 100.00 of the SKU A1 comes to.
    [Theory]
    [InlineData("", 100)]
    [InlineData("x1.5", 150)]
    [InlineData("=80", 80)]
    [InlineData("x1.5 x2", 300)] // factors are multiplied
    [InlineData("=80 =60", 60)] // the later price
    [InlineData("=80 x1.5", 120)] // off what the price before made of it
    [InlineData("x1.5 =80", 80)] // a price replaces the factor before it
    [InlineData("x1.5 =80 x2", 160)]
    [InlineData("x1.5! x2", 150)] // one that ends
    [InlineData("B:x1.5! x2", 200)] // ends nothing where it does not match
    [InlineData("x1.5|x2", 300)] // the agreement's, then the settings'
    [InlineData("x1.5|=80", 80)]
    [InlineData("=80|x1.5", 120)]
    [InlineData("x1.5!|x2", 150)]
    [InlineData("|x1.5 x2", 300)]
    [InlineData("x0", 0)]
    [InlineData("=0", 0)] // a price of zero was set, and so is meant
    [InlineData("A:x1.5", 150)]
    [InlineData("B:x1.5", 100)]
    [InlineData("C:x1.5", 100)]
    // Reclassified: later rules see what it has become, earlier ones what it was.
    [InlineData(">B A:x2 B:x3", 300)]
    [InlineData("A:x2 >B B:x3", 600)]
    [InlineData(">B! B:x3", 100)]
    [InlineData(">B|B:x3", 300)]
    [InlineData("^900 x2", 200)] // a cap that is not reached
    public void Rate_Rules_WorkInTheirOrder(string rules, decimal amount)
    {
        var (own, shared) = Rules(rules);
        var month = new AgreedMonth { Agreements = [AgreedMonth.Agreement("101", Hardware, Rest).With(own)], Rules = shared };

        Assert.Equal(Eur(amount), Assert.Single(month.Rate(Item("A1", 100)).Lines).Amount);
    }

    [Theory]
    [InlineData("-", DispositionKind.NonBillable, "waived", "Rule 0")]
    [InlineData("?", DispositionKind.Held, "held-by-rule", "Rule 0: Look.")]
    [InlineData("x2 - =80", DispositionKind.NonBillable, "waived", "Rule 1")]
    [InlineData("- ?", DispositionKind.NonBillable, "waived", "Rule 0")] // nothing is tried after it
    [InlineData("? -", DispositionKind.Held, "held-by-rule", "Rule 0: Look.")]
    [InlineData(">B B:-", DispositionKind.NonBillable, "waived", "Rule 1")]
    [InlineData("|-", DispositionKind.NonBillable, "waived", "Rule 0")]
    public void Rate_RuleThatSettles_SettlesIt(string rules, DispositionKind kind, string reason, string detail)
    {
        var (own, shared) = Rules(rules);
        var rated = new AgreedMonth { Agreements = [AgreedMonth.Agreement("101", Hardware, Rest).With(own)], Rules = shared }.Rate(Item("A1", 100));

        Assert.Empty(rated.Lines);
        var disposition = Assert.Single(rated.Dispositions);
        Assert.Equal((kind, reason, detail), (disposition.Kind, disposition.Reason!.Code, disposition.Detail));
        Assert.Equal(Item("A1", 100).Captured, disposition.Quantity);
    }

    [Fact]
    public void Rate_HeldByARule_IsWorthItsPrice() =>
        Assert.Equal(Eur(100), Assert.Single((AgreedMonth.Of(Rest) with { Rules = Rules("?").Own }).Rate(Item("A1", 100)).Dispositions).Value);

    [Theory]
    // Days of the rule; the day of the expense; whether it holds.
    [InlineData("2024-09-10", "2024-09-20", "2024-09-10", true)]
    [InlineData("2024-09-10", "2024-09-20", "2024-09-09", false)]
    [InlineData("2024-09-10", "2024-09-20", "2024-09-19", true)]
    [InlineData("2024-09-10", "2024-09-20", "2024-09-20", false)]
    public void Rate_DatedRule_HoldsOnItsDays(string from, string to, string day, bool holds)
    {
        var month = AgreedMonth.Of(Rest) with { Rules = [Rules("x2").Own[0] with { InForce = Days.Between(from, to) }] };

        Assert.Equal(Eur(holds ? 200 : 100), Assert.Single(month.Rate(Item("A1", 100) with { Day = Days.On(day) }).Lines).Amount);
    }

    [Theory]
    [InlineData("2024-09-30", "2024-10-01", true)] // the period's last day
    [InlineData("2024-09-01", "2024-09-30", false)]
    public void Apply_ToWhatStands_HoldsOnThePeriodsLastDay(string from, string to, bool holds)
    {
        var month = AgreedMonth.Of(Lines.Additions()) with { Rules = [new CustomRule("r", "R", Days.Between(from, to), new ActivityMatch(), Waived)] };

        Assert.Equal(holds, new CustomRules(Rater.Parts(month.Case())[0]).Apply(Records.Addition("1", 1, 5), ActivityKind.Addition, null).Settled is not null);
    }

    [Fact]
    public void Rate_RuleOfTheSettingsWithTheIdOfAnAgreements_IsReplacedByIt()
    {
        var month = new AgreedMonth { Agreements = [AgreedMonth.Agreement("101", Rest).With(Rules("x3").Own)], Rules = Rules("x2").Own };

        Assert.Equal(Eur(300), Assert.Single(month.Rate(Item("A1", 100)).Lines).Amount);
    }

    [Fact]
    public void Rate_Reclassified_IsPricedByTheLineOfWhatItHasBecome() =>
        Assert.Equal("Hardware", Assert.Single((AgreedMonth.Of(Hardware, Rest) with { Rules = Rules("B:>A").Own }).Rate(Item("B1", 100)).Lines).Service);

    public static TheoryData<Activity, Reclassify, string> Reclassified => new()
    {
        { Records.Time("1", 1), new(Role: "Expert"), "/Expert/" }, // the role's old id goes with its name
        { Records.Time("1", 1), new(WorkType: "Travel"), "1/Role 1/Travel" },
        { Records.Time("1", 1), new(Sku: "X"), "1/Role 1/" }, // time has no SKU
        { Records.Addition("1", 1, 5), new(Sku: "X"), "X" },
        { Records.Usage("1", 5), new(Sku: "X"), "X" },
        { Records.Expense("1", 1, 5), new(Sku: "X"), "X" },
        { Records.Device("1"), new(DeviceType: "Laptop"), "Laptop" },
        { Records.Milestone("1", 5), new(Sku: "X"), "Stage 1" },
    };

    [Theory]
    [MemberData(nameof(Reclassified), DisableDiscoveryEnumeration = true)]
    public void Apply_Reclassify_ChangesWhatItNames(Activity activity, Reclassify to, string expected)
    {
        var month = AgreedMonth.Of(Rest) with { Rules = [new CustomRule("r", "R", Lines.Always, new ActivityMatch(), to)] };

        var outcome = new CustomRules(Rater.Parts(month.Case())[0]).Apply(activity, Conditions.KindOf(activity), null);

        Assert.Equal(expected, outcome.Activity switch
        {
            TimeEntry time => $"{time.RoleId}/{time.RoleName}/{time.WorkType}",
            Addition addition => addition.Sku,
            UsageRecord usage => usage.Sku,
            Expense expense => expense.Sku,
            Device device => device.DeviceType,
            var other => ((Milestone)other).Name,
        });
        Assert.Equal((activity.Id, activity.Captured), (outcome.Activity.Id, outcome.Activity.Captured));
        Assert.Null(outcome.Effects);
    }

    [Fact]
    public void Apply_SameRules_GivesTheSameEffects()
    {
        var month = AgreedMonth.Of(Rest) with { Rules = Rules("x2 A:x3 ^500").Own };
        var rules = new CustomRules(Rater.Parts(month.Case())[0]);

        var (first, second, other) = (rules.Apply(Item("A1", 1), ActivityKind.Expense, null), rules.Apply(Item("A2", 1), ActivityKind.Expense, null), rules.Apply(Item("B1", 1), ActivityKind.Expense, null));

        Assert.Same(first.Effects, second.Effects);
        Assert.Equal(("r0 r1 r2", 6m), (string.Join(' ', first.Effects!.Ids), first.Effects.Factor));
        Assert.Equal(("r0 r2", 2m), (string.Join(' ', other.Effects!.Ids), other.Effects.Factor));
    }

    [Fact]
    public void Apply_PriceAfterAFactor_NamesThePriceAndTheCapsAlone() => Assert.Equal(
        ["r1", "r2"],
        new CustomRules(Rater.Parts((AgreedMonth.Of(Rest) with { Rules = Rules("x2 ^500 =80").Own }).Case())[0]).Apply(Item("A1", 1), ActivityKind.Expense, null).Effects!.Ids);

    [Fact]
    public void Rate_WhatARuleChanged_StandsOnItsOwnLine() => Assert.Equal(
        ["1 x 100.00 = 100.00.", "2 x 150.00 = 300.00. Rule 0: 100.00 x 1.5 = 150.00."],
        (AgreedMonth.Of(Rest) with { Rules = Rules("A:x1.5").Own }).Rate(
            Item("B1", 100) with { Description = "Cable" }, Item("A1", 100) with { Description = "Cable", Sku = "A" }, Item("A2", 100) with { Description = "Cable", Sku = "A" })
            .Lines.Select(line => line.Explanation.Sentence).Order(StringComparer.Ordinal));

    [Fact]
    public void AnyRules_AreAppliedInTheirOrder() => Gen.OneOf("x2", "x0.5", "=80", "=60", "A:x3", "B:x5", ">A", ">B", "x2!", "B:=7").Array[0, 8].Sample(
        rules =>
        {
            // Once more by hand, on the price alone.
            var (price, sku) = (100m, "A");
            foreach (var rule in rules)
            {
                var text = rule.TrimEnd('!').Split(':');
                if (text.Length == 2 && text[0] != sku)
                {
                    continue;
                }

                var value = text[^1][1..];
                (price, sku) = text[^1][0] switch
                {
                    'x' => (price * decimal.Parse(value, CultureInfo.InvariantCulture), sku),
                    '=' => (decimal.Parse(value, CultureInfo.InvariantCulture), sku),
                    _ => (price, value),
                };
                if (rule.EndsWith('!'))
                {
                    break;
                }
            }

            Assert.Equal(price, Assert.Single((AgreedMonth.Of(Rest) with { Rules = Rules(string.Join(' ', rules)).Own }).Rate(Item("A1", 100)).Lines).UnitPrice.Amount);
        },
        iter: 10_000);

    /// <summary>
    /// Rules as text: <c>x1.5</c> multiplies, <c>=80</c> sets, <c>^500</c> caps, <c>-</c> waives, <c>?</c> holds, <c>&gt;B</c> makes the SKU B; <c>A:</c> before it is for SKUs A*,
    /// <c>!</c> after it ends; what stands after a bar is the settings'.
    /// </summary>
    internal static (CustomRule[] Own, CustomRule[] Shared) Rules(string text)
    {
        var lists = text.Split('|').Select((list, which) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((rule, i) => Rule($"{(which == 0 ? "r" : "s")}{i}", $"Rule {i}", rule)).ToArray()).ToList();
        return (lists[0], lists.Count > 1 ? lists[1] : []);
    }

    private static CustomRule Rule(string id, string name, string text)
    {
        var parts = text.TrimEnd('!').Split(':');
        var (what, value) = (parts[^1][0], parts[^1][1..]);
        RuleEffect effect = what switch
        {
            'x' => new MultiplyPrice(decimal.Parse(value, CultureInfo.InvariantCulture)),
            '=' => new SetPrice(decimal.Parse(value, CultureInfo.InvariantCulture)),
            '^' => new CapAmount(decimal.Parse(value, CultureInfo.InvariantCulture)),
            '-' => Waived,
            '?' => new HoldIt("Look."),
            _ => new Reclassify(Sku: value),
        };
        return new CustomRule(id, name, Lines.Always, parts.Length == 2 ? new ActivityMatch { Skus = [parts[0] + "*"] } : new ActivityMatch(), effect, text.EndsWith('!'));
    }

    private static Expense Item(string sku, decimal price) => Records.Expense(sku, 1, price) with { Sku = sku };
}
