using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>What an invoice offers for early payment: a percentage of its total, rounded once, until a day.</summary>
/// <remarks>2 % of 1,234.56 is 24.6912 = 24.69, so that 1,209.87 is to be paid. The invoice's total and its tax stay as they are; whether the tax falls when the offer is taken is the law's to say, by a credit note.</remarks>
/// <param name="Percent">2 for 2 %.</param>
/// <param name="Off">What is taken off.</param>
/// <param name="ToPay">What is left, less what was paid from credit.</param>
/// <param name="Until">The last day.</param>
public sealed record EarlyPaymentOffer(decimal Percent, Money Off, Money ToPay, DateOnly Until)
{
    /// <param name="paid">What of the total is paid already, from credit; null for nothing.</param>
    /// <returns>Null where the terms offer nothing, or nothing is to be paid.</returns>
    public static EarlyPaymentOffer? Of(PaymentTerms terms, Money total, DateOnly invoiceDate, Money? paid = null)
    {
        if (terms.EarlyPayment is not { } early || total.Amount <= 0)
        {
            return null;
        }

        var off = total.Percent(early.Percent);
        var toPay = total - off - (paid ?? Money.Zero(total.Currency));
        return toPay.Amount <= 0 ? null : new EarlyPaymentOffer(early.Percent, off, toPay, invoiceDate.AddDays(early.Days));
    }
}
