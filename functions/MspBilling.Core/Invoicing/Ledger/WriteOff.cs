namespace MspBilling.Core.Invoicing;

/// <summary>What is open of an invoice, given up.</summary>
/// <param name="Invoice">Its number.</param>
public sealed record WriteOff(string Invoice) : LedgerEntry;

/// <summary>Gives up what is still open of an invoice, all of it, because a part of a debt is conceded by a credit note. It changes no tax and no revenue.</summary>
/// <remarks>1,190.00 with 890.00 paid: 300.00 are written off, and nothing is open. Reversing it opens them again.</remarks>
public static class WriteOffs
{
    public static (WriteOff? WriteOff, string? Problem) Of(IssuedInvoice invoice, ClientLedger ledger, string? id, string by, string why, DateOnly date, DateTimeOffset at)
    {
        var open = invoice.Total - ledger.SettledOf(invoice.Number, invoice.Currency);
        return open.IsZero
            ? (null, $"Nothing is open of {invoice.Number}.")
            : (new WriteOff(invoice.Number)
            {
                Id = id ?? $"{invoice.Number}/write-off/{ledger.Entries.Count + 1}",
                Date = date,
                At = at,
                By = by,
                Why = why,
                Shares = [new InvoiceShare(invoice.Number, open)],
            }, null);
    }
}
