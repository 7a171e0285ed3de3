using System.Xml.Linq;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>Reads UBL by EN 16931-3-2, independent of what wrote it.</summary>
internal static class UblReading
{
    private static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    public static ReadInvoice Read(XDocument xml)
    {
        var root = xml.Root!;
        var kind = root.Name.LocalName;
        var totals = Inner(root, "LegalMonetaryTotal");
        var currency = Text(root, "DocumentCurrencyCode");
        var (breakdown, plain) = (root.Elements(Cac + "TaxTotal").Where(HasSubtotals).ToList(), root.Elements(Cac + "TaxTotal").Where(total => !HasSubtotals(total)).ToList());
        var means = Inner(root, "PaymentMeans");
        var account = Inner(means, "PayeeFinancialAccount");
        return new ReadInvoice
        {
            Specification = Text(root, "CustomizationID"),
            Process = Text(root, "ProfileID"),
            Number = Text(root, "ID"),
            IssueDate = Text(root, "IssueDate"),
            TypeCode = Text(root, kind + "TypeCode"),
            Currency = currency,
            TaxCurrency = Text(root, "TaxCurrencyCode"),
            Notes = [.. root.Elements(Cbc + "Note").Select(note => note.Value)],
            BuyerReference = Text(root, "BuyerReference"),
            Order = Text(Inner(root, "OrderReference"), "ID"),
            Contract = Text(Inner(root, "ContractDocumentReference"), "ID"),
            PrecedingNumber = Text(Inner(root, "BillingReference", "InvoiceDocumentReference"), "ID"),
            PrecedingDate = Text(Inner(root, "BillingReference", "InvoiceDocumentReference"), "IssueDate"),
            DueDate = Text(root, "DueDate") ?? Text(means, "PaymentDueDate"),
            Terms = Text(Inner(root, "PaymentTerms"), "Note"),
            Seller = Party(Inner(root, "AccountingSupplierParty", "Party")),
            Buyer = Party(Inner(root, "AccountingCustomerParty", "Party")),
            DeliverTo = Text(Inner(root, "Delivery", "DeliveryLocation", "Address", "Country"), "IdentificationCode"),
            PeriodStart = Text(Inner(root, "InvoicePeriod"), "StartDate"),
            PeriodEnd = Text(Inner(root, "InvoicePeriod"), "EndDate"),
            Payment = means is null ? null : new ReadPayment(
                Text(means, "PaymentMeansCode"), Text(means, "PaymentID"), account is not null, Text(account, "ID"), Text(account, "Name"), Text(Inner(account, "FinancialInstitutionBranch"), "ID")),
            Allowances = Allowances(root),
            Breakdown = [.. breakdown.Elements(Cac + "TaxSubtotal").Select(Vat)],
            Totals = new ReadTotals
            {
                Lines = Text(totals, "LineExtensionAmount"),
                Allowances = Text(totals, "AllowanceTotalAmount"),
                WithoutVat = Text(totals, "TaxExclusiveAmount"),
                Vat = Text(breakdown.FirstOrDefault(), "TaxAmount"),
                VatTotals = breakdown.Count,
                AccountingVat = Text(plain.FirstOrDefault(), "TaxAmount"),
                AccountingVats = plain.Count,
                WithVat = Text(totals, "TaxInclusiveAmount"),
                Paid = Text(totals, "PrepaidAmount"),
                Due = Text(totals, "PayableAmount"),
            },
            Lines = [.. root.Elements(Cac + (kind + "Line")).Select(Line)],
            AmountCurrencies = [.. root.Descendants().Where(e => !plain.Contains(e.Parent!)).Select(e => e.Attribute("currencyID")?.Value).OfType<string>().Distinct()],
        };
    }

    private static bool HasSubtotals(XElement total) => total.Element(Cac + "TaxSubtotal") is not null;

    private static ReadParty? Party(XElement? party)
    {
        if (party is null)
            return null;

        var address = Inner(party, "PostalAddress");
        var legal = Inner(party, "PartyLegalEntity");
        var contact = Inner(party, "Contact");
        return new ReadParty(
            Text(legal, "RegistrationName"), address is not null, Text(address, "StreetName"), Text(address, "AdditionalStreetName"), Text(Inner(address, "AddressLine"), "Line"), Text(address, "CityName"),
            Text(address, "PostalZone"), Text(address, "CountrySubentity"), Text(Inner(address, "Country"), "IdentificationCode"), TaxNumber(party, isVat: true), TaxNumber(party, isVat: false),
            Text(legal, "CompanyID"), Attribute(legal, "CompanyID", "schemeID"), Text(party, "EndpointID"), Attribute(party, "EndpointID", "schemeID"), Text(contact, "Name"), Text(contact, "Telephone"),
            Text(contact, "ElectronicMail"));
    }

    private static string? TaxNumber(XElement party, bool isVat) =>
        party.Elements(Cac + "PartyTaxScheme").Where(tax => Text(Inner(tax, "TaxScheme"), "ID") == "VAT" == isVat).Select(tax => Text(tax, "CompanyID")).FirstOrDefault();

    private static IReadOnlyList<ReadAllowance> Allowances(XElement of) =>
    [
        .. of.Elements(Cac + "AllowanceCharge").Select(each => new ReadAllowance(
            Text(each, "ChargeIndicator"), Text(each, "Amount"), Text(each, "AllowanceChargeReasonCode"), Text(Inner(each, "TaxCategory"), "ID"), Text(Inner(each, "TaxCategory"), "Percent"))),
    ];

    private static ReadVat Vat(XElement subtotal)
    {
        var category = Inner(subtotal, "TaxCategory");
        return new ReadVat(
            Text(category, "ID"), Text(category, "Percent"), Text(subtotal, "TaxableAmount"), Text(subtotal, "TaxAmount"), Text(category, "TaxExemptionReason"), Text(category, "TaxExemptionReasonCode"));
    }

    private static ReadLine Line(XElement line)
    {
        var quantity = line.Name.LocalName == "InvoiceLine" ? "InvoicedQuantity" : "CreditedQuantity";
        var (item, price) = (Inner(line, "Item"), Inner(line, "Price"));
        return new ReadLine(
            Text(line, "ID"), Text(line, "Note"), Text(item, "Name"), Text(Inner(item, "SellersItemIdentification"), "ID"), Text(line, quantity), Attribute(line, quantity, "unitCode"), Text(line, "LineExtensionAmount"),
            Text(price, "PriceAmount"), Text(price, "BaseQuantity"), Attribute(price, "BaseQuantity", "unitCode"), Text(Inner(line, "InvoicePeriod"), "StartDate"), Text(Inner(line, "InvoicePeriod"), "EndDate"),
            Text(Inner(item, "ClassifiedTaxCategory"), "ID"), Text(Inner(item, "ClassifiedTaxCategory"), "Percent"), Allowances(line));
    }

    private static XElement? Inner(XElement? of, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            of = of?.Element(Cac + name);
        return of;
    }

    private static string? Text(XElement? of, string name) => of?.Element(Cbc + name)?.Value;

    private static string? Attribute(XElement? of, string name, string attribute) => of?.Element(Cbc + name)?.Attribute(attribute)?.Value;
}
