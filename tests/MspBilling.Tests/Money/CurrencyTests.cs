using MspBilling.Core;
using Xunit;

namespace MspBilling.Tests;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("USD", 2)]
    [InlineData("JPY", 0)]
    [InlineData("ISK", 0)]
    [InlineData("KWD", 3)]
    [InlineData("BHD", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    public void Of_IsoCode_HasItsMinorUnits(string code, int places)
    {
        var currency = Currency.Of(code);

        Assert.Equal((code, places), (currency.Code, currency.MinorUnits));
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("Euro")]
    [InlineData("EU")]
    [InlineData(" EUR")]
    [InlineData("EUR ")]
    [InlineData("XXX")] // "no currency" in ISO 4217
    [InlineData("XAU")] // gold
    [InlineData("DEM")] // withdrawn
    [InlineData("")]
    public void Of_AnythingElse_IsRefusedByName(string code)
    {
        Assert.Contains($"'{code}'", Assert.Throws<FormatException>(() => Currency.Of(code)).Message, StringComparison.Ordinal);
        Assert.False(Currency.TryParse(code, out _));
    }

    [Fact]
    public void TryParse_Null_IsFalse() => Assert.False(Currency.TryParse(null, out _));

    [Fact]
    public void Code_OfNoCurrency_Throws() => Assert.Throws<InvalidOperationException>(() => default(Currency).Code);
}
