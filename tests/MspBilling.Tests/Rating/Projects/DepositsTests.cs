using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Projects;

public sealed class DepositsTests
{
    private static readonly ProjectPrice Project = new("701", null, 3000, Days.On("2024-09-01"), null, []);

    // Deposit, its day, the milestones as amount@day; the lines, and what is left of the deposit.
    [Theory]
    [InlineData(3000, "2024-09-01", "", "Deposit 3000.00", 3000)]
    [InlineData(3000, "2024-09-30", "", "Deposit 3000.00", 3000)] // the period's last day
    [InlineData(3000, "2024-10-01", "", "", 0)]
    [InlineData(3000, "2024-08-31", "2000@2024-09-20", "Charge 2000.00", 0)] // no billed period had it
    [InlineData(3000, "2024-09-01", "2000@2024-09-20", "Deposit 3000.00, Charge 2000.00, Drawn -2000.00", 1000)]
    [InlineData(3000, "2024-09-01", "3000@2024-09-20", "Deposit 3000.00, Charge 3000.00, Drawn -3000.00", 0)]
    [InlineData(3000, "2024-09-01", "4000@2024-09-20", "Deposit 3000.00, Charge 4000.00, Drawn -3000.00", 0)]
    // The first first: 3,000.00 - 2,000.00 = 1,000.00 for the second, nothing for the third.
    [InlineData(3000, "2024-09-01", "2000@2024-09-20 4000@2024-09-21 500@2024-09-22", "Deposit 3000.00, Charge 2000.00, Drawn -2000.00, Charge 4000.00, Drawn -1000.00, Charge 500.00", 0)]
    [InlineData(3000, "2024-09-01", "4000@2024-09-21 2000@2024-09-20", "Deposit 3000.00, Charge 2000.00, Drawn -2000.00, Charge 4000.00, Drawn -1000.00", 0)]
    // Completed before the deposit was paid; on its day.
    [InlineData(3000, "2024-09-15", "2000@2024-09-14", "Deposit 3000.00, Charge 2000.00", 3000)]
    [InlineData(3000, "2024-09-15", "2000@2024-09-15", "Deposit 3000.00, Charge 2000.00, Drawn -2000.00", 1000)]
    // Nothing to draw for a credit.
    [InlineData(3000, "2024-09-01", "-200@2024-09-20", "Deposit 3000.00, Charge -200.00", 3000)]
    [InlineData(0.005, "2024-09-01", "2@2024-09-20", "Deposit 0.01, Charge 2.00, Drawn -0.01", 0)]
    public void Rate_Deposit_IsBilledOnItsDayAndDrawnInOrder(decimal deposit, string on, string milestones, string lines, decimal left)
    {
        var rated = Month(Project with { Deposit = deposit, DepositOn = Days.On(on) }).Rate(Milestones(milestones));

        Assert.Equal(lines, string.Join(", ", rated.Lines.Select(line => System.FormattableString.Invariant($"{line.Kind} {line.Amount.Amount}"))));
        Assert.Equal(left, rated.Carried.Balances.Sum(balance => balance.Left));
        Assert.Equal(rated.Lines.Count, rated.Lines.Select(line => line.Key).Distinct().Count());
        Assert.All(rated.Dispositions, d => Assert.Equal(DispositionKind.Billed, d.Kind));
    }

    [Fact]
    public void Rate_OverPeriods_DrawsWhatIsLeft()
    {
        var months = Month(Project).Rate(
            (Period.Month(2024, 9), []),
            (Period.Month(2024, 10), Milestones("2000@2024-10-05")),
            (Period.Month(2024, 11), []),
            (Period.Month(2024, 12), Milestones("4000@2024-12-05")));

        Assert.Equal([3000, 1000, 1000, 0], months.Select(month => month.Carried.Balances.Sum(balance => balance.Left)));
        Assert.Equal([Eur(3000), Eur(0), Eur(0), Eur(3000)], months.Select(month => Core.Money.Sum(month.Lines.Select(line => line.Net), EUR))); // 4,000.00 - 1,000.00
        Assert.Equal(
            ["Deposit of 3,000.00, due on 2024-09-01 and taken off the milestones as they are completed.", "Paid by the deposit: 3,000.00 - 2,000.00 = 1,000.00 left.", "Paid by the deposit: 1,000.00 - 1,000.00 = 0.00 left."],
            months.SelectMany(month => month.Lines).Where(line => line.Kind != LineKind.Charge).Select(line => line.Explanation.Sentence));
    }

    [Fact]
    public void Rate_TwoProjects_DrawTheirOwn()
    {
        var month = AgreedMonth.Of(Lines.Milestones() with { Projects = [Project, Project with { Project = "702", Deposit = 100 }] });

        Assert.Equal(
            ["Project 701: deposit 3000.00", "Project 702: deposit 100.00", "Project 702: Stage 1 500.00", "Project 702: Stage 1, from the deposit -100.00"],
            month.Rate(Records.Milestone("1", 500, projectId: "702")).Lines.Select(line => System.FormattableString.Invariant($"{line.Description} {line.Amount.Amount}")));
    }

    [Fact]
    public void Rate_TwoVersionsInAPeriod_BillTheDepositOnce()
    {
        var line = Lines.Milestones() with { Projects = [Project with { DepositOn = Days.On("2024-09-15") }] };
        var agreement = AgreedMonth.Agreement(Records.AgreementId) with
        {
            Versions = [new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-15"), [line], []), new AgreementVersion(2, Days.From("2024-09-15"), [line], [])],
        };

        var deposit = Assert.Single(new AgreedMonth { Agreements = [agreement] }.Rate(Array.Empty<Activity>()).Lines);

        Assert.Equal((Eur(3000), LineKind.Deposit, 2), (deposit.Amount, deposit.Kind, deposit.Explanation.Version));
    }

    [Fact]
    public void Rate_CappedMilestone_DrawsWhatTheCapLeaves() => Assert.Equal(
        // 4,000.00 under a cap of 2,500.00: 1,500.00 are written down, 2,500.00 drawn, 500.00 of the deposit stay.
        [Eur(3000), Eur(4000), Eur(-1500), Eur(-2500)],
        Month(Project with { Cap = 2500 }).Rate(Milestones("4000@2024-09-20")).Lines.Select(line => line.Amount));

    private static AgreedMonth Month(ProjectPrice project) => AgreedMonth.Of(Lines.Milestones() with { Projects = [project] });

    private static Activity[] Milestones(string milestones) =>
    [
        .. milestones.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => Records.Milestone(
            $"{i + 1}", decimal.Parse(text.Split('@')[0], System.Globalization.CultureInfo.InvariantCulture), text.Split('@')[1])),
    ];
}
