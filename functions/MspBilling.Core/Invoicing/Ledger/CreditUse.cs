namespace MspBilling.Core.Invoicing;

/// <summary>Invoices paid from what the client has in credit.</summary>
public sealed record CreditUse : LedgerEntry;

/// <summary>Open invoices paid from credit because somebody says so, in <see cref="CreditOrder"/>.</summary>
public static class CreditUses
{
    /// <param name="invoices">All of the client's.</param>
    /// <param name="drafts">What is on them, by number, where deposits for an agreement may pay them.</param>
    /// <param name="named">Numbers of the invoices to pay; null for those that were due first.</param>
    /// <returns>The use, or why there is none.</returns>
    public static (CreditUse? Use, string? Problem) Of(
        IReadOnlyList<IssuedInvoice> invoices, IReadOnlyDictionary<string, InvoiceDraft> drafts, ClientLedger ledger, Currency currency, IReadOnlyList<string>? named, string id, string by, string why, DateOnly date,
        DateTimeOffset at)
    {
        var (open, problem) = OldestDue.Of(invoices, ledger, currency, named);
        var draws = CreditOrder.Of(ledger, open, drafts, date);
        return draws.Count == 0
            ? (null, problem ?? $"There is nothing to pay, or nothing in credit in {currency} to pay it from.")
            : (Of(draws, id, by, why, date, at), null);
    }

    internal static CreditUse Of(IReadOnlyList<CreditDraw> draws, string id, string by, string why, DateOnly date, DateTimeOffset at) => new()
    {
        Id = id,
        Date = date,
        At = at,
        By = by,
        Why = why,
        Draws = draws,
        Shares = [.. draws.GroupBy(draw => draw.Invoice!).Select(of => new InvoiceShare(of.Key, Money.Sum(of.Select(draw => draw.Amount), of.First().Amount.Currency)))],
    };
}
