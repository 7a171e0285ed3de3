namespace MspBilling.Core.Invoicing;

/// <summary>Money that a client paid.</summary>
/// <param name="Amount">Above zero.</param>
/// <param name="Reference">As the bank has it; null for none.</param>
public sealed record Payment(Money Amount, string? Reference) : LedgerEntry;

/// <summary>A payment as it is brought in.</summary>
/// <param name="Id">The bank's or your own: the same a second time is the same payment.</param>
/// <param name="Invoices">Numbers of the invoices that it pays, in that order; null for those that were due first.</param>
/// <param name="IsPrepayment">Whether it pays no invoice now, and all of it is kept for later ones.</param>
/// <param name="Expires">The last day on which what is paid ahead pays an invoice; null for none.</param>
public sealed record PaymentRequest(string Id, Money Amount, DateOnly Date, string? Reference, IReadOnlyList<string>? Invoices, bool IsPrepayment, DateOnly? Expires, string By)
{
    /// <summary>Id of the agreement that it is a deposit for; null for none.</summary>
    public string? Agreement { get; init; }
}

/// <summary>What a payment pays. What it has beyond that is the client's in credit.</summary>
/// <remarks>500.00 where 300.00 are open: 300.00 to the invoice, 200.00 in credit.</remarks>
public static class Payments
{
    /// <param name="invoices">All of the client's.</param>
    /// <returns>The payment, or why it is none and what to do.</returns>
    public static (Payment? Payment, string? Problem) Of(IReadOnlyList<IssuedInvoice> invoices, ClientLedger ledger, PaymentRequest request, DateTimeOffset at)
    {
        if (request.Amount.IsZero || request.Amount.IsNegative)
        {
            return (null, $"{request.Amount} is no payment; it is above 0. Take a payment back by reversing it.");
        }

        if (request.IsPrepayment && request.Invoices is not null)
        {
            return (null, "What is paid ahead pays no invoice yet. Leave the invoices away, or do not pay ahead.");
        }

        if (request.Agreement is not null && !request.IsPrepayment)
        {
            return (null, "Only what is paid ahead is a deposit for an agreement. Leave the agreement away, or pay ahead.");
        }

        if (request.Expires is { } last && (!request.IsPrepayment || last < request.Date))
        {
            return (null, "Only what is paid ahead expires, and not before the day of the payment.");
        }

        var (open, problem) = request.IsPrepayment ? ([], null) : OldestDue.Of(invoices, ledger, request.Amount.Currency, request.Invoices);
        if (problem is not null)
        {
            return (null, problem);
        }

        var (shares, left) = OldestDue.Put(request.Amount, open);
        return (
            new Payment(request.Amount, request.Reference)
            {
                Id = request.Id,
                Date = request.Date,
                At = at,
                By = request.By,
                Why = request.Reference ?? "Payment received",
                Shares = shares,
                Grants = left.IsZero ? null : new AccountCredit(left, request.IsPrepayment, request.Expires) { Agreement = request.Agreement },
            },
            null);
    }

    /// <summary>Whether a payment is what is brought in.</summary>
    public static bool IsSame(Payment payment, PaymentRequest request) =>
        payment.Amount == request.Amount && payment.Date == request.Date && payment.Reference == request.Reference && (payment.Grants?.IsPrepayment ?? false) == request.IsPrepayment
        && payment.Grants?.Agreement == request.Agreement;
}
