using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Clients;

public sealed class BillingScheduleTests
{
    [Theory]
    [InlineData("2024-01-10", 3, 1, "2024-02-01", "2024-01")]
    [InlineData("2024-02-10", 3, 1, "2024-02-01", "2024-02-01..2024-04-01")]
    [InlineData("2024-04-01", 3, 1, "2024-02-01", "2024-04-01..2024-07-01")]
    [InlineData("2024-12-31", 12, 4, null, "2024-04-01..2025-04-01")]
    [InlineData("2024-03-31", 6, 4, null, "2023-10-01..2024-04-01")]
    [InlineData("2024-02-29", 1, 7, null, "2024-02")]
    public void Containing_ADay_IsTheCycleFromTheFirstDay(string day, int months, int firstMonth, string? from, string period)
    {
        var schedule = new BillingSchedule(from is null ? null : Days.On(from), months, firstMonth, 0);

        Assert.Equal(period, schedule.Containing(Days.On(day)).ToString());
        Assert.True(schedule.Has(schedule.Containing(Days.On(day))));
        Assert.False(schedule.Has(Days.Between("2024-02-01", "2024-02-15")));
    }

    [Theory]
    [InlineData("2024-10-01", "2024-10-01..2024-10-16")]
    [InlineData("2024-10-15", "2024-10-01..2024-10-16")]
    [InlineData("2024-10-16", "2024-10-16..2024-10-20")]
    [InlineData("2024-10-31", "2024-10-20..2024-11-01")]
    [InlineData("2024-11-01", "2024-11")]
    public void Containing_ADayOfACutMonth_IsTheDaysBetweenTheCuts(string day, string period) =>
        Assert.Equal(period, (new BillingSchedule(null, 1, 1, 0) { Cuts = [Days.On("2024-10-20"), Days.On("2024-11-01"), Days.On("2024-10-16")] }).Containing(Days.On(day)).ToString());

    [Theory]
    [InlineData(0, "2024-09-30", "2024-07 2024-08")]
    [InlineData(0, "2024-10-01", "2024-07 2024-08 2024-09")]
    [InlineData(3, "2024-10-03", "2024-07 2024-08")]
    [InlineData(3, "2024-10-04", "2024-07 2024-08 2024-09")]
    [InlineData(3, "2024-07-15", "")]
    public void Due_ByADay_IsWhatEndedBeforeTheGrace(int grace, string today, string periods) =>
        Assert.Equal(periods, string.Join(' ', new BillingSchedule(null, 1, 1, grace).Due(Days.On("2024-07-01"), Days.On(today))));

    // Periods follow each other without gap or overlap, whatever the schedule and wherever one looks.
    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(3, 2, "2023-12-01")]
    [InlineData(6, 11, "2024-03-01")]
    [InlineData(12, 7, "2024-05-01")]
    public void Containing_EveryDay_HasItInOnePeriodThatTheNextFollows(int months, int firstMonth, string? from)
    {
        var schedule = new BillingSchedule(from is null ? null : Days.On(from), months, firstMonth, 0);
        Period? before = null;
        for (var day = Days.On("2023-01-01"); day < Days.On("2026-01-01"); day = day.AddDays(1))
        {
            var period = schedule.Containing(day);
            Assert.True(period.Contains(day));
            Assert.True(before is null || before == period || before.Value.End == period.Start, $"{before} {period}");
            before = period;
        }
    }
}
