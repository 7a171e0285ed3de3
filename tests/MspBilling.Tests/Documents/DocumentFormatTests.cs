using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class DocumentFormatTests
{
    [Theory]
    [InlineData("en-IE", "EUR", "1234.5", "€1,234.50")]
    [InlineData("en-IE", "EUR", "-1234.5", "-€1,234.50")]
    [InlineData("de-DE", "EUR", "1234.5", "1.234,50 €")]
    [InlineData("pl-PL", "PLN", "1234.5", "1 234,50 zł")]
    [InlineData("en-US", "USD", "1234.5", "$1,234.50")]
    [InlineData("en-IE", "USD", "1234.5", "USD 1,234.50")] // $ could be any of twenty currencies
    [InlineData("de-DE", "USD", "1234.5", "1.234,50 USD")]
    [InlineData("en-IE", "JPY", "1234567", "JPY 1,234,567")]
    [InlineData("en-IE", "KWD", "1234.5", "KWD 1,234.500")]
    [InlineData("en-IE", "KWD", "-0.125", "KWD -0.125")]
    [InlineData("sv-SE", "SEK", "-12", "-12,00 kr")]
    [InlineData("de-AT", "EUR", "-1234.5", "-€ 1.234,50")]
    [InlineData("de-CH", "CHF", "1234.5", "CHF 1’234.50")]
    [InlineData("fr-FR", "EUR", "-1234.5", "-1 234,50 €")]
    [InlineData("fr-CA", "CAD", "1234.5", "1 234,50 $")]
    [InlineData("es-ES", "EUR", "1234.5", "1.234,50 €")]
    [InlineData("es-MX", "MXN", "1234.5", "$1,234.50")]
    [InlineData("pl-PL", "KWD", "-0.125", "-0,125 KWD")]
    public void Amount_InLanguage_HasCurrencyAndItsPlaces(string language, string currency, string amount, string expected) =>
        Assert.Equal(expected, Plain(Format(language).Amount(Money(amount, currency))));

    [Theory]
    [InlineData("12.5", "EUR", "12.50")]
    [InlineData("0.0000004", "USD", "0.0000004")]
    [InlineData("100.000", "JPY", "100")]
    [InlineData("1.2", "KWD", "1.200")]
    public void Price_OfAnyPlaces_LosesNone(string amount, string currency, string expected) =>
        Assert.Equal(expected, Format("en-IE").Price(new UnitPrice(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Of(currency))));

    [Fact]
    public void Quantity_WithTrailingZeros_HasAsManyPlacesAsItNeeds()
    {
        var format = Format("en-IE");
        Assert.Equal(["5", "12.5", "0.3333", "-1,000.25"], new[] { 5.00m, 12.50m, 0.3333m, -1000.25m }.Select(format.Quantity));
    }

    [Theory]
    [InlineData("en-IE", "23", "23%")]
    [InlineData("en-IE", "13.5", "13.5%")]
    [InlineData("de-DE", "7.75", "7,75 %")]
    public void Percent_InLanguage_HasAsManyPlacesAsItNeeds(string language, string percent, string expected) =>
        Assert.Equal(expected, Plain(Format(language).Percent(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("en-GB", "9 Oct 2024")]
    [InlineData("en-US", "Oct 9, 2024")]
    [InlineData("pl-PL", "9 paź 2024")]
    [InlineData("de-DE", "9. Okt. 2024")]
    [InlineData("de-AT", "9. Okt. 2024")]
    [InlineData("fr-FR", "9 oct. 2024")]
    [InlineData("fr-CA", "2024-10-09")]
    [InlineData("es-ES", "9 oct 2024")] // and not 9 de oct 2024
    [InlineData("es-MX", "9 oct 2024")]
    [InlineData("sv-SE", "2024-10-09")]
    public void Date_InLanguage_CannotBeReadAsAnotherDay(string language, string expected) =>
        Assert.Equal(expected, Format(language).Date(new DateOnly(2024, 10, 9)));

    [Fact]
    public void Span_OfHalfOpenPeriod_EndsWithItsLastDay()
    {
        Assert.Equal("1 Feb 2024 – 29 Feb 2024", Format("en-GB").Span(Period.Month(2024, 2)));
        Assert.Equal("1 Feb 2024", Format("en-GB").Span(new Period(new DateOnly(2024, 2, 1), new DateOnly(2024, 2, 2))));
    }

    [Theory]
    [InlineData("xx-nonsense-1")]
    [InlineData("")]
    public void Language_ThatIsNone_IsRefusedWithAnExample(string tag) =>
        Assert.Contains("for example en-IE", Assert.Throws<FormatException>(() => DocumentLanguage.Of(tag)).Message, StringComparison.Ordinal);

    [Fact]
    public void Language_WithoutRegion_GetsItsMainOne() => Assert.Equal("de-DE", DocumentLanguage.Of("de").Tag);

    [Theory]
    [InlineData("#0F766E", true)]
    [InlineData("0F766E", false)]
    [InlineData("#0F766", false)]
    [InlineData("#0F766G", false)]
    [InlineData(null, false)]
    public void BrandColor_OfText_IsSixHexadecimalDigits(string? text, bool valid)
    {
        Assert.Equal(valid, BrandColor.TryParse(text, out var color));
        Assert.Equal(valid ? new BrandColor(0x0F, 0x76, 0x6E) : default, color);
    }

    private static DocumentFormat Format(string language) => new(DocumentLanguage.Of(language));

    private static Money Money(string amount, string currency) =>
        new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Of(currency));

    /// <summary>Non-breaking spaces as spaces, so that the rows above can be read.</summary>
    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
