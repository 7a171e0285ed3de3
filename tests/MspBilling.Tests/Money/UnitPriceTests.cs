using System.Globalization;
using MspBilling.Core;
using Xunit;

namespace MspBilling.Tests;

public sealed class UnitPriceTests
{
    [Theory]
    [InlineData("0.335", "EUR", "3", "1.01")] // 1.005; a price rounded first to 0.34 would give 1.02
    [InlineData("0.0000004", "USD", "1000000", "0.40")] // a price rounded first would give 0.00
    [InlineData("0.0000004", "USD", "1", "0.00")]
    [InlineData("95", "EUR", "5.00", "475.00")]
    [InlineData("12.50", "EUR", "-3", "-37.50")]
    [InlineData("0.5", "JPY", "3", "2")] // 1.5
    public void Extend_Quantity_IsRoundedOnce(string price, string code, string quantity, string expected) =>
        Assert.Equal(Amount(expected, code), Price(price, code).Extend(Number(quantity)));

    [Theory]
    [InlineData("26.40", 17, 30, "14.96")]
    [InlineData("2400", 19, 30, "1520.00")]
    [InlineData("10.00", 1, 3, "3.33")]
    [InlineData("10.00", 2, 3, "6.67")]
    [InlineData("0.335", 30, 30, "0.34")] // 0.335
    [InlineData("99.99", 0, 30, "0.00")]
    [InlineData("0.01", 15, 30, "0.01")] // exactly half a cent
    [InlineData("-0.01", 15, 30, "-0.01")]
    public void Extend_PartOfAPeriod_IsDividedLastAndRoundedOnce(string price, int days, int of, string expected) =>
        Assert.Equal(Amount(expected, "EUR"), Price(price, "EUR").Extend(1, new Fraction(days, of)));

    [Fact]
    public void Extend_PartOfAPeriod_RoundsAfterTheQuantity() =>
        Assert.Equal(Amount("2.33", "EUR"), Price("0.10", "EUR").Extend(70, new Fraction(1, 3))); // 7.00 / 3; 70 x 0.03 would be 2.10

    private static UnitPrice Price(string amount, string code) => new(Number(amount), Currency.Of(code));

    private static Money Amount(string amount, string code) => new(Number(amount), Currency.Of(code));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
