using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class EInvoiceSettingsTests
{
    private const string Electronic = """
        "eInvoice": { "profile": "peppol", "facturX": true,
          "address": { "line1": "14 Sir John Rogerson's Quay", "city": "Dublin", "postCode": "D02 X576", "country": "IE" },
          "vatNumber": "IE 3456789TH", "companyNumber": "612345", "electronicAddress": "9935:IE3456789TH", "contactName": "Accounts",
          "bankAccounts": [ { "iban": "IE29 AIBK 9311 5212 3456 78", "bic": "AIBKIE2D" }, { "currency": "USD", "number": "021000021-1", "name": "Harbourlight Inc." } ],
          "accountingCurrency": { "currency": "EUR", "rates": [ { "currency": "USD", "rate": 0.9012, "from": "2024-09-01", "to": "2024-10-01" } ] },
          "countryNames": { "Ireland": "IE" } },
        """;

    private const string Buyer = """
        "eInvoice": { "profile": "xrechnung", "address": { "country": "DE" }, "companyNumber": "0088:5790000436101", "electronicAddress": "9930:DE198765432", "buyerReference": "04011000-12345-03" },
        """;

    private static readonly string Whole = ImportFiles.Settings.Replace("\"defaultPaymentTermsDays\"", Electronic + "\"defaultPaymentTermsDays\"", StringComparison.Ordinal)
        .Replace("\"taxNumber\": \"IE1234567A\"", Buyer + "\"taxNumber\": \"IE1234567A\"", StringComparison.Ordinal);

    [Fact]
    public void Read_WholeFile_HasAllOfIt()
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", Whole));

        var electronic = settings.EInvoice!;
        Assert.Equal((EInvoiceProfile.Peppol, true), (electronic.Profile, electronic.FacturX));
        Assert.Equal(
            new SellerDetails
            {
                Address = new PostalAddress { Line1 = "14 Sir John Rogerson's Quay", City = "Dublin", PostCode = "D02 X576", Country = "IE" },
                VatNumber = "IE3456789TH",
                Registration = new LegalRegistration(null, "612345"),
                ElectronicAddress = new ElectronicAddress("9935", "IE3456789TH"),
                ContactName = "Accounts",
            },
            electronic.Seller);
        Assert.Equal(new BankAccount(Currency.Of("USD"), "021000021-1", "Harbourlight Inc.", null), electronic.AccountFor(Currency.Of("USD")));
        Assert.Equal(new BankAccount(null, "IE29AIBK93115212345678", null, "AIBKIE2D"), electronic.AccountFor(Currency.Of("GBP")));
        Assert.Equal(new ExchangeRate(Currency.Of("USD"), 0.9012m, Period.Month(2024, 9)), Assert.Single(electronic.AccountingCurrency!.Rates));
        Assert.Equal("IE", electronic.CountryNames["Ireland"]);
        Assert.Equal(
            new BuyerDetails
            {
                Profile = EInvoiceProfile.XRechnung,
                Address = new PostalAddress { Country = "DE" },
                Registration = new LegalRegistration("0088", "5790000436101"),
                ElectronicAddress = new ElectronicAddress("9930", "DE198765432"),
                BuyerReference = "04011000-12345-03",
            },
            Assert.Single(settings.Clients).EInvoice);
    }

    [Fact]
    public void Read_FileWithoutIt_IsReadAsBefore()
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", ImportFiles.Settings));

        Assert.Null(settings.EInvoice);
        Assert.Null(Assert.Single(settings.Clients).EInvoice);
    }

    [Theory]
    [InlineData("\"profile\": \"peppol\"", "\"profile\": \"ebics\"", "eInvoice.profile is 'ebics', expected one of en16931, peppol, xrechnung")]
    [InlineData("\"country\": \"IE\"", "\"country\": \"UK\"", "eInvoice.address.country is 'UK', expected a country code of ISO 3166 like IE")]
    [InlineData("\"line1\"", "\"street\"", "eInvoice.address.street: expected no such property; known here are line1, line2, line3, city, postCode, subdivision, country")]
    [InlineData("IE 3456789TH", "3456789TH", "eInvoice.vatNumber is '3456789TH', expected a VAT number with its country like IE3456789TH")]
    [InlineData("9935:IE3456789TH", "IE3456789TH", "eInvoice.electronicAddress is 'IE3456789TH', expected a scheme of the European list of electronic addresses and a right number of it, like 9935:IE3456789TH or EM:accounts@example.com")]
    [InlineData("0088:5790000436101", "0088:5790000436102", "clients[0].eInvoice.companyNumber is '0088:5790000436102', expected a company number like 612345, or with its register like 0208:0123456749")]
    [InlineData("3456 78", "3456 79", "eInvoice.bankAccounts[0].iban is 'IE29 AIBK 9311 5212 3456 79', expected an IBAN like IE29 AIBK 9311 5212 3456 78, whose check digits are right")]
    [InlineData("\"bic\": \"AIBKIE2D\"", "\"number\": \"1\"", "eInvoice.bankAccounts[0].iban is 'IE29 AIBK 9311 5212 3456 78', expected either an iban or, where the bank has none, a number")]
    [InlineData("AIBKIE2D", "AIBK", "eInvoice.bankAccounts[0].bic is 'AIBK', expected a BIC like AIBKIE2D")]
    [InlineData("\"rate\": 0.9012", "\"rate\": 0", "eInvoice.accountingCurrency.rates[0].rate is '0', expected a number above 0, below a trillion")]
    [InlineData("\"Ireland\": \"IE\"", "\"Ireland\": \"Eire\"", "eInvoice.countryNames.Ireland is 'Eire', expected a country code of ISO 3166 like IE")]
    [InlineData("\"buyerReference\"", "\"reference\"", "clients[0].eInvoice.reference: expected no such property")]
    public void Read_WrongValue_IsRefusedWithWhatWasExpected(string right, string wrong, string words)
    {
        var problems = ImportFiles.Problems("msp-settings.json", Whole.Replace(right, wrong, StringComparison.Ordinal)).ToList();

        Assert.Contains(problems, problem => problem.Contains(words, StringComparison.Ordinal));
    }
}
