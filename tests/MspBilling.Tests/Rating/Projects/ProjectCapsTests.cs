using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Projects;

public sealed class ProjectCapsTests
{
    // Cap; milestones, one a month; what is written down of each.
    [Theory]
    [InlineData(10_000, "8000 2000", "0 0")] // just reached
    [InlineData(10_000, "8000 2000.01", "0 0.01")]
    [InlineData(10_000, "8000 3000 500", "0 1000 500")] // 8,000.00 + 3,000.00 - 10,000.00; then nothing is left
    [InlineData(10_000, "12000", "2000")]
    [InlineData(0, "100", "100")]
    [InlineData(10_000, "10000 -500 700", "0 0 200")] // a credit gives 500.00 of room again
    [InlineData(10_000, "10000 -500", "0 0")]
    public void Rate_AboveTheCap_IsWrittenDown(decimal cap, string milestones, string writtenDown)
    {
        var months = milestones.Split(' ').Select((amount, i) => (Period.Month(2024, i + 1), (IReadOnlyList<Activity>)[Stage(i + 1, amount)])).ToList();

        var rated = Month(cap).Rate(months);

        Assert.Equal(
            writtenDown.Split(' ').Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)),
            rated.Select(month => -month.Lines.Where(line => line.Kind == LineKind.WriteDown).Sum(line => line.Amount.Amount)));
    }

    [Fact]
    public void Rate_PartAboveTheCap_IsBilledAndShownWithTheWriteDown()
    {
        var rated = Month(10_000).Rate((Period.Month(2024, 1), [Stage(1, "8000")]), (Period.Month(2024, 2), [Stage(2, "3000")]))[1];

        Assert.Equal([(LineKind.Charge, Eur(3000)), (LineKind.WriteDown, Eur(-1000))], rated.Lines.Select(line => (line.Kind, line.Amount)));
        Assert.Equal(("Project 701: Stage 2, above the project's limit", "Not to exceed 10,000.00: 8,000.00 billed before + 3,000.00 - 10,000.00 = 1,000.00 above."), (rated.Lines[1].Description, rated.Lines[1].Explanation.Sentence));
        Assert.Equal(DispositionKind.Billed, Assert.Single(rated.Dispositions).Kind);
    }

    [Fact]
    public void Rate_WhollyAboveTheCap_IsWrittenOff()
    {
        var rated = Month(10_000).Rate((Period.Month(2024, 1), [Stage(1, "10000")]), (Period.Month(2024, 2), [Stage(2, "500")]))[1];

        Assert.Equal(Eur(0), Core.Money.Sum(rated.Lines.Select(line => line.Net), EUR));
        var disposition = Assert.Single(rated.Dispositions);
        Assert.Equal((DispositionKind.WrittenOff, Reason.AboveCap, Eur(500)), (disposition.Kind, disposition.Reason, disposition.Value));
    }

    [Fact]
    public void Rate_PercentagesUnderACap_AreThePriceBeforeTheCap() => Assert.Equal(
        // 60 % and the rest of 1,000.00 under a cap of 900.00: 600.00, 400.00, and 100.00 written down.
        [Eur(600), Eur(400), Eur(-100)],
        AgreedMonth.Of(Lines.Milestones() with { Projects = [new ProjectPrice("701", 1000, null, null, 900, [new("Stage 1", null, 60), new("Stage 2", null, 40)])] })
            .Rate(Records.Milestone("1", null), Records.Milestone("2", null)).Lines.Select(line => line.Amount));

    private static AgreedMonth Month(decimal cap) => AgreedMonth.Of(Lines.Milestones() with { Projects = [new ProjectPrice("701", null, null, null, cap, [])] });

    private static Milestone Stage(int number, string amount) => Records.Milestone($"{number}", decimal.Parse(amount, CultureInfo.InvariantCulture), $"2024-{number:00}-15");
}
