using System.Xml;
using MspBilling.Core.Documents.EInvoice;
using static MspBilling.Adapters.Documents.EInvoice.UblNames;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>An electronic invoice as UBL 2.1, Invoice or CreditNote (EN 16931-3-2), its elements in the order of the schemas.</summary>
public static class UblWriter
{
    public static byte[] Write(ElectronicInvoice invoice) => EInvoiceXml.Write(xml =>
    {
        var (name, space) = invoice.IsCreditNote ? ("CreditNote", CreditNote) : ("Invoice", Invoice);
        xml.WriteStartDocument();
        xml.WriteStartElement(name, space);
        xml.WriteAttributeString("xmlns", "cac", null, Aggregate);
        xml.WriteAttributeString("xmlns", "cbc", null, Basic);
        Head(xml, invoice);
        References(xml, invoice);
        xml.Group("AccountingSupplierParty", () => UblParty.Write(xml, invoice.Seller));
        xml.Group("AccountingCustomerParty", () => UblParty.Write(xml, invoice.Buyer));
        if (invoice.DeliverTo is { } address)
            xml.Group("Delivery", () => xml.Group("DeliveryLocation", () => UblParty.Address(xml, "Address", address)));
        Payment(xml, invoice);
        foreach (var allowance in invoice.Allowances)
            Allowance(xml, allowance);
        Tax(xml, invoice);
        Totals(xml, invoice.Totals);
        foreach (var line in invoice.Lines)
            UblLine.Write(xml, line, invoice.IsCreditNote);
        xml.WriteEndElement();
    });

    private static void Head(XmlWriter xml, ElectronicInvoice invoice)
    {
        xml.Field("CustomizationID", invoice.Specification);
        xml.Field("ProfileID", invoice.BusinessProcess);
        xml.Field("ID", invoice.Number);
        xml.Date("IssueDate", invoice.IssueDate);
        if (!invoice.IsCreditNote)
            xml.Date("DueDate", invoice.DueDate);
        xml.Field(invoice.IsCreditNote ? "CreditNoteTypeCode" : "InvoiceTypeCode", invoice.IsCreditNote ? "381" : "380");
        xml.Field("Note", invoice.Note);
        xml.Field("DocumentCurrencyCode", invoice.Currency.Code);
        xml.Field("TaxCurrencyCode", invoice.Totals.AccountingVat?.Currency.Code);
        xml.Field("BuyerReference", invoice.BuyerReference);
        xml.Group("InvoicePeriod", () =>
        {
            xml.Date("StartDate", invoice.Period.Start);
            xml.Date("EndDate", invoice.Period.LastDay);
        });
    }

    private static void References(XmlWriter xml, ElectronicInvoice invoice)
    {
        if (invoice.PurchaseOrder is { } order)
            xml.Group("OrderReference", () => xml.Field("ID", order));
        if (invoice.Preceding is { } preceding)
        {
            xml.Group("BillingReference", () => xml.Group("InvoiceDocumentReference", () =>
            {
                xml.Field("ID", preceding.Number);
                xml.Date("IssueDate", preceding.Date);
            }));
        }

        if (invoice.Contract is { } contract)
            xml.Group("ContractDocumentReference", () => xml.Field("ID", contract));
    }

    private static void Payment(XmlWriter xml, ElectronicInvoice invoice)
    {
        if (invoice.Payment is { } payment)
        {
            xml.Group("PaymentMeans", () =>
            {
                xml.Field("PaymentMeansCode", payment.MeansCode);
                if (invoice.IsCreditNote)
                    xml.Date("PaymentDueDate", invoice.DueDate);
                xml.Field("PaymentID", payment.Remittance);
                if (payment.Account is { } account)
                {
                    xml.Group("PayeeFinancialAccount", () =>
                    {
                        xml.Field("ID", account);
                        xml.Field("Name", payment.AccountName);
                        if (payment.Bic is { } bic)
                            xml.Group("FinancialInstitutionBranch", () => xml.Field("ID", bic));
                    });
                }
            });
        }

        if (invoice.PaymentTerms is { } terms)
            xml.Group("PaymentTerms", () => xml.Field("Note", terms));
    }

    private static void Allowance(XmlWriter xml, DocumentAllowance allowance) => xml.Group("AllowanceCharge", () =>
    {
        xml.Field("ChargeIndicator", "false");
        xml.Field("AllowanceChargeReasonCode", AllowanceReasons.Discount);
        xml.Amount("Amount", allowance.Amount);
        UblLine.Category(xml, "TaxCategory", allowance.Rate);
    });

    private static void Tax(XmlWriter xml, ElectronicInvoice invoice)
    {
        xml.Group("TaxTotal", () =>
        {
            xml.Amount("TaxAmount", invoice.Totals.Vat);
            foreach (var vat in invoice.Breakdown)
            {
                xml.Group("TaxSubtotal", () =>
                {
                    xml.Amount("TaxableAmount", vat.Taxable);
                    xml.Amount("TaxAmount", vat.Tax);
                    UblLine.Category(xml, "TaxCategory", vat.Rate with { Percent = vat.Percent }, vat.ReasonCode, vat.Reason);
                });
            }
        });
        if (invoice.Totals.AccountingVat is { } accounting)
            xml.Group("TaxTotal", () => xml.Amount("TaxAmount", accounting));
    }

    private static void Totals(XmlWriter xml, ElectronicTotals totals) => xml.Group("LegalMonetaryTotal", () =>
    {
        xml.Amount("LineExtensionAmount", totals.Lines);
        xml.Amount("TaxExclusiveAmount", totals.WithoutVat);
        xml.Amount("TaxInclusiveAmount", totals.WithVat);
        xml.Amount("AllowanceTotalAmount", totals.Allowances);
        xml.Amount("PrepaidAmount", totals.Paid);
        xml.Amount("PayableAmount", totals.Due);
    });
}
