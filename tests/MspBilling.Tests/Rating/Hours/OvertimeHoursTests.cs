using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class OvertimeHoursTests
{
    private static readonly TimeLine Daily = TimeMonth.Line with { Overtime = new Overtime(8, null, 1.5m) };
    private static readonly TimeLine Weekly = TimeMonth.Line with { Overtime = new Overtime(null, 10, 1.5m) };

    private static TimeEntry T(string id, string start, decimal hours) => Records.Time(id, hours, start: start);

    public static TheoryData<TimeEntry[], string> Days8 => new()
    {
        { [T("1", "2024-09-10T07:00Z", 8)], "Role 1 time: 8 h x 100 = 800.00" }, // at the threshold there is none
        { [T("1", "2024-09-10T07:00Z", 10)], "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00" },
        { [T("1", "2024-09-10T07:00Z", 5), T("2", "2024-09-10T13:00Z", 4)], "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00" },
        { [T("2", "2024-09-10T13:00Z", 5), T("1", "2024-09-10T07:00Z", 4)], "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00" }, // in any order
        { [T("1", "2024-09-10T07:00Z", 6), T("2", "2024-09-11T07:00Z", 6)], "Role 1 time: 12 h x 100 = 1200.00" }, // two days
        { [T("1", "2024-09-10T07:00Z", 6), T("2", "2024-09-10T13:00Z", 6) with { TechnicianId = "8" }], "Role 1 time: 12 h x 100 = 1200.00" }, // two technicians
        { [T("1", "2024-09-10T17:00Z", 12)], "Role 1 time: 12 h x 100 = 1200.00" }, // 18:00 to 06:00: 6 h on each day
        { [T("1", "2024-09-10T21:00Z", 12)], "Role 1 time: 10 h x 100 = 1000.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00" }, // 2 h, and 10 h on the next day
        { [T("1", "2024-09-10T07:00Z", 9) with { End = Days.At("2024-09-10T19:00Z") }], "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00" }, // worked hours, not the span
        { [T("1", "2024-09-10T07:00Z", 8) with { RoleId = null, RoleName = null }, T("2", "2024-09-10T16:00Z", 1)], "Time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00" }, // whatever the role
    };

    [Theory]
    [MemberData(nameof(Days8))]
    public void Rate_HoursAboveTheDays_AreOvertime(TimeEntry[] entries, string expected) => Assert.Equal(expected, TimeMonth.Text(TimeMonth.Of(Daily).Rate(entries)));

    public static TheoryData<TimeLine, DayOfWeek, TimeEntry[], string> Weeks10 => new()
    {
        // 10 h a week; 13 September is a Friday, the 15th a Sunday.
        { Weekly, DayOfWeek.Monday, [T("1", "2024-09-13T07:00Z", 8), T("2", "2024-09-15T07:00Z", 4)], "Role 1 time: 10 h x 100 = 1000.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00" },
        { Weekly, DayOfWeek.Sunday, [T("1", "2024-09-13T07:00Z", 8), T("2", "2024-09-15T07:00Z", 4)], "Role 1 time: 12 h x 100 = 1200.00" }, // the Sunday begins a week
        { Weekly, DayOfWeek.Monday, [T("1", "2024-09-15T21:00Z", 12)], "Role 1 time: 12 h x 100 = 1200.00" }, // 2 h of one week and 10 h of the next
        // Both: the nearer threshold parts them. 8 + 1 overtime on Friday are 9 of the week's 10; of 3 on Saturday, 1 is left.
        { Weekly with { Overtime = new Overtime(8, 10, 1.5m) }, DayOfWeek.Monday, [T("1", "2024-09-13T07:00Z", 9), T("2", "2024-09-14T07:00Z", 3)], "Role 1 time: 9 h x 100 = 900.00; Role 1 time, overtime x 1.5: 3 h x 150 = 450.00" },
    };

    [Theory]
    [MemberData(nameof(Weeks10))]
    public void Rate_HoursAboveTheWeeks_AreOvertime(TimeLine line, DayOfWeek first, TimeEntry[] entries, string expected)
    {
        var month = TimeMonth.Of(line);

        Assert.Equal(expected, TimeMonth.Text((month with { Settings = month.Settings with { Calendars = [TimeMonth.Calendar with { FirstWeekday = first }] } }).Rate(entries)));
    }

    public static TheoryData<TimeLine, TimeEntry, TimeEntry, string, string> Boundaries => new()
    {
        // 30 September 2024 is a Monday: its hours count to the week of October's first days.
        { Weekly, T("1", "2024-09-30T07:00Z", 8), T("2", "2024-10-01T07:00Z", 6), "Role 1 time: 8 h x 100 = 800.00", "Role 1 time: 2 h x 100 = 200.00; Role 1 time, overtime x 1.5: 4 h x 150 = 600.00" },
        { Weekly, T("1", "2024-09-29T07:00Z", 8), T("2", "2024-10-01T07:00Z", 6), "Role 1 time: 8 h x 100 = 800.00", "Role 1 time: 6 h x 100 = 600.00" }, // Sunday was the week before
        { Weekly, T("1", "2024-09-30T07:00Z", 12), T("2", "2024-10-06T07:00Z", 1), "Role 1 time: 10 h x 100 = 1000.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00", "Role 1 time, overtime x 1.5: 1 h x 150 = 150.00" },
        { Weekly, T("1", "2024-09-30T07:00Z", 12), T("2", "2024-10-07T07:00Z", 1), "Role 1 time: 10 h x 100 = 1000.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00", "Role 1 time: 1 h x 100 = 100.00" }, // the next week
        // 22:00 to 08:00 is September's, with 2 h on 30 September and 8 h on 1 October, which leave none there.
        { Daily, T("1", "2024-09-30T21:00Z", 10), T("2", "2024-10-01T09:00Z", 2), "Role 1 time: 10 h x 100 = 1000.00", "Role 1 time, overtime x 1.5: 2 h x 150 = 300.00" },
        { Daily, T("1", "2024-09-30T21:00Z", 10), T("2", "2024-10-02T09:00Z", 2), "Role 1 time: 10 h x 100 = 1000.00", "Role 1 time: 2 h x 100 = 200.00" },
    };

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void Rate_WeekOrDayOverAPeriodsEnd_IsCountedOn(TimeLine line, TimeEntry september, TimeEntry october, string first, string second)
    {
        var month = TimeMonth.Of(line);
        var before = month.Rate(september);
        var after = TimeMonth.Rate(month with { Period = Period.Month(2024, 10) }, before.Carried, october);

        Assert.Equal((first, second), (TimeMonth.Text(before), TimeMonth.Text(after)));
        Assert.Empty(after.Carried.Totals); // October ends on a Thursday, and none of its last week was worked
    }

    [Fact]
    public void Rate_WeekOverThePeriodsEnd_CarriesItsHoursUntilItsEnd() => Assert.Equal(
        [new RunningTotal(new CarriedKey("101", "time", "overtime/7/2024-09-30"), 8, Days.On("2024-10-07"))],
        TimeMonth.Of(Weekly).Rate(T("1", "2024-09-30T07:00Z", 8), T("2", "2024-09-23T07:00Z", 5)).Carried.Totals);

    [Theory]
    // 9 h from 08:00 on a day, of which the ninth is overtime and within business hours.
    [InlineData("2024-09-10T07:00Z", 1.5, "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00")]
    // On Sunday at 2 the overtime of 1.5 is not reached, and one of 2.5 goes before it.
    [InlineData("2024-09-15T07:00Z", 1.5, "Role 1 time, weekend x 2: 9 h x 200 = 1800.00")]
    [InlineData("2024-09-15T07:00Z", 2, "Role 1 time, weekend x 2: 9 h x 200 = 1800.00")] // alike: the calendar's
    [InlineData("2024-09-15T07:00Z", 2.5, "Role 1 time, overtime x 2.5: 1 h x 250 = 250.00; Role 1 time, weekend x 2: 8 h x 200 = 1600.00")]
    public void Rate_OvertimeAndCalendar_TheHigherFactorHolds(string start, decimal factor, string expected) =>
        Assert.Equal(expected, TimeMonth.Text(TimeMonth.Of(TimeMonth.Line with { WeekendFactor = 2, Overtime = new Overtime(8, null, factor) }).Rate(T("1", start, 9))));
}
