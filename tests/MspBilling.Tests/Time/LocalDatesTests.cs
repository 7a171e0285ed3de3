using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Time;

public sealed class LocalDatesTests
{
    [Theory]
    [InlineData("2024-10-01T03:00Z", "America/Chicago", "2024-09-30")] // 22:00 the day before
    [InlineData("2024-10-01T03:00Z", "Europe/Dublin", "2024-10-01")] // 04:00
    [InlineData("2024-09-30T23:30Z", "Europe/Dublin", "2024-10-01")] // summer time: 00:30
    [InlineData("2024-11-30T23:30Z", "Europe/Dublin", "2024-11-30")] // winter time: 23:30
    [InlineData("2024-09-30T22:15Z", "Europe/Berlin", "2024-10-01")]
    [InlineData("2024-10-01T00:30+02:00", "Europe/Dublin", "2024-09-30")] // the offset is the technician's: 23:30 in Dublin
    [InlineData("2024-09-30T13:30Z", "Pacific/Kiritimati", "2024-10-01")] // +14
    [InlineData("2024-09-30T18:31Z", "Asia/Kolkata", "2024-10-01")] // +5:30
    // The hour that Dublin has twice on 27 October 2024, and the hour that Chicago skips on 10 March.
    [InlineData("2024-10-27T00:30Z", "Europe/Dublin", "2024-10-27")]
    [InlineData("2024-10-26T22:59Z", "Europe/Dublin", "2024-10-26")]
    [InlineData("2024-10-26T23:00Z", "Europe/Dublin", "2024-10-27")] // still summer time at midnight
    [InlineData("2024-10-27T23:59Z", "Europe/Dublin", "2024-10-27")] // winter time at the next
    [InlineData("2024-03-10T05:59Z", "America/Chicago", "2024-03-09")] // -6 at midnight
    [InlineData("2024-03-11T04:59Z", "America/Chicago", "2024-03-10")] // -5 at the next
    [InlineData("2024-03-11T05:00Z", "America/Chicago", "2024-03-11")]
    public void In_Zone_IsTheLocalDate(string instant, string zone, string date) =>
        Assert.Equal(Days.On(date), LocalDates.In(TimeZoneInfo.FindSystemTimeZoneById(zone), Days.At(instant)));
}
