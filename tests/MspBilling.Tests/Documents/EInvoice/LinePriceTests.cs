using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Documents.EInvoice;
using Xunit;

namespace MspBilling.Tests.Documents.EInvoice;

public sealed class LinePriceTests
{
    [Theory]
    // Quantity, price and amount as printed; quantity, price and base quantity as told.
    [InlineData("3", "40", "120.00", "3", "40", null)]
    [InlineData("3", "0.335", "1.01", "3", "0.335", null)] // 1.005 is rounded once, to 1.01
    [InlineData("2", "20", "22.67", "2", "22.67", "2")] // 17 of 30 days
    [InlineData("300", "9.99", "1598.40", "300", "1598.40", "300")] // 16 of 30 days; 5.33 a licence would be 1,599.00
    [InlineData("1", "40", "21.33", "1", "21.33", null)] // 16 of 30 days of one: its amount is its price
    [InlineData("1", "-150", "-150.00", "-1", "150", null)] // a write-down
    [InlineData("-2", "100", "-200.00", "-2", "100", null)]
    [InlineData("2", "20", "-22.67", "-2", "22.67", "2")] // a prorated line that is reversed
    [InlineData("-2", "20", "-22.67", "-2", "22.67", "2")]
    [InlineData("0.25", "95", "47.50", "0.25", "47.50", "0.25")] // a minimum of half an hour
    [InlineData("0", "95", "47.50", "1", "47.50", null)]
    [InlineData("0", "95", "0.00", "0", "95", null)]
    [InlineData("5", "95", "0.00", "5", "0.00", "5")] // covered by a retainer
    [InlineData("1.5", "9501", "14252", "1.5", "14252", "1.5", "JPY")] // 14,251.5, half a yen more than Peppol lets a line be off
    [InlineData("1.5", "9500", "14250", "1.5", "9500", null, "JPY")]
    public void Of_Line_MultipliesToItsAmount(string quantity, string price, string amount, string told, string toldPrice, string? baseQuantity, string code = "EUR")
    {
        var currency = Currency.Of(code);
        var line = new Money(Number(amount), currency);

        var result = LinePrice.Of(Number(quantity), new UnitPrice(Number(price), currency), line);

        Assert.Equal(new LinePrice(Number(told), new UnitPrice(Number(toldPrice), currency), baseQuantity is null ? null : Number(baseQuantity)), result);
        Assert.Equal(line, Rounding.ToMoney(result.Quantity * result.Price.Amount / (result.BaseQuantity ?? 1), currency));
        Assert.True(result.Price.Amount >= 0);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
