using System.Xml;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>BG-25 in CII.</summary>
internal static class CiiLine
{
    public static void Write(XmlWriter xml, ElectronicLine line) => xml.Entity("IncludedSupplyChainTradeLineItem", () =>
    {
        xml.Entity("AssociatedDocumentLineDocument", () =>
        {
            xml.Value("LineID", line.Id);
            xml.Wrapped("IncludedNote", "Content", line.Note);
        });
        xml.Entity("SpecifiedTradeProduct", () =>
        {
            xml.Value("SellerAssignedID", line.Sku);
            xml.Value("Name", line.Name);
        });
        xml.Entity("SpecifiedLineTradeAgreement", () => xml.Entity("NetPriceProductTradePrice", () =>
        {
            xml.Value("ChargeAmount", EInvoiceXml.Text(line.Price.Price.Amount));
            if (line.Price.BaseQuantity is { } units)
                xml.Value("BasisQuantity", EInvoiceXml.Text(units), "unitCode", line.UnitCode);
        }));
        xml.Entity("SpecifiedLineTradeDelivery", () => xml.Value("BilledQuantity", EInvoiceXml.Text(line.Price.Quantity), "unitCode", line.UnitCode));
        xml.Entity("SpecifiedLineTradeSettlement", () => Settlement(xml, line));
    });

    /// <summary>BT-151 and BT-152, BT-95 and BT-96.</summary>
    public static void Category(XmlWriter xml, string name, VatRate rate) => xml.Entity(name, () =>
    {
        xml.Value("TypeCode", "VAT");
        xml.Value("CategoryCode", rate.Category.Code);
        if (rate.Percent is { } percent)
            xml.Value("RateApplicablePercent", EInvoiceXml.Text(percent));
    });

    private static void Settlement(XmlWriter xml, ElectronicLine line)
    {
        Category(xml, "ApplicableTradeTax", line.Vat);
        xml.Days(line.Period);
        if (!line.Allowance.IsZero)
        {
            xml.Entity("SpecifiedTradeAllowanceCharge", () =>
            {
                xml.ChargeIndicator(line.Allowance.IsNegative);
                xml.Sum("ActualAmount", line.Allowance.IsNegative ? -line.Allowance : line.Allowance);
                xml.Value("ReasonCode", AllowanceReasons.Of(line.Allowance));
            });
        }

        xml.Entity("SpecifiedTradeSettlementLineMonetarySummation", () => xml.Sum("LineTotalAmount", line.Net));
    }
}
