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
}
