namespace MspBilling.Core.Invoicing;

/// <summary>What was left of a credit on its last day, gone.</summary>
/// <param name="Credit">Id of the entry that granted it.</param>
public sealed record CreditExpiry(string Credit) : LedgerEntry;

/// <summary>Credit that has expired leaves the client's account by itself.</summary>
/// <remarks>
/// 500.00 were paid ahead until 31 December, and 380.00 of it paid invoices: from 1 January 120.00 are gone, whenever that is written. If one of the invoices gives its share back
/// in February, that goes on the day on which it came back.
/// </remarks>
public static class CreditExpiries
{
    /// <param name="today">At the client.</param>
    /// <returns>An entry for each credit that has something left and expired before that day; each stands by itself.</returns>
    public static IReadOnlyList<CreditExpiry> Of(ClientLedger ledger, DateOnly today, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return [.. ledger.Credits.Where(credit => credit.IsExpired(today) && !credit.Left.IsZero).Select(credit => Of(credit, ledger, at))];
    }

    private static CreditExpiry Of(CreditLeft credit, ClientLedger ledger, DateTimeOffset at)
    {
        var (first, moved) = (credit.Granted.Expires!.Value.AddDays(1), ledger.Entries.Where(entry => entry.Draws.Any(draw => draw.Credit == credit.Id)).Select(entry => entry.Date).DefaultIfEmpty().Max());
        var before = ledger.Entries.OfType<CreditExpiry>().Count(expiry => expiry.Credit == credit.Id);
        return new CreditExpiry(credit.Id)
        {
            Id = before == 0 ? $"{credit.Id}/expired" : $"{credit.Id}/expired/{before + 1}",
            Date = moved > first ? moved : first,
            At = at,
            By = LedgerEntry.Program,
            Why = $"{credit.Left} of {credit.Granted.Amount} was not used in time.",
            Draws = [new CreditDraw(credit.Id, null, credit.Left)],
        };
    }
}
