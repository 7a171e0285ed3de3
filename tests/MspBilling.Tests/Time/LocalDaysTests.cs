using System.Globalization;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Time;

public sealed class LocalDaysTests
{
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
    public void Of_Instants_AreTheirDaysInAnyOrder(string zone, string instants, string days)
    {
        var (at, expected) = (instants.Split(' ').Select(Days.At).ToList(), days.Split(' '));
        var inOrder = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var backwards = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(expected, at.Select(instant => Text(inOrder.Of(instant))));
        Assert.Equal(expected.Reverse(), Enumerable.Reverse(at).Select(instant => Text(backwards.Of(instant))));
    }

    private static string Text(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);
}
