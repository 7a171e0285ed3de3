using MspBilling.Core.Clients;
using Xunit;

namespace MspBilling.Tests.Clients;

public sealed class VatNumberFormTests
{
    [Theory]
    [InlineData("AT", "ATU12345678", "AT12345678")]
    [InlineData("BE", "BE0123456789", "BE2123456789")]
    [InlineData("BG", "BG123456789", "BG12345678")]
    [InlineData("CY", "CY12345678L", "CY123456789")]
    [InlineData("CZ", "CZ12345678", "CZ1234567")]
    [InlineData("DE", "DE123456789", "DE12345678")]
    [InlineData("DK", "DK12 34 56 78", "DK1234567")]
    [InlineData("EE", "EE123456789", "EE12345678")]
    [InlineData("ES", "ESX1234567X", "ES123456789")]
    [InlineData("FI", "FI12345678", "FI1234567")]
    [InlineData("FR", "FRXX123456789", "FR12345678")]
    [InlineData("GR", "EL123456789", "GR123456789")]
    [InlineData("HR", "HR12345678901", "HR1234567890")]
    [InlineData("HU", "HU12345678", "HU1234567")]
    [InlineData("IE", "IE6388047V", "IE638804V")]
    [InlineData("IE", "IE3456789TH", "IE3456789TX")]
    [InlineData("IT", "IT12345678901", "IT1234567890")]
    [InlineData("LT", "LT123456789012", "LT1234567890")]
    [InlineData("LU", "LU12345678", "LU1234567")]
    [InlineData("LV", "LV12345678901", "LV123456789")]
    [InlineData("MT", "MT12345678", "MT1234567")]
    [InlineData("NL", "NL123456789B01", "NL123456789")]
    [InlineData("PL", "PL725-000-00-00", "7250000000")]
    [InlineData("PT", "PT123456789", "PT12345678")]
    [InlineData("RO", "RO12", "RO1")]
    [InlineData("SE", "SE123456789001", "SE1234567890")]
    [InlineData("SI", "SI12345678", "SI1234567")]
    [InlineData("SK", "SK1234567890", "SK123456789")]
    public void IsOf_EachMemberState_TakesItsFormAlone(string country, string right, string wrong)
    {
        Assert.True(VatNumberForm.IsOf(country, right));
        Assert.False(VatNumberForm.IsOf(country, wrong));
        Assert.False(VatNumberForm.IsOf(country, right + "\n"));
    }

    [Fact]
    public void IsOf_CountryOutsideTheUnion_TakesAnyNumber() => Assert.True(VatNumberForm.IsOf("US", "12-3456789"));
}
