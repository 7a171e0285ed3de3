using System.Globalization;
using MspBilling.Core;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.30", "EUR", "12.30 EUR")]
    [InlineData("5", "EUR", "5.00 EUR")]
    [InlineData("5.00000", "EUR", "5.00 EUR")]
    [InlineData("-0.5", "EUR", "-0.50 EUR")]
    [InlineData("1500", "JPY", "1500 JPY")]
    [InlineData("1500.00", "JPY", "1500 JPY")]
    [InlineData("1.25", "KWD", "1.250 KWD")]
    [InlineData("0", "CLF", "0.0000 CLF")]
    [InlineData("-0.00", "EUR", "0.00 EUR")]
    public void New_ExactAmount_HasTheCurrencysPlaces(string amount, string code, string written) =>
        Assert.Equal(written, new Money(Number(amount), Currency.Of(code)).ToString());

    [Theory]
    [InlineData("12.301", "EUR", 2)]
    [InlineData("-0.005", "USD", 2)]
    [InlineData("0.5", "JPY", 0)]
    [InlineData("1.2345", "KWD", 3)]
    [InlineData("0.00001", "CLF", 4)]
    public void New_OnePlaceTooMany_IsRefused(string amount, string code, int places)
    {
        var refused = Assert.Throws<ArgumentException>(() => new Money(Number(amount), Currency.Of(code)));

        Assert.StartsWith($"{amount} {code} has more than {places} places", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_NoCurrency_IsRefused() => Assert.Throws<InvalidOperationException>(() => new Money(5, default));

    [Fact]
    public void Sum_TwoCurrencies_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => Eur(1) + Usd(1));
        Assert.Throws<InvalidOperationException>(() => Eur(1) - Usd(1));
        Assert.Throws<InvalidOperationException>(() => Eur(1) < Usd(1));
        Assert.Throws<InvalidOperationException>(() => Money.Sum([Eur(1), Usd(1)], EUR));
        Assert.Throws<InvalidOperationException>(() => Money.Sum([Usd(1)], EUR));
    }

    [Fact]
    public void Sum_OneCurrency_IsExact()
    {
        Assert.Equal(Eur(0.30m), Money.Sum([Eur(0.10m), Eur(0.20m)], EUR));
        Assert.Equal(Eur(0), Money.Sum([], EUR));
        Assert.Equal(Eur(-0.10m), Eur(0.10m) - Eur(0.20m));
        Assert.Equal(Eur(0.10m), -Eur(-0.10m));
    }

    [Fact]
    public void Comparison_IsByAmount()
    {
        Assert.True(Eur(-1) < Eur(0) && Eur(2) > Eur(1) && Eur(1) <= Eur(1.00m) && Eur(1) >= Eur(1));
        Assert.Equal(Eur(5), Eur(5.00m));
        Assert.NotEqual(Eur(5), Usd(5));
    }

    [Theory]
    [InlineData("0.05", "10", "0.01")] // 0.005 is half a cent
    [InlineData("0.04", "10", "0.00")]
    [InlineData("-0.05", "10", "-0.01")]
    [InlineData("85.50", "5", "4.28")] // 4.275
    [InlineData("1000.01", "8.875", "88.75")] // 88.7508875
    public void Percent_IsRoundedOnce(string amount, string percent, string expected) =>
        Assert.Equal(Eur(Number(expected)), Eur(Number(amount)).Percent(Number(percent)));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
