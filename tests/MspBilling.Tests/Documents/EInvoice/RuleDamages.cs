using System.Xml.Linq;
using static MspBilling.Tests.Documents.EInvoice.Damage;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>For each rule a document that keeps it and a damage that breaks it.</summary>
internal static class RuleDamages
{
    private const string Seller = "cac:AccountingSupplierParty/cac:Party/";
    private const string Buyer = "cac:AccountingCustomerParty/cac:Party/";
    private const string Totals = "cac:LegalMonetaryTotal/cbc:";
    private const string Line = "cac:InvoiceLine/";
    private const string Vat = "cac:TaxTotal/cac:TaxSubtotal/";
    private const string SellerVat = Seller + "cac:PartyTaxScheme";
    private const string LineVat = Line + "cac:Item/cac:ClassifiedTaxCategory/cbc:";

    public static IReadOnlyList<(string Rule, string Case, Action<XDocument> Damage)> All { get; } =
    [
        ("BR-01", "standard", Remove("cbc:CustomizationID")),
        ("BR-02", "standard", Remove("cbc:ID")),
        ("BR-03", "standard", Remove("cbc:IssueDate")),
        ("BR-04", "standard", Remove("cbc:InvoiceTypeCode")),
        ("BR-05", "standard", Remove("cbc:DocumentCurrencyCode")),
        ("BR-06", "standard", Remove(Seller + "cac:PartyLegalEntity/cbc:RegistrationName")),
        ("BR-07", "standard", Remove(Buyer + "cac:PartyLegalEntity/cbc:RegistrationName")),
        ("BR-08", "standard", Remove(Seller + "cac:PostalAddress")),
        ("BR-09", "standard", Remove(Seller + "cac:PostalAddress/cac:Country")),
        ("BR-10", "standard", Remove(Buyer + "cac:PostalAddress")),
        ("BR-11", "standard", Remove(Buyer + "cac:PostalAddress/cac:Country")),
        ("BR-12", "standard", Remove(Totals + "LineExtensionAmount")),
        ("BR-13", "standard", Remove(Totals + "TaxExclusiveAmount")),
        ("BR-14", "standard", Remove(Totals + "TaxInclusiveAmount")),
        ("BR-15", "standard", Remove(Totals + "PayableAmount")),
        ("BR-16", "zero", Remove("cac:InvoiceLine")),
        ("BR-21", "standard", Remove(Line + "cbc:ID")),
        ("BR-22", "standard", Remove(Line + "cbc:InvoicedQuantity")),
        ("BR-23", "standard", RemoveAttribute(Line + "cbc:InvoicedQuantity", "unitCode")),
        ("BR-24", "standard", Remove(Line + "cbc:LineExtensionAmount")),
        ("BR-25", "standard", Remove(Line + "cac:Item/cbc:Name")),
        ("BR-26", "standard", Remove(Line + "cac:Price")),
        ("BR-27", "standard", Set(Line + "cac:Price/cbc:PriceAmount", "-40")),
        ("BR-29", "standard", Set("cac:InvoicePeriod/cbc:EndDate", "2024-08-31")),
        ("BR-30", "standard", Set(Line + "cac:InvoicePeriod/cbc:EndDate", "2024-08-31")),
        ("BR-31", "document discount", Remove("cac:AllowanceCharge/cbc:Amount")),
        ("BR-32", "document discount", Remove("cac:AllowanceCharge/cac:TaxCategory/cbc:ID")),
        ("BR-33", "document discount", Remove("cac:AllowanceCharge/cbc:AllowanceChargeReasonCode")),
        ("BR-41", "line discount", Remove(Line + "cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:Amount")),
        ("BR-42", "line discount", Remove(Line + "cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:AllowanceChargeReasonCode")),
        ("BR-43", "line discount", Remove(Line + "cac:AllowanceCharge[cbc:ChargeIndicator='true']/cbc:Amount")),
        ("BR-44", "line discount", Remove(Line + "cac:AllowanceCharge[cbc:ChargeIndicator='true']/cbc:AllowanceChargeReasonCode")),
        ("BR-45", "standard", Remove(Vat + "cbc:TaxableAmount")),
        ("BR-46", "standard", Remove(Vat + "cbc:TaxAmount")),
        ("BR-47", "standard", Remove(Vat + "cac:TaxCategory/cbc:ID")),
        ("BR-48", "standard", Remove(Vat + "cac:TaxCategory/cbc:Percent")),
        ("BR-49", "standard", Remove("cac:PaymentMeans/cbc:PaymentMeansCode")),
        ("BR-50", "standard", Remove("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID")),
        ("BR-53", "two currencies", Remove("cac:TaxTotal[not(cac:TaxSubtotal)]")),
        ("BR-55", "credit note", Remove("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")),
        ("BR-61", "standard", Remove("cac:PaymentMeans/cac:PayeeFinancialAccount")),
        ("BR-62", "standard", RemoveAttribute(Seller + "cbc:EndpointID", "schemeID")),
        ("BR-63", "standard", RemoveAttribute(Buyer + "cbc:EndpointID", "schemeID")),
        ("BR-CO-04", "standard", Remove(LineVat + "ID")),
        ("BR-CO-09", "standard", Set(SellerVat + "/cbc:CompanyID", "3456789TH")),
        ("BR-CO-10", "standard", Set(Totals + "LineExtensionAmount", "238.76")),
        ("BR-CO-11", "document discount", Set(Totals + "AllowanceTotalAmount", "10.01")),
        ("BR-CO-13", "document discount", Set(Totals + "TaxExclusiveAmount", "150.00")),
        ("BR-CO-14", "mixed rates", Set("cac:TaxTotal/cbc:TaxAmount", "31.21")),
        ("BR-CO-15", "standard", Set(Totals + "TaxInclusiveAmount", "293.67")),
        ("BR-CO-16", "part paid", Remove(Totals + "PrepaidAmount")),
        ("BR-CO-17", "rounding", Set(Vat + "cbc:TaxAmount", "2.02")),
        ("BR-CO-18", "standard", Remove("cac:TaxTotal")),
        ("BR-CO-19", "standard", Remove("cac:InvoicePeriod/cbc:StartDate").And(Remove("cac:InvoicePeriod/cbc:EndDate"))),
        ("BR-CO-20", "standard", Remove(Line + "cac:InvoicePeriod/cbc:StartDate").And(Remove(Line + "cac:InvoicePeriod/cbc:EndDate"))),
        ("BR-CO-25", "standard", Remove("cbc:DueDate").And(Remove("cac:PaymentTerms"))),
        ("BR-CO-26", "standard", Remove(SellerVat).And(Remove(Seller + "cac:PartyLegalEntity/cbc:CompanyID"))),
        ("BR-DEC", "standard", Set(Totals + "PayableAmount", "293.660")),
        ("BR-CL-01", "standard", Set("cbc:InvoiceTypeCode", "999")),
        ("BR-CL-03", "standard", SetAttribute(Totals + "PayableAmount", "currencyID", "EURO")),
        ("BR-CL-04", "standard", Set("cbc:DocumentCurrencyCode", "XYZ")),
        ("BR-CL-05", "two currencies", Set("cbc:TaxCurrencyCode", "XYZ")),
        ("BR-CL-11", "standard", SetAttribute(Buyer + "cac:PartyLegalEntity/cbc:CompanyID", "schemeID", "GLN")),
        ("BR-CL-14", "standard", Set(Buyer + "cac:PostalAddress/cac:Country/cbc:IdentificationCode", "UK")),
        ("BR-CL-16", "standard", Set("cac:PaymentMeans/cbc:PaymentMeansCode", "SEPA")),
        ("BR-CL-17", "standard", Set(Vat + "cac:TaxCategory/cbc:ID", "A")),
        ("BR-CL-18", "standard", Set(LineVat + "ID", "A")),
        ("BR-CL-19", "document discount", Set("cac:AllowanceCharge/cbc:AllowanceChargeReasonCode", "ZZZ")),
        ("BR-CL-20", "line discount", Set(Line + "cac:AllowanceCharge[cbc:ChargeIndicator='true']/cbc:AllowanceChargeReasonCode", "95")),
        ("BR-CL-22", "reverse charge", Set(Vat + "cac:TaxCategory/cbc:TaxExemptionReasonCode", "AE")),
        ("BR-CL-23", "standard", SetAttribute(Line + "cbc:InvoicedQuantity", "unitCode", "seat")),
        ("BR-CL-25", "standard", SetAttribute(Seller + "cbc:EndpointID", "schemeID", "IE:VAT")),
        .. Category("S", "BR-S", "standard"),
        .. Category("Z", "BR-Z", "zero"),
        .. Category("E", "BR-E", "exempt"),
        .. Category("AE", "BR-AE", "reverse charge"),
        .. Category("K", "BR-IC", "intra-community"),
        .. Category("G", "BR-G", "export"),
        .. Category("O", "BR-O", "outside scope"),
        ("BR-IC-11", "intra-community", Remove("cac:InvoicePeriod")),
        ("BR-IC-12", "intra-community", Remove("cac:Delivery")),
        ("BR-O-11", "mixed rates", Set(Vat + "cac:TaxCategory/cbc:ID", "O")),
        ("BR-O-12", "mixed rates", Set(Vat + "cac:TaxCategory/cbc:ID", "O")),
        ("BR-O-13", "document discount", Set(Vat + "cac:TaxCategory/cbc:ID", "O")),
        ("PEPPOL-EN16931-R001", "standard", Remove("cbc:ProfileID")),
        ("PEPPOL-EN16931-R002", "reverse charge", Repeat("cbc:Note")),
        ("PEPPOL-EN16931-R003", "standard", Remove("cbc:BuyerReference").And(Remove("cac:OrderReference"))),
        ("PEPPOL-EN16931-R004", "standard", Set("cbc:CustomizationID", "urn:cen.eu:en16931:2017")),
        ("PEPPOL-EN16931-R005", "two currencies", Set("cbc:TaxCurrencyCode", "USD")),
        ("PEPPOL-EN16931-R007", "standard", Set("cbc:ProfileID", "billing")),
        ("PEPPOL-EN16931-R010", "standard", Remove(Buyer + "cbc:EndpointID")),
        ("PEPPOL-EN16931-R020", "standard", Remove(Seller + "cbc:EndpointID")),
        ("PEPPOL-EN16931-CL008", "standard", SetAttribute(Buyer + "cbc:EndpointID", "schemeID", "EM")),
        ("PEPPOL-EN16931-R043", "document discount", Set("cac:AllowanceCharge/cbc:ChargeIndicator", "0")),
        ("PEPPOL-EN16931-R051", "standard", SetAttribute(Line + "cac:Price/cbc:PriceAmount", "currencyID", "USD")),
        ("PEPPOL-EN16931-R053", "standard", Repeat("cac:TaxTotal")),
        ("PEPPOL-EN16931-R054", "two currencies", Remove("cbc:TaxCurrencyCode")),
        ("PEPPOL-EN16931-R055", "two currencies", Set("cac:TaxTotal[not(cac:TaxSubtotal)]/cbc:TaxAmount", "-24.87")),
        ("PEPPOL-EN16931-R110", "an annual fee and an adjustment", Set("cac:InvoicePeriod/cbc:StartDate", "2024-09-01")),
        ("PEPPOL-EN16931-R111", "an annual fee and an adjustment", Set("cac:InvoicePeriod/cbc:EndDate", "2024-09-30")),
        ("PEPPOL-EN16931-R120", "prorated", Remove(Line + "cac:Price/cbc:BaseQuantity")),
        ("PEPPOL-EN16931-R121", "prorated", Set(Line + "cac:Price/cbc:BaseQuantity", "0").And(Set(Line + "cbc:LineExtensionAmount", "0.00")).And(Set(Line + "cbc:InvoicedQuantity", "0"))),
        ("PEPPOL-EN16931-R130", "prorated", SetAttribute(Line + "cac:Price/cbc:BaseQuantity", "unitCode", "HUR")),
        ("PEPPOL-COMMON-R040", "standard", Set(Buyer + "cbc:EndpointID", "5790000436102")),
    ];

    /// <summary>The rules that every VAT category has.</summary>
    private static IEnumerable<(string Rule, string Case, Action<XDocument> Damage)> Category(string code, string prefix, string name)
    {
        var other = code == "Z" ? "E" : "Z";
        yield return (prefix + "-01", name, Set(Vat + "cac:TaxCategory/cbc:ID", other));
        yield return (prefix + "-02", name, code switch
        {
            "O" => AddVatNumber(Seller[..^1], "IE3456789TH"),
            "K" => Remove(Buyer + "cac:PartyTaxScheme"),
            _ => Remove(SellerVat),
        });
        yield return (prefix + "-05", name, code == "O" ? Add(Line + "cac:Item/cac:ClassifiedTaxCategory", "Percent", "0") : Set(LineVat + "Percent", code == "S" ? "0" : "23"));
        yield return (prefix + "-06", "document discount", Set("cac:AllowanceCharge/cac:TaxCategory/cbc:ID", code).And(code == "S" ? Set("cac:AllowanceCharge/cac:TaxCategory/cbc:Percent", "0") : _ => { }));
        yield return (prefix + "-08", name, Set(Vat + "cbc:TaxableAmount", "1.00"));
        yield return (prefix + "-09", name, Set(Vat + "cbc:TaxAmount", "1.00"));
        yield return (prefix + "-10", name, code switch
        {
            "S" or "Z" => Add(Vat + "cac:TaxCategory", "TaxExemptionReason", "Because"),
            "E" => Remove(Vat + "cac:TaxCategory/cbc:TaxExemptionReason"),
            _ => Remove(Vat + "cac:TaxCategory/cbc:TaxExemptionReason").And(Remove(Vat + "cac:TaxCategory/cbc:TaxExemptionReasonCode")),
        });
    }
}
