using System.Globalization;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Time;

public sealed class LocalClockTests
{
    [Theory]
    // Put forward: 01:00 to 02:00 in Dublin on 31 March 2024, 02:00 to 02:30 on Lord Howe on 6 October.
    [InlineData("Europe/Dublin", "2024-03-31T00:59:59Z", "2024-03-31 00:59:59")]
    [InlineData("Europe/Dublin", "2024-03-31T01:00:00Z", "2024-03-31 02:00:00")]
    [InlineData("Australia/Lord_Howe", "2024-10-05T15:29:59Z", "2024-10-06 01:59:59")] // +10:30
    [InlineData("Australia/Lord_Howe", "2024-10-05T15:30:00Z", "2024-10-06 02:30:00")] // +11
    // Put back: what comes twice is shown twice.
    [InlineData("Europe/Dublin", "2024-10-27T00:30:00Z", "2024-10-27 01:30:00")]
    [InlineData("Europe/Dublin", "2024-10-27T01:30:00Z", "2024-10-27 01:30:00")]
    [InlineData("Australia/Lord_Howe", "2024-04-06T14:45:00Z", "2024-04-07 01:45:00")]
    [InlineData("Australia/Lord_Howe", "2024-04-06T15:15:00Z", "2024-04-07 01:45:00")]
    // Offsets with halves and quarters of an hour.
    [InlineData("Asia/Kolkata", "2024-09-30T18:30:00Z", "2024-10-01 00:00:00")]
    [InlineData("Asia/Kathmandu", "2024-09-30T18:15:00Z", "2024-10-01 00:00:00")]
    [InlineData("America/St_Johns", "2024-01-01T03:29:59Z", "2023-12-31 23:59:59")]
    // Before 1970: an Irish winter that was an hour ahead, and an American one.
    [InlineData("Europe/Dublin", "1969-01-15T12:00:00Z", "1969-01-15 13:00:00")]
    [InlineData("America/New_York", "1950-01-15T04:59:59Z", "1950-01-14 23:59:59")]
    // Nothing is before the first moment or after the last.
    [InlineData("America/New_York", "0001-01-01T00:00:00Z", "0001-01-01 00:00:00")]
    [InlineData("Pacific/Kiritimati", "9999-12-31T23:00:00Z", "9999-12-31 23:59:59")]
    public void At_Instant_IsWhatTheClockShows(string zone, string instant, string shown) =>
        Assert.Equal(shown, LocalClock.Of(TimeZoneInfo.FindSystemTimeZoneById(zone)).At(Days.At(instant)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    // What is kept of 1 March is overwritten by what is kept of 4 May, 64 days later, and is found again.
    [Fact]
    public void At_DaysThatShareAPlace_AreToldApart()
    {
        var clock = LocalClock.Of(TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"));

        var (march, may) = (Days.At("2024-03-01T12:00Z"), Days.At("2024-05-04T12:00Z"));

        Assert.Equal((12, 13, 12), (clock.At(march).Hour, clock.At(may).Hour, clock.At(march).Hour));
    }

    [Fact]
    public void At_OffsetOfTheInstant_MakesNoDifference()
    {
        var clock = LocalClock.Of(TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"));

        Assert.Equal(clock.At(Days.At("2024-07-01T12:00Z")), clock.At(Days.At("2024-07-01T21:00+09:00")));
    }

    [Theory]
    // Instants one after the other, and the days that they fall on.
    [InlineData("Europe/Dublin", "2024-09-30T22:59Z 2024-09-30T23:00Z 2024-10-01T22:59Z 2024-10-01T23:00Z", "09-30 10-01 10-01 10-02")]
    [InlineData("Europe/Dublin", "2024-03-30T23:59Z 2024-03-31T00:00Z 2024-03-31T22:59Z 2024-03-31T23:00Z", "03-30 03-31 03-31 04-01")] // a day of 23 hours
    [InlineData("Europe/Dublin", "2024-10-26T22:59Z 2024-10-26T23:00Z 2024-10-27T23:59Z 2024-10-28T00:00Z", "10-26 10-27 10-27 10-28")] // a day of 25 hours
    [InlineData("Australia/Lord_Howe", "2024-10-05T13:29Z 2024-10-05T13:30Z 2024-10-06T12:59Z 2024-10-06T13:00Z", "10-05 10-06 10-06 10-07")] // of 23.5 hours
    [InlineData("America/Sao_Paulo", "2018-11-04T02:59Z 2018-11-04T03:00Z 2018-11-05T01:59Z 2018-11-05T02:00Z", "11-03 11-04 11-04 11-05")] // the day began at 01:00
    [InlineData("America/Sao_Paulo", "2018-02-18T01:30Z 2018-02-18T02:30Z 2018-02-18T03:00Z", "02-17 02-17 02-18")] // the hour before midnight came twice
    [InlineData("Pacific/Apia", "2011-12-30T09:59Z 2011-12-30T10:00Z 2011-12-31T09:59Z 2011-12-31T10:00Z", "12-29 12-31 12-31 01-01")] // 30 December never came
    [InlineData("Asia/Kathmandu", "2024-09-30T18:14Z 2024-09-30T18:15Z", "09-30 10-01")] // +5:45
    [InlineData("Europe/Dublin", "1969-01-14T22:59Z 1969-01-14T23:00Z", "01-14 01-15")] // an hour ahead in winter
    public void At_Instants_FallOnTheirDaysInAnyOrder(string zone, string instants, string days)
    {
        var clock = LocalClock.Of(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var (at, expected) = (instants.Split(' ').Select(Days.At).ToList(), days.Split(' '));

        Assert.Equal(expected, at.Select(Day));
        Assert.Equal(expected.Reverse(), Enumerable.Reverse(at).Select(Day));

        string Day(DateTimeOffset instant) => clock.At(instant).ToString("MM-dd", CultureInfo.InvariantCulture);
    }
}
