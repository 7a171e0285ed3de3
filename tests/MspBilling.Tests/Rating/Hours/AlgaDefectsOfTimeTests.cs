using MspBilling.Core.Agreements;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>What is wrong with time in Alga PSA, by the numbers that its defects have in our notes, and is not here.</summary>
public sealed class AlgaDefectsOfTimeTests
{
    [Theory]
    // Its contract's hourly rate was not used: without a catalogue price the time had none.
    [InlineData(null, "Role 1 time: 2 h x 150 = 300.00")]
    [InlineData(95.0, "Role 1 time: 2 h x 150 = 300.00")]
    public void Defect1_AgreementsHourlyRate_PricesTimeWithOrWithoutACardRate(double? card, string expected)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = [new TimeRate(150, Lines.Always)] }) with { References = [Records.Role("1", (decimal?)card)] };

        Assert.Equal(expected, TimeMonth.Text(month.Rate(Records.Time("1", 2))));
    }

    [Theory]
    // The rate of a project's phase was dropped for time on a contract line.
    [InlineData("Cutover", "Role 1 time: 2 h x 140 = 280.00")]
    [InlineData("Planning", "Role 1 time: 2 h x 95 = 190.00")]
    [InlineData(null, "Role 1 time: 2 h x 95 = 190.00")]
    public void Defect2_RateOfAPhase_PricesTimeOnAnAgreement(string? phase, string expected)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = [new TimeRate(95, Lines.Always, Role: "1"), new TimeRate(140, Lines.Always, Phase: "Cutover")] }) with { References = [Records.Project("701")] };

        Assert.Equal(expected, TimeMonth.Text(month.Rate(Records.Time("1", 2) with { ProjectId = "701", PhaseName = phase })));
    }

    [Theory]
    // Overtime began again with each record: ten of one hour never reached it.
    [InlineData(8.0, null, "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00")]
    [InlineData(null, 9.0, "Role 1 time: 9 h x 100 = 900.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00")]
    public void Defect4_OvertimeOfTenRecords_CountsOverTheDayAndTheWeek(double? daily, double? weekly, string expected)
    {
        var line = TimeMonth.Line with { Overtime = new Overtime((decimal?)daily, (decimal?)weekly, 1.5m) };

        Assert.Equal(expected, TimeMonth.Text(TimeMonth.Of(line).Rate([.. Enumerable.Range(0, 10).Select(i => Records.Time($"{i}", 1, start: $"2024-09-10T{7 + i:00}:00Z"))])));
    }

    [Fact]
    public void Defect4_MinimumOfTenRecords_IsTakenOnceForATicketsDay() => Assert.Equal(
        "Role 1 time: 1 h x 100 = 100.00",
        TimeMonth.Text(TimeMonth.Of(TimeMonth.Line with { MinimumHours = 1, RoundedBy = RoundingScope.TicketDay }).Rate(
            [.. Enumerable.Range(0, 10).Select(i => Records.Time($"{i}", 0.05m, start: $"2024-09-10T{7 + i:00}:00Z") with { TicketId = "9" })])));

    [Theory]
    // Time that began in one period and ended in the next was billed in neither.
    [InlineData("2024-09-30T21:00Z", 9, 3)] // 22:00 to 01:00 in Dublin
    [InlineData("2024-09-30T22:59Z", 9, 3)]
    [InlineData("2024-09-30T23:00Z", 10, 3)] // from midnight
    [InlineData("2024-08-31T22:30Z", 8, 1)] // 23:30 to 00:30
    [InlineData("2024-10-31T23:30Z", 10, 1)] // Dublin is on winter time by then
    public void Defect9_TimeOverAPeriodsEnd_IsBilledOnceInThePeriodOfItsStart(string start, int expected, decimal hours)
    {
        var entry = Records.Time("1", hours, start: start) with { End = Days.At(start).AddHours((double)hours) };
        var month = TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m });
        var months = Enumerable.Range(8, 3).Where(number => Period.Month(2024, number) is var period && month.Directory.Attribute(entry).Month == period);

        Assert.Equal([expected], months);
        Assert.Equal(hours, (month with { Period = Period.Month(2024, expected) }).Rate(entry).Lines.Sum(line => line.Quantity));
    }
}
