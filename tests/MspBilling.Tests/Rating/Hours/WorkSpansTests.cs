using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class WorkSpansTests
{
    private static readonly TimeLine Line = Lines.Time() with { AfterHoursFactor = 1.5m, WeekendFactor = 1.75m, HolidayFactor = 2 };

    [Theory]
    // Monday to Friday 08:00 to 18:00; holidays on Thursday 12 and Saturday 14 September. Dublin is an hour ahead of Z.
    [InlineData("2024-09-10T09:00Z", 2, null, "09-10 BusinessHours 2")]
    [InlineData("2024-09-10T16:00Z", 2, null, "09-10 BusinessHours 1, 09-10 AfterHours 1")] // 17:00 to 19:00
    [InlineData("2024-09-10T15:00Z", 2, null, "09-10 BusinessHours 2")] // to 18:00 sharp
    [InlineData("2024-09-10T17:00Z", 2, null, "09-10 AfterHours 2")] // from 18:00 sharp
    [InlineData("2024-09-10T06:00Z", 2, null, "09-10 AfterHours 1, 09-10 BusinessHours 1")] // 07:00 to 09:00
    [InlineData("2024-09-10T06:00Z", 12, null, "09-10 AfterHours 1, 09-10 BusinessHours 10, 09-10 AfterHours 1")]
    [InlineData("2024-09-10T22:00Z", 3, null, "09-10 AfterHours 1, 09-11 AfterHours 2")] // over midnight
    [InlineData("2024-09-10T22:00Z", 1, null, "09-10 AfterHours 1")] // to midnight sharp
    [InlineData("2024-09-10T23:00Z", 1, null, "09-11 AfterHours 1")] // from midnight sharp
    [InlineData("2024-09-11T22:00Z", 2, null, "09-11 AfterHours 1, 09-12 Holiday 1")] // into a holiday
    [InlineData("2024-09-12T09:00Z", 2, null, "09-12 Holiday 2")] // a holiday in business hours
    [InlineData("2024-09-12T22:00Z", 2, null, "09-12 Holiday 1, 09-13 AfterHours 1")] // out of it
    [InlineData("2024-09-13T22:30Z", 2, null, "09-13 AfterHours 0.5, 09-14 Holiday 1.5")] // a holiday on a Saturday is a holiday
    [InlineData("2024-09-14T22:00Z", 2, null, "09-14 Holiday 1, 09-15 Weekend 1")]
    [InlineData("2024-09-15T22:00Z", 2, null, "09-15 Weekend 1, 09-16 AfterHours 1")]
    [InlineData("2024-09-20T16:00Z", 33, null, "09-20 BusinessHours 1, 09-20 AfterHours 6, 09-21 Weekend 24, 09-22 Weekend 2")]
    // A span longer than its hours: 4 h in the 5 h from 15:00 to 20:00 are 4 x 3/5 and 4 x 2/5.
    [InlineData("2024-09-10T14:00Z", 4, "2024-09-10T19:00Z", "09-10 BusinessHours 2.4, 09-10 AfterHours 1.6")]
    [InlineData("2024-09-10T16:00Z", 1, "2024-09-10T19:00Z", "09-10 BusinessHours 0.3333, 09-10 AfterHours 0.6667")] // 1/3 and the rest
    [InlineData("2024-09-10T16:00Z", 2, "2024-09-10T17:00Z", "09-10 BusinessHours 1, 09-10 AfterHours 1")] // an end too early for the hours is not believed
    [InlineData("2024-09-10T16:00Z", 2, "2024-09-10T15:00Z", "09-10 BusinessHours 1, 09-10 AfterHours 1")]
    [InlineData("2024-09-10T16:50Z", 0.25, null, "09-10 BusinessHours 0.1667, 09-10 AfterHours 0.0833")] // 10 min and 5 min
    [InlineData("2024-09-10T16:59:59Z", 0.0001, null, "09-10 BusinessHours 0.0001")]
    public void Split_Span_EndsAtMidnightAndAtBusinessHours(string start, decimal hours, string? end, string expected) =>
        Assert.Equal(expected, Split(Line, TimeMonth.Calendar, "Europe/Dublin", start, hours, end));

    [Theory]
    // 22:00 to 06:00 by the local clock, from a Saturday; elapsed hours are what is worked.
    [InlineData("Europe/Dublin", "2024-10-26T21:00Z", "2024-10-27T06:00Z", 9, "10-26 Weekend 2, 10-27 Weekend 7")] // 01:00 to 02:00 comes twice
    [InlineData("Europe/Dublin", "2024-03-30T22:00Z", "2024-03-31T05:00Z", 7, "03-30 Weekend 2, 03-31 Weekend 5")] // and never comes
    [InlineData("America/Chicago", "2024-11-03T03:00Z", "2024-11-03T12:00Z", 9, "11-02 Weekend 2, 11-03 Weekend 7")]
    [InlineData("America/Chicago", "2024-03-10T04:00Z", "2024-03-10T11:00Z", 7, "03-09 Weekend 2, 03-10 Weekend 5")]
    [InlineData("Australia/Lord_Howe", "2024-04-06T11:00Z", "2024-04-06T19:30Z", 8.5, "04-06 Weekend 2, 04-07 Weekend 6.5")] // half an hour
    [InlineData("Australia/Lord_Howe", "2024-10-05T11:30Z", "2024-10-05T19:00Z", 7.5, "10-05 Weekend 2, 10-06 Weekend 5.5")]
    public void Split_ClockIsChanged_ElapsedTimeCounts(string zone, string start, string end, decimal elapsed, string expected)
    {
        Assert.Equal(elapsed, (decimal)(Days.At(end) - Days.At(start)).Ticks / TimeSpan.TicksPerHour);
        Assert.Equal(expected, Split(Line, WorkCalendar.Standard, zone, start, elapsed, end));
    }

    [Theory]
    // Midnight to 09:00 of the Sunday by the local clock, with business from 08:00.
    [InlineData("Europe/Dublin", "2024-10-26T23:00Z", 10, "10-27 AfterHours 9, 10-27 BusinessHours 1")]
    [InlineData("Europe/Dublin", "2024-03-31T00:00Z", 8, "03-31 AfterHours 7, 03-31 BusinessHours 1")]
    [InlineData("America/Chicago", "2024-11-03T05:00Z", 10, "11-03 AfterHours 9, 11-03 BusinessHours 1")]
    [InlineData("America/Chicago", "2024-03-10T06:00Z", 8, "03-10 AfterHours 7, 03-10 BusinessHours 1")]
    [InlineData("Australia/Lord_Howe", "2024-04-06T13:00Z", 9.5, "04-07 AfterHours 8.5, 04-07 BusinessHours 1")]
    [InlineData("Australia/Lord_Howe", "2024-10-05T13:30Z", 8.5, "10-06 AfterHours 7.5, 10-06 BusinessHours 1")]
    // Midnight to midnight.
    [InlineData("Europe/Dublin", "2024-10-26T23:00Z", 25, "10-27 AfterHours 9, 10-27 BusinessHours 10, 10-27 AfterHours 6")]
    [InlineData("Australia/Lord_Howe", "2024-10-05T13:30Z", 23.5, "10-06 AfterHours 7.5, 10-06 BusinessHours 10, 10-06 AfterHours 6")]
    public void Split_ClockIsChanged_BusinessBeginsWhenTheClockShowsIt(string zone, string start, decimal hours, string expected)
    {
        var calendar = WorkCalendar.Standard with { Hours = [.. WorkCalendar.Standard.Hours, new BusinessHours(DayOfWeek.Sunday, new TimeOnly(8, 0), new TimeOnly(18, 0))] };

        Assert.Equal(expected, Split(Line, calendar, zone, start, hours, null));
    }

    [Theory]
    [InlineData(null, null, null, "2024-09-13T16:00Z", "09-13 BusinessHours 7, 09-14 BusinessHours 5")] // 17:00 to 05:00: only midnight parts them
    [InlineData(1.5, null, null, "2024-09-13T16:00Z", "09-13 BusinessHours 1, 09-13 AfterHours 6, 09-14 BusinessHours 5")] // after hours is of days with business hours
    [InlineData(null, 1.75, null, "2024-09-13T16:00Z", "09-13 BusinessHours 7, 09-14 Weekend 5")] // a holiday that makes no difference is the weekday that it is
    [InlineData(1.5, null, null, "2024-09-12T16:00Z", "09-12 BusinessHours 1, 09-12 AfterHours 6, 09-13 AfterHours 5")]
    [InlineData(null, null, 2.0, "2024-09-13T16:00Z", "09-13 BusinessHours 7, 09-14 Holiday 5")]
    [InlineData(null, 1.75, 2.0, "2024-09-13T16:00Z", "09-13 BusinessHours 7, 09-14 Holiday 5")]
    public void Split_FactorThatIsNotSet_MakesNoDifference(double? afterHours, double? weekend, double? holiday, string start, string expected)
    {
        var line = Lines.Time() with { AfterHoursFactor = (decimal?)afterHours, WeekendFactor = (decimal?)weekend, HolidayFactor = (decimal?)holiday };

        Assert.Equal(expected, Split(line, TimeMonth.Calendar, "Europe/Dublin", start, 12, null));
    }

    [Fact]
    public void Split_LunchBreakOfTheCalendar_IsAfterHours()
    {
        var calendar = new WorkCalendar("shop", DayOfWeek.Monday, [new(DayOfWeek.Tuesday, new(13, 0), new(0, 0)), new(DayOfWeek.Tuesday, new(9, 0), new(12, 0))], []);

        // 11:00 to 01:00; the afternoon's hours end with the day.
        Assert.Equal("09-10 BusinessHours 1, 09-10 AfterHours 1, 09-10 BusinessHours 11, 09-11 Weekend 1", Split(Line, calendar, "Europe/Dublin", "2024-09-10T10:00Z", 14, null));
    }

    private static string Split(TimeLine line, WorkCalendar calendar, string zone, string start, decimal hours, string? end)
    {
        var entry = Records.Time("1", hours, start: start) with { End = end is null ? null : Days.At(end) };
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var spans = new List<WorkSpan>();
        new WorkSpans(line, new WorkDays(calendar, local)).Split(entry, LocalDates.In(local, entry.Start), spans);

        Assert.Equal(hours, spans.Sum(span => span.Worked));
        return string.Join(", ", spans.Where(span => span.Worked != 0).Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.Day:MM-dd} {span.DayPart} {span.Worked:0.####}")));
    }
}
