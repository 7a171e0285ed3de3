using System.Xml;
using MspBilling.Core.Documents.EInvoice;
using static MspBilling.Adapters.Documents.EInvoice.CiiNames;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>An electronic invoice as UN/CEFACT Cross Industry Invoice D16B (EN 16931-3-3), the form that Factur-X and ZUGFeRD carry.</summary>
public static class CiiWriter
{
    public static byte[] Write(ElectronicInvoice invoice) => EInvoiceXml.Write(xml =>
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("rsm", "CrossIndustryInvoice", Root);
        xml.WriteAttributeString("xmlns", "ram", null, Reusable);
        xml.WriteAttributeString("xmlns", "udt", null, Unqualified);
        xml.WriteAttributeString("xmlns", "qdt", null, Qualified);
        xml.WriteStartElement("rsm", "ExchangedDocumentContext", Root);
        xml.Wrapped("BusinessProcessSpecifiedDocumentContextParameter", "ID", invoice.BusinessProcess);
        xml.Wrapped("GuidelineSpecifiedDocumentContextParameter", "ID", invoice.Specification);
        xml.WriteEndElement();
        xml.WriteStartElement("rsm", "ExchangedDocument", Root);
        xml.Value("ID", invoice.Number);
        xml.Value("TypeCode", invoice.IsCreditNote ? "381" : "380");
        xml.Day("IssueDateTime", invoice.IssueDate);
        xml.Wrapped("IncludedNote", "Content", invoice.Note);
        xml.WriteEndElement();
        xml.WriteStartElement("rsm", "SupplyChainTradeTransaction", Root);
        foreach (var line in invoice.Lines)
            CiiLine.Write(xml, line);
        Agreement(xml, invoice);
        Delivery(xml, invoice);
        xml.Entity("ApplicableHeaderTradeSettlement", () => CiiSettlement.Write(xml, invoice));
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private static void Agreement(XmlWriter xml, ElectronicInvoice invoice) => xml.Entity("ApplicableHeaderTradeAgreement", () =>
    {
        xml.Value("BuyerReference", invoice.BuyerReference);
        xml.Entity("SellerTradeParty", () => CiiParty.Write(xml, invoice.Seller));
        xml.Entity("BuyerTradeParty", () => CiiParty.Write(xml, invoice.Buyer));
        xml.Wrapped("BuyerOrderReferencedDocument", "IssuerAssignedID", invoice.PurchaseOrder);
        xml.Wrapped("ContractReferencedDocument", "IssuerAssignedID", invoice.Contract);
    });

    private static void Delivery(XmlWriter xml, ElectronicInvoice invoice) => xml.Entity("ApplicableHeaderTradeDelivery", () =>
    {
        if (invoice.DeliverTo is { } address)
            xml.Entity("ShipToTradeParty", () => CiiParty.Address(xml, address));
    });
}
