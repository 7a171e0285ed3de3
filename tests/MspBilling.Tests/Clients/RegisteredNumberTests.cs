using MspBilling.Core.Clients;
using Xunit;

namespace MspBilling.Tests.Clients;

public sealed class RegisteredNumberTests
{
    [Theory]
    [InlineData("0088", "5790000436101", true)] // 5+3x7+9+3x4+3+3x6+1 = 69, and 1
    [InlineData("0088", "5790000436102", false)]
    [InlineData("0088", "579000043610X", false)]
    [InlineData("0192", "974760673", true)] // Brønnøysundregistrene
    [InlineData("0192", "974760674", false)]
    [InlineData("0192", "97476067", false)]
    [InlineData("0184", "DK16356706", true)]
    [InlineData("0184", "16356706", true)]
    [InlineData("0184", "DE16356706", false)]
    [InlineData("0208", "0202239951", true)] // 97 - 02022399 mod 97 = 51
    [InlineData("0208", "0202239952", false)]
    [InlineData("0007", "5560125790", true)]
    [InlineData("0007", "5560125791", false)]
    [InlineData("0151", "51824753556", true)] // the Australian Taxation Office's own
    [InlineData("0151", "51824753557", false)]
    [InlineData("9935", "anything", true)]
    public void MayBe_Number_HasItsFormAndCheckDigit(string scheme, string id, bool expected) => Assert.Equal(expected, RegisteredNumbers.MayBe(scheme, id));

    [Theory]
    [InlineData("9935:IE3456789TH", "9935", "IE3456789TH")]
    [InlineData("EM:accounts@example.com", "EM", "accounts@example.com")]
    [InlineData("0088:5790000436101", "0088", "5790000436101")]
    [InlineData("0088:5790000436102", null, null)]
    [InlineData("accounts@example.com", null, null)]
    [InlineData("1234:5", null, null)]
    [InlineData("9935:", null, null)]
    public void FindElectronicAddress_Text_IsSchemeAndId(string text, string? scheme, string? id) =>
        Assert.Equal(scheme is null ? null : new ElectronicAddress(scheme, id!), ElectronicAddress.Find(text));

    [Theory]
    [InlineData("612345", null, "612345")]
    [InlineData("HRB 12345: Hamburg", null, "HRB 12345: Hamburg")]
    [InlineData("0208:0202239951", "0208", "0202239951")]
    [InlineData("0208:0202239952", null, null)]
    [InlineData("0999:1", null, null)]
    public void FindLegalRegistration_Text_IsItsNumber(string text, string? scheme, string? id) =>
        Assert.Equal(id is null ? null : new LegalRegistration(scheme, id), LegalRegistration.Find(text));

    [Theory]
    [InlineData("IE 3456789TH", null, "IE3456789TH")]
    [InlineData("de 198.765.432", "DE", "DE198765432")]
    [InlineData("EL123456789", "GR", "EL123456789")]
    [InlineData("XI123456789", "GB", "XI123456789")]
    [InlineData("DE198765432", "AT", null)]
    [InlineData("NIP 725-000-00-00", "PL", null)]
    [InlineData("12-3456789", null, null)]
    [InlineData("VATEXEMPT", null, null)]
    [InlineData(null, null, null)]
    public void FindVatNumber_Text_BeginsWithItsCountry(string? text, string? country, string? expected) => Assert.Equal(expected, VatNumber.Find(text, country));

    [Theory]
    [InlineData("GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432")]
    [InlineData("IE29AIBK93115212345678", "IE29AIBK93115212345678")]
    [InlineData("IE29AIBK93115212345679", null)]
    [InlineData("IE00 TEST 0000 0000 0000 00", null)]
    [InlineData("021000021", null)]
    public void FindIban_Text_HasItsCheckDigits(string text, string? expected) => Assert.Equal(expected, BankAccount.FindIban(text));

    [Theory]
    [InlineData("AIBKIE2D", true)]
    [InlineData("DEUTDEFF500", true)]
    [InlineData("AIBKIE2", false)]
    [InlineData("AIBKXX2D", false)]
    [InlineData("aibkie2d", false)]
    public void IsBic_Text_NamesItsCountry(string text, bool expected) => Assert.Equal(expected, BankAccount.IsBic(text));

    [Theory]
    // The settings' address, the PSA's, and what is told.
    [InlineData("DE", "Ballindamm 14|Hamburg", "Ballindamm 14|Hamburg|DE")]
    [InlineData("DE", "", "||DE")]
    public void PostalAddressOver_CountryAlone_AddsItToThePsas(string country, string psa, string expected)
    {
        var known = psa.Length == 0 ? null : new PostalAddress { Line1 = psa.Split('|')[0], City = psa.Split('|')[1] };

        var address = new PostalAddress { Country = country }.Over(known);

        Assert.Equal(expected, $"{address.Line1}|{address.City}|{address.Country}");
    }

    [Fact]
    public void PostalAddressOver_WholeAddress_StandsForItself()
    {
        var address = new PostalAddress { Line1 = "Postfach 1", Country = "DE" }.Over(new PostalAddress { Line1 = "Ballindamm 14", City = "Hamburg" });

        Assert.Equal(new PostalAddress { Line1 = "Postfach 1", Country = "DE" }, address);
    }
}
