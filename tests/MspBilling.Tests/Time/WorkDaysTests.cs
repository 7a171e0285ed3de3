using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Time;

public sealed class WorkDaysTests
{
    [Theory]
    [InlineData("Europe/Dublin", "2024-09-10", "00:00", "2024-09-09T23:00Z")]
    [InlineData("Europe/Dublin", "2024-10-27", "01:30", "2024-10-27T00:30Z")] // comes twice: the first
    [InlineData("Europe/Dublin", "2024-10-27", "02:00", "2024-10-27T02:00Z")] // comes once, after the change
    [InlineData("Europe/Dublin", "2024-03-31", "01:30", "2024-03-31T01:00Z")] // never comes: when the clock passes it
    [InlineData("Europe/Dublin", "2024-03-31", "02:00", "2024-03-31T01:00Z")]
    [InlineData("America/Chicago", "2024-03-10", "02:30", "2024-03-10T08:00Z")]
    [InlineData("America/Chicago", "2024-11-03", "01:30", "2024-11-03T06:30Z")]
    [InlineData("Australia/Lord_Howe", "2024-10-06", "02:15", "2024-10-05T15:30Z")] // 02:00 becomes 02:30
    [InlineData("Australia/Lord_Howe", "2024-04-07", "01:45", "2024-04-06T14:45Z")] // 02:00 becomes 01:30
    [InlineData("Africa/Cairo", "2024-04-26", "00:00", "2024-04-25T22:00Z")] // midnight never comes: the day begins at 01:00
    [InlineData("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00Z")] // the whole day never came
    [InlineData("UTC", "2024-02-29", "23:59", "2024-02-29T23:59Z")]
    public void UtcTicks_LocalTime_IsWhenTheClockFirstShowsOrPassesIt(string zone, string day, string time, string instant) => Assert.Equal(
        Days.At(instant).UtcTicks, LocalDates.UtcTicks(TimeZoneInfo.FindSystemTimeZoneById(zone), Days.On(day), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Europe/Dublin", "2024-09-10", 24)]
    [InlineData("Europe/Dublin", "2024-10-27", 25)]
    [InlineData("Europe/Dublin", "2024-03-31", 23)]
    [InlineData("America/Chicago", "2024-11-03", 25)]
    [InlineData("America/Chicago", "2024-03-10", 23)]
    [InlineData("Australia/Lord_Howe", "2024-04-07", 24.5)]
    [InlineData("Australia/Lord_Howe", "2024-10-06", 23.5)]
    [InlineData("Africa/Cairo", "2024-04-26", 23)]
    public void On_DayOfAChange_IsAsLongAsItIs(string zone, string day, decimal hours)
    {
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var end = new WorkDays(WorkCalendar.Standard, local).On(Days.On(day)).Stretches[^1].End;

        Assert.Equal(hours, (decimal)(end - LocalDates.UtcTicks(local, Days.On(day))) / TimeSpan.TicksPerHour);
    }

    [Theory]
    [InlineData(DayOfWeek.Monday, "2024-09-30", "2024-09-30")]
    [InlineData(DayOfWeek.Monday, "2024-09-29", "2024-09-23")] // a Sunday ends the week
    [InlineData(DayOfWeek.Sunday, "2024-09-29", "2024-09-29")] // or begins it
    [InlineData(DayOfWeek.Sunday, "2024-10-05", "2024-09-29")]
    [InlineData(DayOfWeek.Saturday, "2024-09-27", "2024-09-21")]
    public void WeekOf_Day_BeginsOnTheCalendarsFirstWeekday(DayOfWeek first, string day, string week) =>
        Assert.Equal(Days.On(week), new WorkDays(WorkCalendar.Standard with { FirstWeekday = first }, TimeZoneInfo.Utc).WeekOf(Days.On(day)));
}
