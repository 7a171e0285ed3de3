namespace MspBilling.Core.Invoicing;

/// <summary>The late fees of an invoice, given up.</summary>
/// <param name="Invoice">Its number.</param>
public sealed record LateFeeWaiver(string Invoice) : LedgerEntry;

/// <summary>Gives up all late fees of an invoice: those that were charged, and those that would be.</summary>
/// <remarks>15.00 and 9.00 were charged, and 1,009.00 of 1,024.00 paid: 15.00 are not open any more, and the 9.00 that were paid are the client's in credit.</remarks>
public static class LateFeeWaivers
{
    public static (LateFeeWaiver? Waiver, string? Problem) Of(IssuedInvoice invoice, ClientLedger ledger, string? id, string by, string why, DateOnly date, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        ArgumentNullException.ThrowIfNull(ledger);
        if (ledger.IsWaived(invoice.Number))
        {
            return (null, $"The late fees of {invoice.Number} were waived already.");
        }

        if (!ledger.WrittenOffOf(invoice.Number, invoice.Currency).IsZero)
        {
            return (null, $"{invoice.Number} is written off, and its late fees with it. Reverse the write-off before you waive them.");
        }

        var (fees, open) = (ledger.LateFeesOf(invoice.Number, invoice.Currency), invoice.Total - ledger.SettledOf(invoice.Number, invoice.Currency));
        var off = fees < open ? fees : open;
        return (
            new LateFeeWaiver(invoice.Number)
            {
                Id = id ?? $"{invoice.Number}/late-fee-waiver",
                Date = date,
                At = at,
                By = by,
                Why = why,
                Shares = off.IsZero ? [] : [new InvoiceShare(invoice.Number, off)],
                Grants = fees > off ? new AccountCredit(fees - off) : null,
            },
            null);
    }
}
