using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;

namespace MspBilling.Tests.Invoicing.Taxes;

/// <summary>Dated tax tables as an MSP writes them in its settings. They test the arithmetic, and are no advice about anybody's taxes.</summary>
internal static class TaxTables
{
    /// <summary>
    /// State, county, district and city: https://www.salestaxhandbook.com/alabama/rates/birmingham, whose services bear no tax. Texas taxes 80 % of data processing: 34 TAC 3.330 and Tax
    /// Code 151.351, which is 5 % of the whole and 1.6 % for a local 2 %. New York City: 4 % state, 4.5 % city and 0.375 % district.
    /// </summary>
    public static readonly MspSettings UnitedStates = TaxedSale.Read("""
        "serviceTaxCodes": [ { "code": "labour", "services": ["support"] }, { "code": "data-processing", "services": ["cloud"] }, { "code": "hardware", "skus": ["ROUTER"] } ],
        "taxJurisdictions": [
          { "id": "US-AL-BIRMINGHAM", "name": "Birmingham, Alabama", "rates": [
              { "name": "Alabama", "percent": 4, "from": "1969-10-01" }, { "name": "Jefferson County", "percent": 1, "from": "2005-01-01" },
              { "name": "Special district", "percent": 1, "from": "2005-01-01" }, { "name": "Birmingham", "percent": 4, "from": "2008-01-01" } ],
            "untaxed": [ { "name": "Services", "taxCodes": ["labour", "data-processing"], "category": "exempt", "reason": "Not a sale of tangible personal property", "from": "1969-10-01" } ] },
          { "id": "US-TX-AUSTIN", "name": "Austin, Texas", "rates": [
              { "name": "Texas", "percent": 6.25, "from": "1990-07-01" }, { "name": "Texas", "percent": 5, "from": "1999-10-01", "taxCodes": ["data-processing"] },
              { "name": "Austin", "percent": 2, "from": "2000-01-01" }, { "name": "Austin", "percent": 1.6, "from": "2000-01-01", "taxCodes": ["data-processing"] } ],
            "untaxed": [ { "name": "Not taxable", "taxCodes": ["labour"], "category": "outsideScope", "reason": "Not a taxable service", "from": "1990-07-01" } ] },
          { "id": "US-NY-NYC", "name": "New York City", "taxPoint": "invoiceDate", "rates": [
              { "name": "New York State", "percent": 4, "from": "2005-06-01" }, { "name": "New York City", "percent": 4.5, "from": "2009-08-01" },
              { "name": "MCTD", "percent": 0.375, "from": "2005-06-01" } ] } ]
        """);

    /// <summary>https://www.gov.uk/vat-rates; 15 % from 1 December 2008, 17.5 % from 1 January 2010, 20 % from 4 January 2011 (Finance (No. 2) Act 2010, section 3).</summary>
    public static readonly MspSettings UnitedKingdom = TaxedSale.Read("""
        "serviceTaxCodes": [ { "code": "reduced", "services": ["energy"] }, { "code": "zero", "services": ["manuals"] }, { "code": "training", "services": ["course"] } ],
        "taxJurisdictions": [
          { "id": "GB", "name": "United Kingdom", "rates": [
              { "name": "VAT", "percent": 15, "from": "2008-12-01", "to": "2010-01-01" }, { "name": "VAT", "percent": 17.5, "from": "2010-01-01", "to": "2011-01-04" },
              { "name": "VAT", "percent": 20, "from": "2011-01-04" }, { "name": "VAT", "percent": 5, "from": "1997-09-01", "taxCodes": ["reduced"] },
              { "name": "VAT", "percent": 0, "from": "1973-04-01", "taxCodes": ["zero"] } ],
            "untaxed": [ { "name": "Exempt", "taxCodes": ["training"], "category": "exempt", "reason": "VAT Act 1994, Schedule 9, Group 6", "from": "1994-09-01" } ] },
          { "id": "GB-INCL", "name": "United Kingdom, prices with VAT", "pricesIncludeTax": true, "rates": [
              { "name": "VAT", "percent": 20, "from": "2011-01-04" }, { "name": "VAT", "percent": 5, "from": "1997-09-01", "taxCodes": ["reduced"] } ] },
          { "id": "GB-START", "name": "United Kingdom, first day", "taxPoint": "supplyStart", "rates": [
              { "name": "VAT", "percent": 17.5, "from": "2010-01-01", "to": "2011-01-04" }, { "name": "VAT", "percent": 20, "from": "2011-01-04" } ] } ]
        """);

    /// <summary>An MSP in Ireland. Germany's rate was 16 % in the second half of 2020, Ireland's 21 % in the half year from September 2020.</summary>
    public static readonly MspSettings EuropeanUnion = TaxedSale.Read("""
        "serviceTaxCodes": [ { "code": "reduced", "services": ["repair"] }, { "code": "goods", "skus": ["ROUTER"] } ],
        "taxJurisdictions": [
          { "id": "IE", "name": "Ireland", "countries": ["IE"], "rates": [
              { "name": "VAT", "percent": 23, "from": "2012-01-01", "to": "2020-09-01" }, { "name": "VAT", "percent": 21, "from": "2020-09-01", "to": "2021-03-01" },
              { "name": "VAT", "percent": 23, "from": "2021-03-01" }, { "name": "VAT", "percent": 13.5, "from": "2003-01-01", "taxCodes": ["reduced"] } ] },
          { "id": "OSS-DE", "name": "Germany, private customers", "countries": ["DE"], "customers": "private", "rates": [
              { "name": "USt", "percent": 19, "from": "2007-01-01", "to": "2020-07-01" }, { "name": "USt", "percent": 16, "from": "2020-07-01", "to": "2021-01-01" },
              { "name": "USt", "percent": 19, "from": "2021-01-01" } ] },
          { "id": "OSS-FR", "name": "France, private customers", "countries": ["FR"], "customers": "private", "rates": [ { "name": "TVA", "percent": 20, "from": "2014-01-01" } ] },
          { "id": "EU-RC", "name": "Businesses of other member states", "countries": ["DE", "FR", "GR", "PL"], "customers": "business",
            "note": "Reverse charge: Art. 196 Directive 2006/112/EC.", "rates": [ { "name": "VAT", "percent": 0, "category": "reverseCharge", "from": "2010-01-01" } ],
            "untaxed": [ { "name": "Intra-Community supply", "taxCodes": ["goods"], "category": "intraCommunity", "reason": "Art. 138 Directive 2006/112/EC.", "from": "1993-01-01" } ] },
          { "id": "EXPORT", "name": "Outside the European Union", "countries": ["*"], "note": "Art. 44 Directive 2006/112/EC.", "rates": [ { "name": "No VAT", "percent": 0, "category": "outsideScope", "from": "2010-01-01" } ],
            "untaxed": [ { "name": "Export", "taxCodes": ["goods"], "category": "export", "reason": "Art. 146 Directive 2006/112/EC.", "from": "1993-01-01" } ] } ]
        """);

    /// <summary>
    /// GST 6 % from July 2006 and 5 % from 2008. Quebec's QST on top of the GST until the end of 2012: https://www.revenuquebec.ca/en/businesses/consumption-taxes/gsthst-and-qst/.
    /// Ontario's HST from July 2010; British Columbia's from then to the end of March 2013, and PST since, which has no tax on advice.
    /// </summary>
    public static readonly MspSettings Canada = TaxedSale.Read("""
        "serviceTaxCodes": [ { "code": "advice", "services": ["consulting"] }, { "code": "zero", "services": ["groceries"] } ],
        "taxJurisdictions": [
          { "id": "CA-QC", "name": "Quebec", "rates": [
              { "name": "GST", "percent": 6, "from": "2006-07-01", "to": "2008-01-01" }, { "name": "GST", "percent": 5, "from": "2008-01-01" },
              { "name": "GST", "percent": 0, "from": "1991-01-01", "taxCodes": ["zero"] },
              { "name": "QST", "percent": 7.5, "compound": true, "from": "1998-01-01", "to": "2011-01-01" }, { "name": "QST", "percent": 8.5, "compound": true, "from": "2011-01-01", "to": "2012-01-01" },
              { "name": "QST", "percent": 9.5, "compound": true, "from": "2012-01-01", "to": "2013-01-01" }, { "name": "QST", "percent": 9.975, "from": "2013-01-01" },
              { "name": "QST", "percent": 0, "from": "1998-01-01", "taxCodes": ["zero"] } ] },
          { "id": "CA-QC-INCL", "name": "Quebec, prices with tax", "pricesIncludeTax": true, "rates": [
              { "name": "GST", "percent": 5, "from": "2008-01-01" }, { "name": "QST", "percent": 9.5, "compound": true, "from": "2012-01-01", "to": "2013-01-01" },
              { "name": "QST", "percent": 9.975, "from": "2013-01-01" } ] },
          { "id": "CA-ON", "name": "Ontario", "rates": [ { "name": "GST", "percent": 5, "from": "2008-01-01", "to": "2010-07-01" }, { "name": "HST", "percent": 13, "from": "2010-07-01" } ] },
          { "id": "CA-BC", "name": "British Columbia", "rates": [
              { "name": "GST", "percent": 5, "from": "2008-01-01", "to": "2010-07-01" }, { "name": "HST", "percent": 12, "from": "2010-07-01", "to": "2013-04-01" },
              { "name": "GST", "percent": 5, "from": "2013-04-01" }, { "name": "PST", "percent": 7, "from": "2013-04-01" },
              { "name": "PST", "percent": 0, "category": "outsideScope", "reason": "Not a taxable service", "from": "2013-04-01", "taxCodes": ["advice"] } ] } ]
        """);

    /// <summary>
    /// Australian GST since July 2000, where both ways of rounding are allowed (GST Act 1999, section 9-90). Japan's consumption tax, 8 % and then 10 % from October 2019 with 8 % on some
    /// goods, rounded once a rate and invoice. Bahrain's VAT of 5 % and, from 2022, 10 %, in thousandths of a dinar; Kuwait has none, and its rate here is made up.
    /// </summary>
    public static readonly MspSettings OtherCurrencies = TaxedSale.Read("""
        "serviceTaxCodes": [ { "code": "reduced", "services": ["food"] } ],
        "taxJurisdictions": [
          { "id": "AU", "name": "Australia", "rates": [ { "name": "GST", "percent": 10, "from": "2000-07-01" } ] },
          { "id": "AU-LINE", "name": "Australia, rounded on each line", "rounding": "line", "rates": [ { "name": "GST", "percent": 10, "from": "2000-07-01" } ] },
          { "id": "AU-INCL", "name": "Australia, prices with GST", "pricesIncludeTax": true, "rates": [ { "name": "GST", "percent": 10, "from": "2000-07-01" } ] },
          { "id": "AU-INCL-LINE", "name": "Australia, both", "pricesIncludeTax": true, "rounding": "line", "rates": [ { "name": "GST", "percent": 10, "from": "2000-07-01" } ] },
          { "id": "JP", "name": "Japan", "rates": [
              { "name": "Consumption tax", "percent": 8, "from": "2014-04-01", "to": "2019-10-01" }, { "name": "Consumption tax", "percent": 10, "from": "2019-10-01" },
              { "name": "Consumption tax", "percent": 8, "from": "2019-10-01", "taxCodes": ["reduced"] } ] },
          { "id": "BH", "name": "Bahrain", "rates": [ { "name": "VAT", "percent": 5, "from": "2019-01-01", "to": "2022-01-01" }, { "name": "VAT", "percent": 10, "from": "2022-01-01" } ] },
          { "id": "KW", "name": "Kuwait", "rates": [ { "name": "VAT", "percent": 5, "from": "2024-01-01" } ] },
          { "id": "KW-LINE", "name": "Kuwait, each line", "rounding": "line", "rates": [ { "name": "VAT", "percent": 5, "from": "2024-01-01" } ] } ]
        """);
}
