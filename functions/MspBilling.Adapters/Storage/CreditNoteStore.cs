using Azure;
using Azure.Data.Tables;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Issued credit notes and what is open of invoices, in rows beside the invoices.</summary>
public sealed class CreditNoteStore(BillingStorage storage)
{
    public async Task<IssuedCreditNote?> FindAsync(Period period, string clientId, string number, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<IssuedCreditNote>(storage.Bills, Keys.BillPartition(period), Keys.CreditNoteRow(clientId, number), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>The invoice's row with what tells whether it was changed since.</summary>
    public async Task<(IssuedInvoice Invoice, ETag Tag)> InvoiceAsync(IssuedInvoice invoice, CancellationToken cancellationToken)
    {
        var (now, tag) = await JsonRow.FindAsync<IssuedInvoice>(storage.Bills, Keys.BillPartition(invoice.Period), Keys.InvoiceRow(invoice.ClientId, invoice.Currency, invoice.Part), cancellationToken).ConfigureAwait(false);
        return now is null ? throw new InvalidOperationException($"{invoice.Number} is not among the invoices of {invoice.Period} any more. Restore it from a backup.") : (now, tag);
    }

    /// <summary>Writes a note, that it has to reach accounting, and what the invoice comes to with it: all of that or nothing.</summary>
    /// <returns>False when the invoice's row was changed since it was read.</returns>
    public Task<bool> IssueAsync(IssuedCreditNote note, IssuedInvoice invoice, ETag tag, CancellationToken cancellationToken)
    {
        var entry = new OutboxEntry(note.Period, note.ClientId, note.Currency, note.Number, SyncState.Pending) { Credits = note.Invoice };
        return WriteAsync(
            [
                new(TableTransactionActionType.Add, BillStore.Row(Keys.CreditNoteRow(note.ClientId, note.Number), note.Period, note)),
                new(TableTransactionActionType.Add, BillStore.Row(Keys.OutboxRow(note.ClientId, note.Currency, note.Number, null), note.Period, entry)),
                Update(invoice, tag),
            ],
            cancellationToken);
    }

    /// <summary>Writes what the invoice comes to.</summary>
    /// <returns>False when the invoice's row was changed since it was read.</returns>
    public Task<bool> UpdateAsync(IssuedInvoice invoice, ETag tag, CancellationToken cancellationToken) => WriteAsync([Update(invoice, tag)], cancellationToken);

    private static TableTransactionAction Update(IssuedInvoice invoice, ETag tag) =>
        new(TableTransactionActionType.UpdateReplace, BillStore.Row(Keys.InvoiceRow(invoice.ClientId, invoice.Currency, invoice.Part), invoice.Period, invoice), tag);

    private async Task<bool> WriteAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Bills.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}
