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
        Assert.Equal(Eur(fee), LateFees.Of(Terms(new LateFee(1.5m, null)), Eur(balance), Days.On(due), Days.On(day)));

    [Theory]
    [InlineData("2024-01-31", 0)]
    [InlineData("2024-02-01", 40.00)]
    [InlineData("2024-12-31", 40.00)]
    public void Of_FlatFee_IsChargedOnce(string day, decimal fee) =>
        Assert.Equal(Eur(fee), LateFees.Of(Terms(new LateFee(null, Eur(40))), Eur(100), Days.On("2024-01-31"), Days.On(day)));

    [Theory]
    [InlineData("2024-03-05", 0)]
    [InlineData("2024-03-06", 41.50)] // 1.5 % of 100.00 for a month since 31 January, and 40.00
    public void Of_DaysOfGrace_ChargeNothingYet(string day, decimal fee) =>
        Assert.Equal(Eur(fee), LateFees.Of(Terms(new LateFee(1.5m, Eur(40), GraceDays: 34)), Eur(100), Days.On("2024-01-31"), Days.On(day)));

    [Fact]
    public void Of_FlatFeeOfAnotherCurrency_IsNotCharged() =>
        Assert.Equal(Usd(0), LateFees.Of(Terms(new LateFee(null, Eur(40))), Usd(100), Days.On("2024-01-31"), Days.On("2024-02-15")));

    [Fact]
    public void Of_TermsWithoutAFee_IsNothing() => Assert.Equal(Eur(0), LateFees.Of(PaymentTerms.Net(30), Eur(100), Days.On("2024-01-31"), Days.On("2025-01-31")));

    private static PaymentTerms Terms(LateFee fee) => PaymentTerms.Net(30) with { LateFee = fee };
}
