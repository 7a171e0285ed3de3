using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing.Taxes;

/// <summary>The tables of <see cref="TaxTables"/>, a row a document with its arithmetic: what is sold, each tax with its base, and the sum of the taxes.</summary>
public sealed class InvoiceTaxesTests
{
    [Theory]
    [InlineData("US-AL-BIRMINGHAM", "hardware/ROUTER 100.00", "Alabama 4 of 100.00: 4.00; Jefferson County 1 of 100.00: 1.00; Special district 1 of 100.00: 1.00; Birmingham 4 of 100.00: 4.00", 10.00)]
    [InlineData("US-AL-BIRMINGHAM", "hardware/ROUTER 12.49", "Alabama 4 of 12.49: 0.50; Jefferson County 1 of 12.49: 0.12; Special district 1 of 12.49: 0.12; Birmingham 4 of 12.49: 0.50", 1.24)] // 0.4996, 0.1249
    [InlineData("US-AL-BIRMINGHAM", "support 500.00", "Services 0 of 500.00: 0.00 E", 0)]
    [InlineData("US-AL-BIRMINGHAM", "support 500.00, hardware/ROUTER 100.00", "Alabama 4 of 100.00: 4.00; Jefferson County 1 of 100.00: 1.00; Special district 1 of 100.00: 1.00; Birmingham 4 of 100.00: 4.00; Services 0 of 500.00: 0.00 E", 10.00)]
    [InlineData("US-AL-BIRMINGHAM", "support/ROUTER 100.00", "Alabama 4 of 100.00: 4.00; Jefferson County 1 of 100.00: 1.00; Special district 1 of 100.00: 1.00; Birmingham 4 of 100.00: 4.00", 10.00)] // the product goes before its service
    [InlineData("US-AL-BIRMINGHAM", "hardware 100.00, hardware -40.00", "Alabama 4 of 60.00: 2.40; Jefferson County 1 of 60.00: 0.60; Special district 1 of 60.00: 0.60; Birmingham 4 of 60.00: 2.40", 6.00)]
    [InlineData("US-TX-AUSTIN", "hardware 1000.01", "Texas 6.25 of 1000.01: 62.50; Austin 2 of 1000.01: 20.00", 82.50)] // 62.500625 and 20.0002
    [InlineData("US-TX-AUSTIN", "hardware 0.08", "Texas 6.25 of 0.08: 0.01; Austin 2 of 0.08: 0.00", 0.01)] // 0.005 and 0.0016
    [InlineData("US-TX-AUSTIN", "cloud 1000.00", "Texas 5 of 1000.00: 50.00; Austin 1.6 of 1000.00: 16.00", 66.00)] // 80 % of 82.50
    [InlineData("US-TX-AUSTIN", "hardware 100.00, cloud 100.00", "Texas 6.25 of 100.00: 6.25; Texas 5 of 100.00: 5.00; Austin 2 of 100.00: 2.00; Austin 1.6 of 100.00: 1.60", 14.85)]
    [InlineData("US-TX-AUSTIN", "support 95.00, hardware 100.00", "Texas 6.25 of 100.00: 6.25; Austin 2 of 100.00: 2.00; Not taxable 0 of 95.00: 0.00 O", 8.25)]
    [InlineData("US-TX-AUSTIN", "support 95.00", "Not taxable 0 of 95.00: 0.00 O", 0)]
    [InlineData("US-NY-NYC", "hardware 100.00", "New York State 4 of 100.00: 4.00; New York City 4.5 of 100.00: 4.50; MCTD 0.375 of 100.00: 0.38", 8.88)] // 0.375; together 8.875
    [InlineData("US-NY-NYC", "hardware 33.33, hardware 33.33, hardware 33.34", "New York State 4 of 100.00: 4.00; New York City 4.5 of 100.00: 4.50; MCTD 0.375 of 100.00: 0.38", 8.88)]
    [InlineData("US-NY-NYC", "hardware 1.00", "New York State 4 of 1.00: 0.04; New York City 4.5 of 1.00: 0.05; MCTD 0.375 of 1.00: 0.00", 0.09)] // 0.045 and 0.00375
    public void UnitedStates_StateCountyAndCity_AddUp(string place, string sold, string expected, decimal tax) =>
        AssertTaxes(TaxTables.UnitedStates, new TaxedSale { TaxCode = place, Currency = "USD", Lines = sold }, expected, tax);

    [Theory]
    [InlineData("GB", "support 100.00 2009-12-01..2010-01-01", "2010-01-01", "VAT 15 of 100.00: 15.00", 15.00)]
    [InlineData("GB", "support 100.00 2010-12-01..2011-01-01", "2011-01-05", "VAT 17.5 of 100.00: 17.50", 17.50)] // supplied before the rise, invoiced after it
    [InlineData("GB", "support 100.00 2011-01-01..2011-02-01", "2011-02-01", "VAT 20 of 100.00: 20.00", 20.00)]
    [InlineData("GB", "support 100.00 2011-01-03..2011-01-04", "2011-02-01", "VAT 17.5 of 100.00: 17.50", 17.50)]
    [InlineData("GB", "support 100.00 2011-01-04..2011-01-05", "2011-02-01", "VAT 20 of 100.00: 20.00", 20.00)]
    [InlineData("GB", "support 100.00 2011-01-01..2012-01-01", "2011-01-03", "VAT 17.5 of 100.00: 17.50", 17.50)] // a year ahead, invoiced before the rise
    [InlineData("GB", "support 100.00 2010-12-01..2011-01-01, support 100.00 2011-01-01..2011-02-01", "2011-02-01", "VAT 17.5 of 100.00: 17.50; VAT 20 of 100.00: 20.00", 37.50)]
    [InlineData("GB", "support 100.00 2011-01-01..2011-02-01, support -40.00 2010-12-01..2011-01-01", "2011-02-01", "VAT 17.5 of -40.00: -7.00; VAT 20 of 100.00: 20.00", 13.00)] // an adjustment of December at its own rate
    [InlineData("GB-START", "support 100.00 2011-01-01..2011-02-01", "2011-02-01", "VAT 17.5 of 100.00: 17.50", 17.50)]
    [InlineData("GB-START", "support 100.00 2011-01-04..2011-02-01", "2011-02-01", "VAT 20 of 100.00: 20.00", 20.00)]
    [InlineData("GB", "energy 80.00", "2024-10-01", "VAT 5 of 80.00: 4.00", 4.00)]
    [InlineData("GB", "manuals 80.00", "2024-10-01", "VAT 0 of 80.00: 0.00 Z", 0)]
    [InlineData("GB", "course 80.00", "2024-10-01", "Exempt 0 of 80.00: 0.00 E", 0)]
    [InlineData("GB", "support 100.00, energy 80.00, manuals 20.00, course 10.00", "2024-10-01", "VAT 20 of 100.00: 20.00; VAT 5 of 80.00: 4.00; VAT 0 of 20.00: 0.00 Z; Exempt 0 of 10.00: 0.00 E", 24.00)]
    [InlineData("GB", "support 0.02", "2024-10-01", "VAT 20 of 0.02: 0.00", 0)] // 0.004
    [InlineData("GB", "support 0.03", "2024-10-01", "VAT 20 of 0.03: 0.01", 0.01)] // 0.006
    [InlineData("GB", "energy 0.10", "2024-10-01", "VAT 5 of 0.10: 0.01", 0.01)] // 0.005
    [InlineData("GB", "energy -0.10", "2024-10-01", "VAT 5 of -0.10: -0.01", -0.01)]
    [InlineData("GB-INCL", "support 120.00", "2024-10-01", "VAT 20 of 100.00: 20.00", 20.00)]
    [InlineData("GB-INCL", "support 100.00", "2024-10-01", "VAT 20 of 83.33: 16.67", 16.67)] // a sixth of it: 16.666
    [InlineData("GB-INCL", "support 100.00, energy 100.00", "2024-10-01", "VAT 20 of 83.33: 16.67; VAT 5 of 95.24: 4.76", 21.43)] // 16.666 and 100 / 21 = 4.7619
    [InlineData("GB-INCL", "support 33.33, support 33.33, support 33.34", "2024-10-01", "VAT 20 of 83.33: 16.67", 16.67)]
    public void UnitedKingdom_RatesByServiceAndDay_AreEachTaxedOnce(string place, string sold, string invoiceDate, string expected, decimal tax) =>
        AssertTaxes(TaxTables.UnitedKingdom, new TaxedSale { TaxCode = place, Currency = "GBP", InvoiceDate = invoiceDate, Lines = sold }, expected, tax);

    [Theory]
    [InlineData("IE", null, "support 100.00", "VAT 23 of 100.00: 23.00", 23.00)]
    [InlineData("IE", "IE1234567A", "support 100.00", "VAT 23 of 100.00: 23.00", 23.00)]
    [InlineData("IE", null, "support 100.00 2020-08-01..2020-09-01", "VAT 23 of 100.00: 23.00", 23.00)]
    [InlineData("IE", null, "support 100.00 2020-09-01..2020-10-01", "VAT 21 of 100.00: 21.00", 21.00)]
    [InlineData("IE", null, "support 100.00 2021-02-01..2021-03-01", "VAT 21 of 100.00: 21.00", 21.00)]
    [InlineData("IE", null, "support 100.00 2021-03-01..2021-04-01", "VAT 23 of 100.00: 23.00", 23.00)]
    [InlineData("IE", null, "support 100.00 2020-08-01..2020-09-01, support 100.00", "VAT 23 of 200.00: 46.00", 46.00)] // two rows of the table, one rate on the invoice
    [InlineData("IE", null, "repair 100.00, support 50.00", "VAT 23 of 50.00: 11.50; VAT 13.5 of 100.00: 13.50", 25.00)]
    [InlineData("DE", null, "support 100.00", "USt 19 of 100.00: 19.00", 19.00)] // a private customer: the place of supply is Germany
    [InlineData("DE", null, "support 100.00 2020-07-01..2020-08-01", "USt 16 of 100.00: 16.00", 16.00)]
    [InlineData("DE", null, "support 100.00 2020-12-01..2021-01-01, support 100.00 2021-01-01..2021-02-01", "USt 16 of 100.00: 16.00; USt 19 of 100.00: 19.00", 35.00)]
    [InlineData("DE", "DE123456789", "support 100.00", "VAT 0 of 100.00: 0.00 AE", 0)] // a business: it owes the tax
    [InlineData("DE", "DE 123 456 789", "support 100.00", "VAT 0 of 100.00: 0.00 AE", 0)]
    [InlineData("DE", "DE123456789", "support 100.00, hardware/ROUTER 300.00", "VAT 0 of 100.00: 0.00 AE; Intra-Community supply 0 of 300.00: 0.00 K", 0)]
    [InlineData("FR", null, "support 99.99", "TVA 20 of 99.99: 20.00", 20.00)] // 19.998
    [InlineData("FR", "FRXX123456789", "support 99.99", "VAT 0 of 99.99: 0.00 AE", 0)]
    [InlineData("GR", "EL123456789", "support 100.00", "VAT 0 of 100.00: 0.00 AE", 0)]
    [InlineData("US", null, "support 100.00", "No VAT 0 of 100.00: 0.00 O", 0)]
    [InlineData("US", "12-3456789", "support 100.00, hardware/ROUTER 300.00", "No VAT 0 of 100.00: 0.00 O; Export 0 of 300.00: 0.00 G", 0)]
    [InlineData("CH", "CHE-123.456.789", "support 100.00", "No VAT 0 of 100.00: 0.00 O", 0)]
    public void EuropeanUnion_CountryAndTaxNumber_TellThePlaceOfSupply(string country, string? taxNumber, string sold, string expected, decimal tax) =>
        AssertTaxes(TaxTables.EuropeanUnion, new TaxedSale { Country = country, TaxNumber = taxNumber, Lines = sold }, expected, tax);

    [Theory]
    [InlineData("CA-QC", "support 100.00 2007-12-01..2008-01-01", "GST 6 of 100.00: 6.00; QST 7.5 of 106.00: 7.95", 13.95)]
    [InlineData("CA-QC", "support 100.00 2010-12-01..2011-01-01", "GST 5 of 100.00: 5.00; QST 7.5 of 105.00: 7.88", 12.88)] // 7.875
    [InlineData("CA-QC", "support 100.00 2011-12-01..2012-01-01", "GST 5 of 100.00: 5.00; QST 8.5 of 105.00: 8.93", 13.93)] // 8.925
    [InlineData("CA-QC", "support 100.00 2012-12-01..2013-01-01", "GST 5 of 100.00: 5.00; QST 9.5 of 105.00: 9.98", 14.98)] // 9.975
    [InlineData("CA-QC", "support 100.00 2013-01-01..2013-02-01", "GST 5 of 100.00: 5.00; QST 9.975 of 100.00: 9.98", 14.98)] // the same without tax on tax
    [InlineData("CA-QC", "support 100.00 2012-12-01..2013-01-01, support 200.00 2013-01-01..2013-02-01", "GST 5 of 300.00: 15.00; QST 9.975 of 200.00: 19.95; QST 9.5 of 105.00: 9.98", 44.93)]
    [InlineData("CA-QC", "support 100.00 2012-12-01..2013-01-01, groceries 50.00 2012-12-01..2013-01-01", "GST 5 of 100.00: 5.00; GST 0 of 50.00: 0.00 Z; QST 0 of 50.00: 0.00 Z; QST 9.5 of 105.00: 9.98", 14.98)]
    [InlineData("CA-QC", "support 1.00", "GST 5 of 1.00: 0.05; QST 9.975 of 1.00: 0.10", 0.15)] // 0.09975
    [InlineData("CA-QC-INCL", "support 114.98 2012-12-01..2013-01-01", "GST 5 of 100.00: 5.00; QST 9.5 of 105.00: 9.98", 14.98)] // 114.98 of 114.975: 5.0002 and 9.9754
    [InlineData("CA-QC-INCL", "support 114.98", "GST 5 of 100.00: 5.00; QST 9.975 of 100.00: 9.98", 14.98)] // 5.0002 and 9.9754
    [InlineData("CA-ON", "support 100.00", "HST 13 of 100.00: 13.00", 13.00)]
    [InlineData("CA-ON", "support 100.00 2010-06-01..2010-07-01", "GST 5 of 100.00: 5.00", 5.00)]
    [InlineData("CA-ON", "support 100.00 2010-06-01..2010-07-01, support 100.00 2010-07-01..2010-08-01", "GST 5 of 100.00: 5.00; HST 13 of 100.00: 13.00", 18.00)]
    [InlineData("CA-ON", "support 3.50", "HST 13 of 3.50: 0.46", 0.46)] // 0.455
    [InlineData("CA-BC", "support 100.00", "GST 5 of 100.00: 5.00; PST 7 of 100.00: 7.00", 12.00)]
    [InlineData("CA-BC", "support 100.00 2013-03-01..2013-04-01", "HST 12 of 100.00: 12.00", 12.00)]
    [InlineData("CA-BC", "consulting 100.00", "GST 5 of 100.00: 5.00; PST 0 of 100.00: 0.00 O", 5.00)]
    [InlineData("CA-BC", "consulting 100.00, support 60.00", "GST 5 of 160.00: 8.00; PST 7 of 60.00: 4.20; PST 0 of 100.00: 0.00 O", 12.20)]
    [InlineData("CA-BC", "consulting 0.50, support 0.50", "GST 5 of 1.00: 0.05; PST 7 of 0.50: 0.04; PST 0 of 0.50: 0.00 O", 0.09)] // 0.035
    public void Canada_FederalAndProvincialTaxes_ChangeWithTheYears(string place, string sold, string expected, decimal tax) =>
        AssertTaxes(TaxTables.Canada, new TaxedSale { TaxCode = place, Currency = "CAD", Lines = sold }, expected, tax);

    [Theory]
    [InlineData("AU", "AUD", "support 0.33, support 0.33, support 0.33", "GST 10 of 0.99: 0.10", 0.10)] // 0.099
    [InlineData("AU-LINE", "AUD", "support 0.33, support 0.33, support 0.33", "GST 10 of 0.99: 0.09", 0.09)] // 0.033 each
    [InlineData("AU", "AUD", "support 0.35, support 0.35, support 0.35", "GST 10 of 1.05: 0.11", 0.11)] // 0.105
    [InlineData("AU-LINE", "AUD", "support 0.35, support 0.35, support 0.35", "GST 10 of 1.05: 0.12", 0.12)] // 0.035 = 0.04 each
    [InlineData("AU-LINE", "AUD", "support 0.35, support -0.35", "GST 10 of 0.00: 0.00", 0)] // 0.04 and -0.04
    [InlineData("AU-INCL", "AUD", "support 110.00", "GST 10 of 100.00: 10.00", 10.00)] // an eleventh
    [InlineData("AU-INCL", "AUD", "support 0.50, support 0.50, support 0.50", "GST 10 of 1.36: 0.14", 0.14)] // 1.50 / 11 = 0.1363
    [InlineData("AU-INCL-LINE", "AUD", "support 0.50, support 0.50, support 0.50", "GST 10 of 1.35: 0.15", 0.15)] // 0.04545 = 0.05 each
    [InlineData("JP", "JPY", "support 3767", "Consumption tax 10 of 3767: 377", 377)] // 376.7
    [InlineData("JP", "JPY", "support 3765", "Consumption tax 10 of 3765: 377", 377)] // 376.5
    [InlineData("JP", "JPY", "support 333, support 333, support 334", "Consumption tax 10 of 1000: 100", 100)]
    [InlineData("JP", "JPY", "support 1000, food 555", "Consumption tax 10 of 1000: 100; Consumption tax 8 of 555: 44", 144)] // 44.4
    [InlineData("JP", "JPY", "support 1000 2019-09-01..2019-10-01, support 1000 2019-10-01..2019-11-01", "Consumption tax 8 of 1000: 80; Consumption tax 10 of 1000: 100", 180)]
    [InlineData("BH", "BHD", "support 12.345", "VAT 10 of 12.345: 1.235", 1.235)] // 1.2345
    [InlineData("BH", "BHD", "support 12.345 2021-12-01..2022-01-01", "VAT 5 of 12.345: 0.617", 0.617)] // 0.61725
    [InlineData("KW", "KWD", "support 0.010, support 0.010, support 0.010", "VAT 5 of 0.030: 0.002", 0.002)] // 0.0015
    [InlineData("KW-LINE", "KWD", "support 0.010, support 0.010, support 0.010", "VAT 5 of 0.030: 0.003", 0.003)] // 0.0005 = 0.001 each
    public void OtherCurrencies_PlacesAndRounding_AreThoseOfTheCurrencyAndTheJurisdiction(string place, string currency, string sold, string expected, decimal tax) =>
        AssertTaxes(TaxTables.OtherCurrencies, new TaxedSale { TaxCode = place, Currency = currency, Lines = sold }, expected, tax);

    [Theory]
    [InlineData("2024-01-01", "2025-01-01", "Exempt organisation 0 of 100.00: 0.00 E", 0)]
    [InlineData("2024-09-30", "2024-10-01", "Exempt organisation 0 of 100.00: 0.00 E", 0)]
    [InlineData("2023-01-01", "2024-09-30", "Texas 6.25 of 100.00: 6.25; Austin 2 of 100.00: 2.00", 8.25)] // the certificate ran out the day before
    public void Exemption_OnTheTaxPoint_ChargesNoTax(string from, string to, string expected, decimal tax)
    {
        var exemption = new TaxExemption("Exempt organisation", "Certificate 12-345", Days.Between(from, to));
        var sale = new TaxedSale { TaxCode = "US-TX-AUSTIN", Currency = "USD", Exemption = exemption, Lines = "hardware 100.00" };

        AssertTaxes(TaxTables.UnitedStates, sale, expected, tax);
        Assert.Equal(tax == 0 ? "Certificate 12-345" : null, sale.In(TaxTables.UnitedStates).Taxes!.Note);
    }

    [Theory]
    [InlineData("DE", "DE123456789", "support 1.00", "Reverse charge: Art. 196 Directive 2006/112/EC.")]
    [InlineData("DE", "DE123456789", "support 1.00, x/ROUTER 1.00", "Reverse charge: Art. 196 Directive 2006/112/EC. Art. 138 Directive 2006/112/EC.")]
    [InlineData("IE", null, "support 1.00", null)]
    public void Note_IsWhatTheLawWants(string country, string? taxNumber, string sold, string? expected) =>
        Assert.Equal(expected, new TaxedSale { Country = country, TaxNumber = taxNumber, Lines = sold }.In(TaxTables.EuropeanUnion).Taxes!.Note);

    [Theory]
    [InlineData(null, null, null, "support 1.00", "Corrib Foods has no tax code, and no country that could tell where it is taxed.")]
    [InlineData("XX", null, null, "support 1.00", "Tax code XX of Corrib Foods is no tax jurisdiction of the settings.")]
    [InlineData(null, "PL", null, "support 1.00", "Corrib Foods has no tax code, and no tax jurisdiction of the settings is for private customers in PL.")]
    [InlineData(null, "DE", "DE12345678", "support 1.00", "DE12345678 of Corrib Foods cannot be a tax number of DE, so that it is not known whether it is taxed as a business. Correct the number or take it away.")]
    [InlineData("IE", null, null, "support 1.00 2011-12-01..2012-01-01", "Tax jurisdiction IE of Corrib Foods has no rate for support on 2011-12-31.")]
    [InlineData("IE", null, null, "support 1.00, repair 1.00 2002-12-01..2003-01-01", "Tax jurisdiction IE of Corrib Foods has no rate for repair (tax code reduced) on 2002-12-31.")]
    public void Of_WhatIsMissing_IsSaid(string? taxCode, string? country, string? taxNumber, string sold, string problem)
    {
        var (taxes, said) = new TaxedSale { TaxCode = taxCode, Country = country, TaxNumber = taxNumber, Lines = sold }.In(TaxTables.EuropeanUnion);

        Assert.Null(taxes);
        Assert.Equal(problem, said);
    }

    [Fact]
    public void Of_LineOfNothingWithoutARate_AsksForNoTax()
    {
        var (taxes, _) = new TaxedSale { TaxCode = "IE", Lines = "support 100.00, covered 0.00 2011-12-01..2012-01-01" }.In(TaxTables.EuropeanUnion);

        Assert.Equal("VAT 23 of 100.00: 23.00", TaxedSale.Text(taxes!.Taxation));
        Assert.Empty(taxes.Taxation.Lines[1].Shares);
    }

    private static void AssertTaxes(MspSettings settings, TaxedSale sale, string expected, decimal tax)
    {
        var (taxes, problem) = sale.In(settings);

        Assert.Null(problem);
        Assert.Equal(expected, TaxedSale.Text(taxes!.Taxation));
        Assert.Equal(tax, taxes.Taxation.Taxes.Sum(line => line.Tax.Amount));
        var amounts = Money.Sum(sale.Rated().Select(line => line.Net), Currency.Of(sale.Currency));
        Assert.Equal(tax, taxes.Taxation.Lines.Sum(line => line.Tax.Amount));
        Assert.Equal(taxes.PricesIncludeTax ? amounts.Amount - tax : amounts.Amount, taxes.Taxation.Lines.Sum(line => line.Net.Amount));
    }
}
