using System.Xml.Linq;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>Reads CII by EN 16931-3-3, independent of what wrote it.</summary>
internal static class CiiReading
{
    private static readonly XNamespace Rsm = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
    private static readonly XNamespace Ram = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";

    public static ReadInvoice Read(XDocument xml)
    {
        var root = xml.Root!;
        var (context, head, trade) = (root.Element(Rsm + "ExchangedDocumentContext"), root.Element(Rsm + "ExchangedDocument"), root.Element(Rsm + "SupplyChainTradeTransaction"));
        var (agreement, settlement) = (Inner(trade, "ApplicableHeaderTradeAgreement"), Inner(trade, "ApplicableHeaderTradeSettlement"));
        var (totals, means, terms) = (
            Inner(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation"), Inner(settlement, "SpecifiedTradeSettlementPaymentMeans"), Inner(settlement, "SpecifiedTradePaymentTerms"));
        var (currency, account) = (Text(settlement, "InvoiceCurrencyCode"), Inner(means, "PayeePartyCreditorFinancialAccount"));
        var vats = totals?.Elements(Ram + "TaxTotalAmount").ToLookup(amount => amount.Attribute("currencyID")?.Value == currency);
        return new ReadInvoice
        {
            Specification = Text(Inner(context, "GuidelineSpecifiedDocumentContextParameter"), "ID"),
            Process = Text(Inner(context, "BusinessProcessSpecifiedDocumentContextParameter"), "ID"),
            Number = Text(head, "ID"),
            IssueDate = Day(Inner(head, "IssueDateTime")),
            TypeCode = Text(head, "TypeCode"),
            Currency = currency,
            TaxCurrency = Text(settlement, "TaxCurrencyCode"),
            Notes = [.. head!.Elements(Ram + "IncludedNote").Select(note => Text(note, "Content")!)],
            BuyerReference = Text(agreement, "BuyerReference"),
            Order = Text(Inner(agreement, "BuyerOrderReferencedDocument"), "IssuerAssignedID"),
            Contract = Text(Inner(agreement, "ContractReferencedDocument"), "IssuerAssignedID"),
            PrecedingNumber = Text(Inner(settlement, "InvoiceReferencedDocument"), "IssuerAssignedID"),
            PrecedingDate = Day(Inner(settlement, "InvoiceReferencedDocument", "FormattedIssueDateTime")),
            DueDate = Day(Inner(terms, "DueDateDateTime")),
            Terms = Text(terms, "Description"),
            Seller = Party(Inner(agreement, "SellerTradeParty")),
            Buyer = Party(Inner(agreement, "BuyerTradeParty")),
            DeliverTo = Text(Inner(trade, "ApplicableHeaderTradeDelivery", "ShipToTradeParty", "PostalTradeAddress"), "CountryID"),
            PeriodStart = Day(Inner(settlement, "BillingSpecifiedPeriod", "StartDateTime")),
            PeriodEnd = Day(Inner(settlement, "BillingSpecifiedPeriod", "EndDateTime")),
            Payment = means is null ? null : new ReadPayment(
                Text(means, "TypeCode"), Text(settlement, "PaymentReference"), account is not null, Text(account, "IBANID") ?? Text(account, "ProprietaryID"), Text(account, "AccountName"),
                Text(Inner(means, "PayeeSpecifiedCreditorFinancialInstitution"), "BICID")),
            Allowances = Allowances(settlement),
            Breakdown = [.. settlement!.Elements(Ram + "ApplicableTradeTax").Select(Vat)],
            Totals = new ReadTotals
            {
                Lines = Text(totals, "LineTotalAmount"),
                Allowances = Text(totals, "AllowanceTotalAmount"),
                WithoutVat = Text(totals, "TaxBasisTotalAmount"),
                Vat = vats?[true].FirstOrDefault()?.Value,
                VatTotals = vats?[true].Count() ?? 0,
                AccountingVat = vats?[false].FirstOrDefault()?.Value,
                AccountingVats = vats?[false].Count() ?? 0,
                WithVat = Text(totals, "GrandTotalAmount"),
                Paid = Text(totals, "TotalPrepaidAmount"),
                Due = Text(totals, "DuePayableAmount"),
            },
            Lines = [.. trade!.Elements(Ram + "IncludedSupplyChainTradeLineItem").Select(Line)],
            AmountCurrencies = currency is null ? [] : [currency],
        };
    }

    private static ReadParty? Party(XElement? party)
    {
        if (party is null)
            return null;

        var (legal, contact, address) = (Inner(party, "SpecifiedLegalOrganization"), Inner(party, "DefinedTradeContact"), Inner(party, "PostalTradeAddress"));
        return new ReadParty(
            Text(party, "Name"), address is not null, Text(address, "LineOne"), Text(address, "LineTwo"), Text(address, "LineThree"), Text(address, "CityName"), Text(address, "PostcodeCode"),
            Text(address, "CountrySubDivisionName"), Text(address, "CountryID"), TaxNumber(party, "VA"), TaxNumber(party, "FC"), Text(legal, "ID"), Attribute(legal, "ID", "schemeID"),
            Text(Inner(party, "URIUniversalCommunication"), "URIID"), Attribute(Inner(party, "URIUniversalCommunication"), "URIID", "schemeID"), Text(contact, "PersonName"),
            Text(Inner(contact, "TelephoneUniversalCommunication"), "CompleteNumber"), Text(Inner(contact, "EmailURIUniversalCommunication"), "URIID"));
    }

    private static string? TaxNumber(XElement party, string scheme) =>
        party.Elements(Ram + "SpecifiedTaxRegistration").Where(tax => Attribute(tax, "ID", "schemeID") == scheme).Select(tax => Text(tax, "ID")).FirstOrDefault();

    private static IReadOnlyList<ReadAllowance> Allowances(XElement? of) =>
    [
        .. (of?.Elements(Ram + "SpecifiedTradeAllowanceCharge") ?? []).Select(each => new ReadAllowance(
            Inner(each, "ChargeIndicator")?.Value, Text(each, "ActualAmount"), Text(each, "ReasonCode"), Text(Inner(each, "CategoryTradeTax"), "CategoryCode"),
            Text(Inner(each, "CategoryTradeTax"), "RateApplicablePercent"))),
    ];

    private static ReadVat Vat(XElement tax) => new(
        Text(tax, "CategoryCode"), Text(tax, "RateApplicablePercent"), Text(tax, "BasisAmount"), Text(tax, "CalculatedAmount"), Text(tax, "ExemptionReason"), Text(tax, "ExemptionReasonCode"));

    private static ReadLine Line(XElement line)
    {
        var (head, product, settlement) = (Inner(line, "AssociatedDocumentLineDocument"), Inner(line, "SpecifiedTradeProduct"), Inner(line, "SpecifiedLineTradeSettlement"));
        var (price, delivery, tax) = (Inner(line, "SpecifiedLineTradeAgreement", "NetPriceProductTradePrice"), Inner(line, "SpecifiedLineTradeDelivery"), Inner(settlement, "ApplicableTradeTax"));
        return new ReadLine(
            Text(head, "LineID"), Text(Inner(head, "IncludedNote"), "Content"), Text(product, "Name"), Text(product, "SellerAssignedID"), Text(delivery, "BilledQuantity"),
            Attribute(delivery, "BilledQuantity", "unitCode"), Text(Inner(settlement, "SpecifiedTradeSettlementLineMonetarySummation"), "LineTotalAmount"), Text(price, "ChargeAmount"),
            Text(price, "BasisQuantity"), Attribute(price, "BasisQuantity", "unitCode"), Day(Inner(settlement, "BillingSpecifiedPeriod", "StartDateTime")),
            Day(Inner(settlement, "BillingSpecifiedPeriod", "EndDateTime")), Text(tax, "CategoryCode"), Text(tax, "RateApplicablePercent"), Allowances(settlement));
    }

    private static XElement? Inner(XElement? of, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            of = of?.Element(Ram + name);
        return of;
    }

    private static string? Text(XElement? of, string name) => of?.Element(Ram + name)?.Value;

    private static string? Attribute(XElement? of, string name, string attribute) => of?.Element(Ram + name)?.Attribute(attribute)?.Value;

    /// <summary>20241031 as UBL writes it: 2024-10-31.</summary>
    private static string? Day(XElement? of) => of?.Elements().SingleOrDefault()?.Value is { Length: 8 } day ? $"{day[..4]}-{day[4..6]}-{day[6..]}" : null;
}
