namespace MspBilling.Core.Invoicing;

/// <summary>Invoices paid from what the client has in credit.</summary>
public sealed record CreditUse : LedgerEntry;

/// <summary>Which credits pay which invoices: after tax, what was paid ahead before the rest, what expires first, then what came first.</summary>
/// <remarks>
/// HL-1 of 300.00 is open; 100.00 were paid ahead and 250.00 are left of a payment: 100.00 and 200.00, and 50.00 are left in credit. What expired by the day of use
/// pays nothing, and stays listed until somebody decides about it.
/// </remarks>
public static class CreditUses
{
    /// <param name="invoices">All of the client's.</param>
    /// <param name="named">Numbers of the invoices to pay; null for those that were due first.</param>
    /// <returns>The use, or why there is none.</returns>
    public static (CreditUse? Use, string? Problem) Of(
        IReadOnlyList<IssuedInvoice> invoices, ClientLedger ledger, Currency currency, IReadOnlyList<string>? named, string id, string by, string why, DateOnly date, DateTimeOffset at)
    {
        var (open, problem) = OldestDue.Of(invoices, ledger, currency, named);
        var draws = new List<CreditDraw>();
        foreach (var credit in ledger.Credits.Where(credit => credit.Left.Currency == currency && !credit.IsExpired(date)))
        {
            var (shares, _) = OldestDue.Put(credit.Left, open);
            draws.AddRange(shares.Select(share => new CreditDraw(credit.Id, share.Invoice, share.Amount)));
            var put = shares.ToDictionary(share => share.Invoice, share => share.Amount, StringComparer.Ordinal);
            open = [.. open.Select(each => put.TryGetValue(each.Invoice, out var paid) ? each with { Amount = each.Amount - paid } : each).Where(each => !each.Amount.IsZero)];
        }

        return draws.Count == 0
            ? (null, problem ?? $"There is nothing to pay, or nothing in credit in {currency} to pay it from.")
            : (new CreditUse
            {
                Id = id,
                Date = date,
                At = at,
                By = by,
                Why = why,
                Draws = draws,
                Shares = [.. draws.GroupBy(draw => draw.Invoice).Select(of => new InvoiceShare(of.Key, Money.Sum(of.Select(draw => draw.Amount), currency)))],
            }, null);
    }
}
