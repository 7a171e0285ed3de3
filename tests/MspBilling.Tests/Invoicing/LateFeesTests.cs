using System.Globalization;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class LateFeesTests
{
    [Theory]
    [InlineData(1000.00, "2023-01-31", "2023-01-31", 0)]
    [InlineData(1000.00, "2023-01-31", "2023-02-27", 0)]
    [InlineData(1000.00, "2023-01-31", "2023-02-28", 15.00)] // a month from the 31st ends with February
    [InlineData(1000.00, "2023-01-31", "2023-03-30", 15.00)]
    [InlineData(1000.00, "2023-01-31", "2023-03-31", 30.00)]
    [InlineData(1000.00, "2023-01-31", "2024-01-31", 180.00)]
    [InlineData(33.33, "2023-01-31", "2023-02-28", 0.50)] // 0.49995
    [InlineData(0, "2023-01-31", "2024-01-31", 0)]
    [InlineData(-10.00, "2023-01-31", "2024-01-31", 0)]
    public void Of_PercentAMonth_IsChargedForWholeMonths(decimal balance, string due, string day, decimal fee) =>
        Assert.Equal(Eur(fee), LateFees.Of(new LateFee(1.5m, null), Eur(balance), Days.On(due), Days.On(day)));

    [Theory]
    [InlineData("2024-01-31", 0)]
    [InlineData("2024-02-01", 40.00)]
    [InlineData("2024-12-31", 40.00)]
    public void Of_FlatFee_IsChargedOnce(string day, decimal fee) =>
        Assert.Equal(Eur(fee), LateFees.Of(new LateFee(null, Eur(40)), Eur(100), Days.On("2024-01-31"), Days.On(day)));

    [Theory]
    [InlineData("2024-03-05", 0)]
    [InlineData("2024-03-06", 41.50)] // 1.5 % of 100.00 for a month since 31 January, and 40.00
    public void Of_DaysOfGrace_ChargeNothingYet(string day, decimal fee) =>
        Assert.Equal(Eur(fee), LateFees.Of(new LateFee(1.5m, Eur(40), GraceDays: 34), Eur(100), Days.On("2024-01-31"), Days.On(day)));

    [Fact]
    public void Of_FlatFeeOfAnotherCurrency_IsNotCharged() =>
        Assert.Equal(Usd(0), LateFees.Of(new LateFee(null, Eur(40)), Usd(100), Days.On("2024-01-31"), Days.On("2024-02-15")));

    [Theory]
    [InlineData(0, "2023-04-30", "2023-02-01 2023-02-28 2023-03-31 2023-04-30")]
    [InlineData(5, "2023-03-30", "2023-02-06 2023-02-28")]
    [InlineData(34, "2023-03-31", "2023-03-07 2023-03-31")] // a month has ended in the days of grace
    [InlineData(5, "2023-02-05", "")]
    public void Days_SinceThe31st_AreTheFirstAfterGraceAndEachThatEndsAMonth(int grace, string until, string days) =>
        Assert.Equal(days, string.Join(' ', LateFees.Days(new LateFee(1.5m, null, grace), Days.On("2023-01-31"), Days.On(until)).Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
}
