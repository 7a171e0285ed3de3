using System.Xml;
using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>BG-25 in UBL.</summary>
internal static class UblLine
{
    public static void Write(XmlWriter xml, ElectronicLine line, bool isCreditNote) => xml.Group(isCreditNote ? "CreditNoteLine" : "InvoiceLine", () =>
    {
        xml.Field("ID", line.Id);
        xml.Field("Note", line.Note);
        xml.Field(isCreditNote ? "CreditedQuantity" : "InvoicedQuantity", EInvoiceXml.Text(line.Price.Quantity), "unitCode", line.UnitCode);
        xml.Amount("LineExtensionAmount", line.Net);
        xml.Group("InvoicePeriod", () =>
        {
            xml.Date("StartDate", line.Period.Start);
            xml.Date("EndDate", line.Period.LastDay);
        });
        Allowance(xml, line.Allowance);
        xml.Group("Item", () =>
        {
            xml.Field("Name", line.Name);
            if (line.Sku is { } sku)
                xml.Group("SellersItemIdentification", () => xml.Field("ID", sku));
            Category(xml, "ClassifiedTaxCategory", line.Vat);
        });
        xml.Group("Price", () =>
        {
            xml.Field("PriceAmount", EInvoiceXml.Text(line.Price.Price.Amount), "currencyID", line.Net.Currency.Code);
            if (line.Price.BaseQuantity is { } units)
                xml.Field("BaseQuantity", EInvoiceXml.Text(units), "unitCode", line.UnitCode);
        });
    });

    public static void Category(XmlWriter xml, string name, VatRate rate, string? reasonCode = null, string? reason = null) => xml.Group(name, () =>
    {
        xml.Field("ID", rate.Category.Code);
        if (rate.Percent is { } percent)
            xml.Field("Percent", EInvoiceXml.Text(percent));
        xml.Field("TaxExemptionReasonCode", reasonCode);
        xml.Field("TaxExemptionReason", reason);
        xml.Group("TaxScheme", () => xml.Field("ID", "VAT"));
    });

    private static void Allowance(XmlWriter xml, Money allowance)
    {
        if (allowance.IsZero)
            return;

        xml.Group("AllowanceCharge", () =>
        {
            xml.Field("ChargeIndicator", allowance.IsNegative ? "true" : "false");
            xml.Field("AllowanceChargeReasonCode", AllowanceReasons.Of(allowance));
            xml.Amount("Amount", allowance.IsNegative ? -allowance : allowance);
        });
    }
}
