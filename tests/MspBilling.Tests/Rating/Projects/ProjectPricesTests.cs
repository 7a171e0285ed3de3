using System.Globalization;
using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Projects;

public sealed class ProjectPricesTests
{
    // Price; percentages of Stage 1, 2, ...; the order in which they are completed, one a month; what each is billed at.
    [Theory]
    [InlineData(1000, "33.33 33.33 33.34", "1 2 3", "333.30 333.30 333.40")]
    [InlineData(1000, "33.33 33.33 33.34", "3 2 1", "333.40 333.30 333.30")]
    [InlineData(100, "33.333333 33.333333 33.333334", "1 2 3", "33.33 33.33 33.34")]
    [InlineData(100, "33.333333 33.333333 33.333334", "2 3 1", "33.33 33.33 33.34")] // the remainder goes to what is completed last
    [InlineData(10000, "30 40 30", "1 2 3", "3000.00 4000.00 3000.00")]
    [InlineData(10000, "100", "1", "10000.00")]
    [InlineData(0.03, "50 50", "1 2", "0.02 0.01")] // 0.015 = 0.02, then 0.01 is left
    [InlineData(0.03, "16 16 17 17 17 17", "1 2 3 4 5 6", "0.00 0.00 0.01 0.01 0.01 0.00")] // 0.0048 = 0.00, 0.0051 = 0.01; then nothing is left
    [InlineData(0.02, "30 30 40", "1 2 3", "0.01 0.01 0.00")] // 0.006 = 0.01
    [InlineData(99.99, "50 50", "1 2", "50.00 49.99")] // 49.995 = 50.00
    public void Rate_Percentages_AddUpToThePrice(decimal price, string percentages, string order, string billed)
    {
        var percents = percentages.Split(' ').Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var months = order.Split(' ').Select((stage, i) => (Period.Month(2024, i + 1), (IReadOnlyList<Activity>)[Stage(stage, $"2024-{i + 1:00}-15")])).ToList();

        var lines = AgreedMonth.Of(Priced(price, percents)).Rate(months).Select(month => Assert.Single(month.Lines));

        Assert.Equal(billed, string.Join(' ', lines.Select(line => line.Amount.Amount.ToString(CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Rate_AllInOnePeriod_AddUpToThePriceInTheOrderOfCompletion() => Assert.Equal(
        [Eur(33.33m), Eur(33.33m), Eur(33.34m)],
        AgreedMonth.Of(Priced(100, [33.333333m, 33.333333m, 33.333334m])).Rate(Stage("1", "2024-09-20"), Stage("2", "2024-09-10"), Stage("3", "2024-09-20")).Lines.Select(line => line.Amount));

    public static TheoryData<ProjectPrice, Milestone, decimal, string> Prices => new()
    {
        { Project(null, Amount("Stage 1", 2500)), Stage("1"), 2500, "Completed on 2024-09-20." },
        { Project(null, Amount("stage 1", 2500)), Stage("1"), 2500, "Completed on 2024-09-20." }, // whatever the case
        { Project(null, Amount("Stage 2", 1), Amount("1", 2500)), Stage("1"), 2500, "Completed on 2024-09-20." }, // by its id
        { Project(null, Amount("Stage 1", 1), Amount("1", 2500)), Stage("1"), 2500, "Completed on 2024-09-20." }, // the id before the name
        { Project(null, Amount("Stage 1", 2500)) with { Project = "project 701" }, Stage("1"), 2500, "Completed on 2024-09-20." },
        { Project(10_000, Percent("Stage 1", 30), Percent("Stage 2", 70)), Stage("1"), 3000, "Completed on 2024-09-20: 30 % of 10,000.00 = 3,000.00." },
        { Project(10_000, Percent("Stage 1", 100)), Stage("1"), 10_000, "Completed on 2024-09-20: 100 % of 10,000.00 = 10,000.00." },
        // An amount of the list and a percentage: 12.5 % of 999.99 = 124.99875.
        { Project(999.99m, Percent("Stage 1", 12.5m), Amount("Stage 2", 875)), Stage("1"), 125, "Completed on 2024-09-20: 12.5 % of 999.99 = 125.00." },
        // Its own amount in the PSA does not count.
        { Project(null, Amount("Stage 1", 2500)), Stage("1") with { Amount = 9999 }, 2500, "Completed on 2024-09-20." },
        // Another project has the PSA's amounts.
        { Project(null, Amount("Stage 1", 2500)) with { Project = "702" }, Stage("1") with { Amount = 9999 }, 9999, "Completed on 2024-09-20." },
        // A project of which only deposit or cap is agreed has the PSA's, too.
        { Project(null) with { Cap = 20_000 }, Stage("1") with { Amount = 9999 }, 9999, "Completed on 2024-09-20." },
    };

    [Theory]
    [MemberData(nameof(Prices), DisableDiscoveryEnumeration = true)]
    public void Rate_ListedMilestone_HasThePriceOfTheList(ProjectPrice project, Milestone milestone, decimal billed, string sentence)
    {
        var line = Assert.Single(AgreedMonth.Of(Lines.Milestones() with { Projects = [project] }).Rate(milestone).Lines);

        Assert.Equal((Eur(billed), sentence), (line.Amount, line.Explanation.Sentence));
    }

    public static TheoryData<ProjectPrice, Milestone[], string, string> Holds => new()
    {
        { Project(10_000, Percent("Stage 1", 100)), [Stage("9")], "unlisted-milestone", "Stage 9" },
        { Project(10_000), [Stage("1") with { Amount = 5 }], "unlisted-milestone", "Stage 1" },
        { Project(null, Percent("Stage 1", 100)), [Stage("1") with { Amount = 5 }], "missing-amount", "Stage 1" }, // a percentage of no price
        { Project(null, new MilestonePrice("Stage 1", null, null)), [Stage("1") with { Amount = 5 }], "missing-amount", "Stage 1" },
        { Project(null, Amount("Stage 1", 5)), [Stage("1"), Stage("2") with { Name = "Stage 1" }], "milestone-twice", "Stage 1" },
    };

    [Theory]
    [MemberData(nameof(Holds), DisableDiscoveryEnumeration = true)]
    public void Rate_MilestoneThatTheListDoesNotPrice_IsHeld(ProjectPrice project, Milestone[] milestones, string reason, string detail)
    {
        var rated = AgreedMonth.Of(Lines.Milestones() with { Projects = [project] }).Rate(milestones);

        var held = Assert.Single(rated.Dispositions, d => d.Kind == DispositionKind.Held);
        Assert.Equal((reason, detail), (held.Reason!.Code, held.Detail));
        Assert.Equal(milestones.Length - 1, rated.Lines.Count);
    }

    [Fact]
    public void Rate_Last_TellsWhatIsLeft() => Assert.Equal(
        "Completed on 2024-02-15, the last of the project: 0.03 - 0.02 billed before = 0.01.",
        AgreedMonth.Of(Priced(0.03m, [50, 50])).Rate((Period.Month(2024, 1), [Stage("1", "2024-01-15")]), (Period.Month(2024, 2), [Stage("2", "2024-02-15")]))[1].Lines[0].Explanation.Sentence);

    [Fact]
    public void Rate_ShareAboveWhatIsLeft_TellsWhatIsTaken() => Assert.Equal(
        "Completed on 2024-09-22: 17 % of 0.02 = 0.00.|Completed on 2024-09-23: 30 % of 0.02 = 0.01, of which 0.00 is left of the price.",
        string.Join('|', AgreedMonth.Of(Priced(0.02m, [26, 27, 17, 30, 0])).Rate(
            Stage("1", "2024-09-20"), Stage("2", "2024-09-21"), Stage("3", "2024-09-22"), Stage("4", "2024-09-23")).Lines.Skip(2).Select(line => line.Explanation.Sentence)));

    [Fact]
    public void Rate_PriceThatRises_LetsTheLastTakeTheRest()
    {
        // 50 % of 1,000.00; then the price is 1,200.00, and 1,200.00 - 500.00 = 700.00 are left.
        var agreement = AgreedMonth.Agreement(Records.AgreementId) with
        {
            Versions =
            [
                new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-15"), [Priced(1000, [50, 50])], []),
                new AgreementVersion(2, Days.From("2024-09-15"), [Priced(1200, [50, 50])], []),
            ],
        };

        Assert.Equal(
            [(Eur(500), 1), (Eur(700), 2)],
            new AgreedMonth { Agreements = [agreement] }.Rate(Stage("1", "2024-09-14"), Stage("2", "2024-09-15")).Lines.Select(line => (line.Amount, line.Explanation.Version)));
    }

    [Fact]
    public void Rate_CustomRuleOnAShare_DoesNotMoveTheOthers()
    {
        // 50 % of 100.01 = 50.005 = 50.01, half of it is 25.005 = 25.01; the last is 100.01 - 50.01 = 50.00, as it would be without the rule.
        var month = AgreedMonth.Of(Priced(100.01m, [50, 50])) with
        {
            Rules = [new CustomRule("r1", "Half", Lines.Always, new ActivityMatch { Phases = ["Stage 1"] }, new MultiplyPrice(0.5m))],
        };

        Assert.Equal([Eur(25.01m), Eur(50)], month.Rate(Stage("1", "2024-09-01"), Stage("2", "2024-09-02")).Lines.Select(line => line.Amount));
    }

    /// <summary>A price in cents, percentages that make 100, an order of completion and the month of each.</summary>
    private static readonly Gen<(decimal Price, decimal[] Percents, int[] Order, int[] Months)> Projects =
        Gen.Select(Gen.Long[0, 100_000_000], Gen.Int[1, 9_999].Array[0, 7]).SelectMany((cents, cuts) =>
        {
            var edges = cuts.Append(0).Append(10_000).Distinct().Order().ToArray();
            var percents = edges.Zip(edges.Skip(1), (from, to) => (to - from) / 100m).ToArray();
            return Gen.Select(Gen.Shuffle(Enumerable.Range(0, percents.Length).ToArray()), Gen.Int[1, 12].Array[percents.Length])
                .Select((order, months) => (cents / 100m, percents, order, months.Order().ToArray()));
        });

    [Fact]
    public void Percentages_AnyOrderAndMonths_AddUpToThePriceAndNoneIsNegative() => Projects.Sample(
        given =>
        {
            var milestones = given.Order.Select((stage, i) => Stage($"{stage + 1}", $"2024-{given.Months[i]:00}-{i + 1:00}")).ToList();
            var months = Enumerable.Range(1, 12).Select(month => (Period.Month(2024, month), (IReadOnlyList<Activity>)[.. milestones.Where(m => m.CompletedOn!.Value.Month == month)])).ToList();

            var lines = AgreedMonth.Of(Priced(given.Price, given.Percents)).Rate(months).SelectMany(month => month.Lines).ToList();

            Assert.Equal(given.Percents.Length, lines.Count);
            Assert.Equal(given.Price, lines.Sum(line => line.Amount.Amount));
            Assert.All(lines, line => Assert.False(line.Amount.IsNegative));
        },
        iter: 10_000);

    private static MilestonesLine Priced(decimal price, IReadOnlyList<decimal> percents) =>
        Lines.Milestones() with { Projects = [Project(price, [.. percents.Select((percent, i) => Percent($"Stage {i + 1}", percent))])] };

    private static ProjectPrice Project(decimal? price, params MilestonePrice[] milestones) => new("701", price, null, null, null, milestones);

    private static MilestonePrice Amount(string milestone, decimal amount) => new(milestone, amount, null);

    private static MilestonePrice Percent(string milestone, decimal percent) => new(milestone, null, percent);

    private static Milestone Stage(string id, string completedOn = "2024-09-20") => Records.Milestone(id, null, completedOn);
}
