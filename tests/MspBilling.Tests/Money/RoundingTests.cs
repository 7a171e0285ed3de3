using System.Globalization;
using MspBilling.Core;
using Xunit;

namespace MspBilling.Tests;

public sealed class RoundingTests
{
    [Theory]
    [InlineData("2.345", "EUR", "2.35")]
    [InlineData("-2.345", "EUR", "-2.35")]
    [InlineData("2.335", "EUR", "2.34")]
    [InlineData("2.3449999", "EUR", "2.34")]
    [InlineData("-2.3449999", "EUR", "-2.34")]
    [InlineData("0.005", "EUR", "0.01")]
    [InlineData("-0.004", "EUR", "0.00")]
    [InlineData("2.5", "JPY", "3")]
    [InlineData("3.5", "JPY", "4")]
    [InlineData("-2.5", "JPY", "-3")]
    [InlineData("1.2345", "KWD", "1.235")]
    [InlineData("1.00005", "CLF", "1.0001")]
    public void ToMoney_Half_GoesAwayFromZero(string exact, string code, string expected) =>
        Assert.Equal(new Money(Number(expected), Currency.Of(code)), Rounding.ToMoney(Number(exact), Currency.Of(code)));

    [Theory]
    [InlineData("0.30", "0.25", "0.50")]
    [InlineData("0.50", "0.25", "0.50")]
    [InlineData("0.01", "0.25", "0.25")]
    [InlineData("1.00", "0.1", "1.0")]
    [InlineData("1.01", "0.1", "1.1")]
    [InlineData("7.30", "1", "8")]
    [InlineData("0.30", "0.375", "0.375")]
    public void UpToIncrement_RaisesToAWholeNumberOfThem(string quantity, string increment, string expected) =>
        Assert.Equal(Number(expected), Rounding.UpToIncrement(Number(quantity), Number(increment)));

    [Theory]
    [InlineData("0")]
    [InlineData("-0.25")]
    public void UpToIncrement_IncrementThatIsNone_IsRefused(string increment) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.UpToIncrement(1, Number(increment)));

    [Theory]
    [InlineData("0.66666", 4, "0.6667")]
    [InlineData("0.00005", 4, "0.0001")]
    [InlineData("-0.00005", 4, "-0.0001")]
    public void ToPlaces_Half_GoesAwayFromZero(string quantity, int places, string expected) =>
        Assert.Equal(Number(expected), Rounding.ToPlaces(Number(quantity), places));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
