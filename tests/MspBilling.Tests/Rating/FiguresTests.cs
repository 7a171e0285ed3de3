using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Rating;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class FiguresTests
{
    [Theory]
    // A number; as a quantity; as hours; as an amount and as a price in yen, euro and Kuwaiti dinar.
    [InlineData("0", "0", "0.00", "0 0.00 0.000", "0 0.00 0.000")]
    [InlineData("999.5", "999.5", "999.50", "1,000 999.50 999.500", "999.5 999.50 999.500")]
    [InlineData("1000", "1,000", "1,000.00", "1,000 1,000.00 1,000.000", "1,000 1,000.00 1,000.000")]
    [InlineData("-1234567.125", "-1,234,567.125", "-1,234,567.125", "-1,234,567 -1,234,567.13 -1,234,567.125", "-1,234,567.125 -1,234,567.125 -1,234,567.125")]
    [InlineData("0.0000004", "0.0000004", "0.0000004", "0 0.00 0.000", "0.0000004 0.0000004 0.0000004")]
    public void Of_Numbers_SetThousandsApartAndKeepTheirPlaces(string number, string quantity, string hours, string amounts, string prices)
    {
        var before = CultureInfo.CurrentCulture;
        var value = decimal.Parse(number, CultureInfo.InvariantCulture);
        Currency[] currencies = [Currency.Of("JPY"), Currency.Of("EUR"), Currency.Of("KWD")];
        try
        {
            // The machine's language makes no difference.
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");

            Assert.Equal((quantity, hours), (Figures.Quantity(value), Figures.Hours(value)));
            Assert.Equal(amounts, string.Join(' ', currencies.Select(currency => Figures.Of(Rounding.ToMoney(value, currency)))));
            Assert.Equal(prices, string.Join(' ', currencies.Select(currency => Figures.Of(new UnitPrice(value, currency)))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
