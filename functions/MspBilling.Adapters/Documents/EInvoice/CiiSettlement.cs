using System.Xml;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>Payment, VAT and totals in CII.</summary>
internal static class CiiSettlement
{
    public static void Write(XmlWriter xml, ElectronicInvoice invoice)
    {
        xml.Value("PaymentReference", invoice.Payment?.Remittance);
        xml.Value("TaxCurrencyCode", invoice.Totals.AccountingVat?.Currency.Code);
        xml.Value("InvoiceCurrencyCode", invoice.Currency.Code);
        if (invoice.Payment is { } payment)
            PaymentMeans(xml, payment);
        foreach (var vat in invoice.Breakdown)
            Tax(xml, vat);
        xml.Days(invoice.Period);
        foreach (var allowance in invoice.Allowances)
            Allowance(xml, allowance);
        xml.Entity("SpecifiedTradePaymentTerms", () =>
        {
            xml.Value("Description", invoice.PaymentTerms);
            xml.Day("DueDateDateTime", invoice.DueDate);
        });
        Totals(xml, invoice.Totals);
        if (invoice.Preceding is { } preceding)
        {
            xml.Entity("InvoiceReferencedDocument", () =>
            {
                xml.Value("IssuerAssignedID", preceding.Number);
                xml.Day("FormattedIssueDateTime", preceding.Date, isQualified: true);
            });
        }
    }

    private static void PaymentMeans(XmlWriter xml, ElectronicPayment payment) => xml.Entity("SpecifiedTradeSettlementPaymentMeans", () =>
    {
        xml.Value("TypeCode", payment.MeansCode);
        if (payment.Account is { } account)
        {
            xml.Entity("PayeePartyCreditorFinancialAccount", () =>
            {
                var isIban = BankAccount.FindIban(account) is not null;
                xml.Value("IBANID", isIban ? account : null);
                xml.Value("AccountName", payment.AccountName);
                xml.Value("ProprietaryID", isIban ? null : account);
            });
        }

        xml.Wrapped("PayeeSpecifiedCreditorFinancialInstitution", "BICID", payment.Bic);
    });

    private static void Tax(XmlWriter xml, VatBreakdown vat) => xml.Entity("ApplicableTradeTax", () =>
    {
        xml.Sum("CalculatedAmount", vat.Tax);
        xml.Value("TypeCode", "VAT");
        xml.Value("ExemptionReason", vat.Reason);
        xml.Sum("BasisAmount", vat.Taxable);
        xml.Value("CategoryCode", vat.Rate.Category.Code);
        xml.Value("ExemptionReasonCode", vat.ReasonCode);
        xml.Value("RateApplicablePercent", EInvoiceXml.Text(vat.Percent));
    });

    private static void Allowance(XmlWriter xml, DocumentAllowance allowance) => xml.Entity("SpecifiedTradeAllowanceCharge", () =>
    {
        xml.ChargeIndicator(isCharge: false);
        xml.Sum("ActualAmount", allowance.Amount);
        xml.Value("ReasonCode", AllowanceReasons.Discount);
        CiiLine.Category(xml, "CategoryTradeTax", allowance.Rate);
    });

    private static void Totals(XmlWriter xml, ElectronicTotals totals) => xml.Entity("SpecifiedTradeSettlementHeaderMonetarySummation", () =>
    {
        xml.Sum("LineTotalAmount", totals.Lines);
        xml.Sum("AllowanceTotalAmount", totals.Allowances);
        xml.Sum("TaxBasisTotalAmount", totals.WithoutVat);
        xml.Value("TaxTotalAmount", EInvoiceXml.Text(totals.Vat), "currencyID", totals.Vat.Currency.Code);
        if (totals.AccountingVat is { } accounting)
            xml.Value("TaxTotalAmount", EInvoiceXml.Text(accounting), "currencyID", accounting.Currency.Code);
        xml.Sum("GrandTotalAmount", totals.WithVat);
        xml.Sum("TotalPrepaidAmount", totals.Paid);
        xml.Sum("DuePayableAmount", totals.Due);
    });
}
