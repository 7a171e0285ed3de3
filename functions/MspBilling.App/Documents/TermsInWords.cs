using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Documents;

/// <summary>An invoice's payment terms in its language: when it is due, what paying early takes off, what paying late costs.</summary>
internal static class TermsInWords
{
    /// <param name="paid">From credit; an offer for early payment is of the total, and what is paid is taken off what it leaves. Null for nothing.</param>
    public static string Of(InvoiceDraft draft, DocumentLanguage language, Money? paid = null)
    {
        var (labels, format, terms) = (InvoiceLabels.For(language), new DocumentFormat(language), draft.PaymentTerms);
        return string.Join(' ', Sentences());

        IEnumerable<string> Sentences()
        {
            yield return Due(terms, draft.DueDate, labels, format);
            if (EarlyPaymentOffer.Of(terms, draft.Total, draft.InvoiceDate, paid) is { } offer)
                yield return format.Fill(labels.EarlyPayment, format.Percent(offer.Percent), format.Amount(offer.Off), format.Date(offer.Until), format.Amount(offer.ToPay));
            if (terms.LateFee?.PercentPerMonth is { } percent)
                yield return format.Fill(labels.LateFeePercent, format.Percent(percent));
            if (terms.LateFee?.Flat is { } flat && flat.Currency == draft.Currency)
                yield return format.Fill(labels.LateFeeFlat, format.Amount(flat));
        }
    }

    private static string Due(PaymentTerms terms, DateOnly due, InvoiceLabels labels, DocumentFormat format) => terms switch
    {
        { Due: PaymentDue.OnReceipt } or { Due: PaymentDue.Net, Days: 0 } => labels.DueOnReceipt,
        { Due: PaymentDue.Net, Days: 1 } => labels.DueWithinOneDay,
        { Due: PaymentDue.Net } => format.Fill(labels.DueWithinDays, format.Count(terms.Days)),
        { Due: PaymentDue.EndOfMonth, Days: 0 } => format.Fill(labels.DueAtMonthEnd, format.Date(due)),
        { Due: PaymentDue.EndOfMonth, Days: > 1 } => format.Fill(labels.DueAfterMonthEnd, format.Count(terms.Days), format.Date(due)),
        _ => format.Fill(labels.DueByDay, format.Date(due)),
    };
}
