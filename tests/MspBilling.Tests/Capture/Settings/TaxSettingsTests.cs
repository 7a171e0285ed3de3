using MspBilling.Core.Clients;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class TaxSettingsTests
{
    private const string Codes = """ "serviceTaxCodes": [ { "code": "software", "services": ["Cloud usage"], "skus": ["M365BP"] }, { "code": "advice", "skus": ["CONSULT"] } ] """;

    private const string Jurisdiction = """
        "taxJurisdictions": [ { "id": "A", "name": "A", "countries": ["DE", "*"], "customers": "private", "taxPoint": "supplyStart", "rounding": "line", "pricesIncludeTax": true,
          "rates": [ { "name": "VAT", "percent": 20, "from": "2011-01-04" }, { "name": "VAT", "percent": 5, "from": "2011-01-04", "taxCodes": ["software"] },
                     { "name": "Local", "percent": 2, "from": "2011-01-04", "compound": true }, { "name": "None", "percent": 0, "category": "reverseCharge", "reason": "Because", "from": "2011-01-04" } ],
          "untaxed": [ { "name": "Exempt", "taxCodes": ["advice"], "category": "exempt", "reason": "Why", "from": "2011-01-04", "to": "2012-01-01" } ] } ]
        """;

    [Fact]
    public void Read_WholeJurisdiction_HasEachOfItsParts()
    {
        var settings = TaxedSale.Read($"{Codes}, {Jurisdiction}");

        var jurisdiction = Assert.Single(settings.TaxJurisdictions);
        Assert.Equal(["DE", "*"], jurisdiction.Countries);
        Assert.Equal(
            (CustomerKind.Private, TaxPoint.SupplyStart, true, true), (jurisdiction.Customers, jurisdiction.TaxPoint, jurisdiction.RoundsEachLine, jurisdiction.PricesIncludeTax));
        Assert.Equal(
            [("VAT", 20m, TaxCategory.Standard, false, ""), ("VAT", 5m, TaxCategory.Standard, false, "software"), ("Local", 2m, TaxCategory.Standard, true, ""), ("None", 0m, TaxCategory.ReverseCharge, false, "")],
            jurisdiction.Rates.Select(rate => (rate.Name, rate.Percent, rate.Category, rate.IsCompound, string.Join(' ', rate.TaxCodes))));
        Assert.Equal("Because", jurisdiction.Rates[3].Reason);
        var untaxed = Assert.Single(jurisdiction.Untaxed);
        Assert.Equal(("Exempt", "advice", TaxCategory.Exempt, "Why", Days.Between("2011-01-04", "2012-01-01")), (untaxed.Name, Assert.Single(untaxed.TaxCodes), untaxed.Category, untaxed.Reason, untaxed.InForce));
        Assert.Equal(
            ("software", null, "software", "advice"),
            (Of("Cloud usage", null), Of("Support", "OTHER"), Of("Support", "M365BP"), Of("Cloud usage", "CONSULT")));

        string? Of(string service, string? sku) => ServiceTaxCode.Of(settings.ServiceTaxCodes, service, sku);
    }

    [Fact]
    public void Read_JurisdictionOfOldSettings_IsOneOfDocumentsAndPricesWithoutTax()
    {
        var settings = TaxedSale.Read("""
            "taxJurisdictions": [ { "id": "DE-RC", "name": "Germany", "note": "Reverse charge.", "rates": [ { "name": "VAT", "percent": 0, "from": "2010-07-01" } ] } ]
            """);

        var jurisdiction = Assert.Single(settings.TaxJurisdictions);
        Assert.Equal((TaxPoint.SupplyEnd, false, false, null), (jurisdiction.TaxPoint, jurisdiction.RoundsEachLine, jurisdiction.PricesIncludeTax, jurisdiction.Customers));
        Assert.Equal(TaxCategory.Zero, Assert.Single(jurisdiction.Rates).Category);
    }

    [Fact]
    public void Read_ClientsTaxes_AreItsCountryAndItsExemption()
    {
        var client = Assert.Single(TaxedSale.Read("""
            "clients": [ { "identifier": "A", "country": "DE", "taxExemption": { "reason": "Certificate 12-345", "from": "2024-01-01", "to": "2025-01-01" } } ]
            """).Clients);

        Assert.Equal(("DE", new TaxExemption("Tax exempt", "Certificate 12-345", Days.Between("2024-01-01", "2025-01-01"))), (client.Country, client.TaxExemption));
    }

    [Theory]
    [InlineData("\"code\": \"advice\"", "\"code\": \"software\"", "serviceTaxCodes[1].code is 'software', expected each tax code once")]
    [InlineData("[\"CONSULT\"]", "[\"M365BP\"]", "serviceTaxCodes[1].skus[0] is 'M365BP', expected a product that has no other tax code")]
    [InlineData("\"skus\": [\"CONSULT\"]", "\"services\": [\"Cloud usage\"]", "serviceTaxCodes[1].services[0] is 'Cloud usage', expected a service that has no other tax code")]
    [InlineData(", \"skus\": [\"CONSULT\"]", "", "serviceTaxCodes[1].services: expected the services or the skus that have the code, but it is missing")]
    [InlineData("[\"DE\", \"*\"]", "[\"DE\", \"XX\"]", "taxJurisdictions[0].countries[1] is 'XX', expected a country like IE, or * for all others")]
    [InlineData("[\"DE\", \"*\"]", "[\"DE\", \"DE\"]", "taxJurisdictions[0].countries[1] is 'DE', expected a country of which no other jurisdiction has the same customers")]
    [InlineData("\"countries\": [\"DE\", \"*\"], ", "", "taxJurisdictions[0].countries: expected the countries of these customers, but it is missing")]
    [InlineData("\"customers\": \"private\"", "\"customers\": \"consumer\"", "taxJurisdictions[0].customers is 'consumer', expected one of business, private")]
    [InlineData("\"supplyStart\"", "\"supply\"", "taxJurisdictions[0].taxPoint is 'supply', expected one of supplyEnd, supplyStart, invoiceDate")]
    [InlineData("\"rounding\": \"line\"", "\"rounding\": \"unit\"", "taxJurisdictions[0].rounding is 'unit', expected one of document, line")]
    [InlineData("\"pricesIncludeTax\": true", "\"pricesIncludeTax\": 1", "taxJurisdictions[0].pricesIncludeTax is '1', expected true or false")]
    [InlineData(", \"taxCodes\": [\"software\"] }", " }", "taxJurisdictions[0].rates[1].from is '2011-01-04', expected days on which no other rate named VAT holds")]
    [InlineData("\"taxCodes\": [\"software\"]", "\"taxCodes\": [\"sofware\"]", "taxJurisdictions[0].rates[1].taxCodes[0] is 'sofware', expected a tax code of serviceTaxCodes: software, advice")]
    [InlineData("\"percent\": 0, ", "\"percent\": 1, ", "taxJurisdictions[0].rates[3].category is 'reverseCharge', expected standard, as a tax is charged")]
    [InlineData("\"reverseCharge\"", "\"standard\"", "taxJurisdictions[0].rates[3].category is 'standard', expected one that is not standard, as no tax is charged")]
    [InlineData("\"reverseCharge\"", "\"AE\"", "taxJurisdictions[0].rates[3].category is 'AE', expected one of standard, zero, exempt, reverseCharge, intraCommunity, export, outsideScope")]
    [InlineData("\"reason\": \"Because\", ", "", "taxJurisdictions[0].rates[3].reason: expected the reason that the law wants on the invoice, here or as the jurisdiction's note, but it is missing")]
    [InlineData("\"taxCodes\": [\"advice\"], ", "", "taxJurisdictions[0].untaxed[0].taxCodes: expected the tax codes of the services, but it is missing")]
    [InlineData("\"category\": \"exempt\"", "\"category\": \"standard\"", "taxJurisdictions[0].untaxed[0].category is 'standard', expected one that is not standard, as no tax is charged")]
    [InlineData("\"category\": \"exempt\", ", "", "taxJurisdictions[0].untaxed[0].category: expected one of standard, zero")]
    [InlineData("\"to\": \"2012-01-01\" } ]", "\"to\": null }, { \"name\": \"Z\", \"taxCodes\": [\"advice\"], \"category\": \"zero\", \"from\": \"2020-01-01\" } ]", "taxJurisdictions[0].untaxed[1].from is '2020-01-01', expected days on which the tax codes stand in no other row")]
    public void Read_WrongTable_SaysWhatAndWhere(string right, string wrong, string problem)
    {
        var text = $"{{{Codes}, {Jurisdiction}}}";
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.Contains(ImportFiles.Problems("msp-settings.json", text.Replace(right, wrong, StringComparison.Ordinal)), said => said.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TwoJurisdictionsOfOneCountry_NeedOtherCustomers()
    {
        const string Two = """
            { "taxJurisdictions": [ { "id": "A", "name": "A", "countries": ["DE"], "customers": "private" }, { "id": "B", "name": "B", "countries": ["DE"], "customers": "business" } ] }
            """;

        Assert.DoesNotContain(ImportFiles.Problems("msp-settings.json", Two), said => said.Contains("countries", StringComparison.Ordinal));
        Assert.Contains(
            ImportFiles.Problems("msp-settings.json", Two.Replace(", \"customers\": \"business\"", "", StringComparison.Ordinal)),
            said => said.Contains("taxJurisdictions[1].countries[0] is 'DE', expected a country of which no other jurisdiction has the same customers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"country\": \"Germany\"", "clients[0].country is 'Germany', expected a country of ISO 3166-1 like IE")]
    [InlineData("\"country\": \"de\"", "clients[0].country is 'de', expected a country of ISO 3166-1 like IE")]
    [InlineData("\"taxExemption\": { \"from\": \"2024-01-01\" }", "clients[0].taxExemption.reason: expected a text, but it is missing")]
    [InlineData("\"taxExemption\": { \"reason\": \"x\" }", "clients[0].taxExemption.from: expected a date like 2024-09-18, but it is missing")]
    public void Read_WrongClient_SaysWhatAndWhere(string client, string problem) => Assert.Contains(
        ImportFiles.Problems("msp-settings.json", $$"""{ "clients": [ { "identifier": "A", {{client}} } ] }"""), said => said.Contains(problem, StringComparison.Ordinal));
}
