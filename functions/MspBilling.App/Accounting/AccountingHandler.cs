using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Accounting;

namespace MspBilling.App.Accounting;

/// <summary>Brings one invoice or credit note to the accounting system, once; written once for the Storage queue and for Service Bus.</summary>
public sealed partial class AccountingHandler(BillStore bills, StoredCreditNotes notes, IAccountingSystem accounting, ILogger<AccountingHandler> logger)
{
    /// <exception cref="PermanentAccountingException">A retry would not help; the entry is marked as failed.</exception>
    public async Task HandleAsync(AccountingMessage message, CancellationToken cancellationToken)
    {
        if (await bills.OutboxAsync(message.Period, message.ClientId, message.Currency, message.CreditNote, message.Part, cancellationToken).ConfigureAwait(false) is not var (entry, tag)
            || entry.State == SyncState.Confirmed)
        {
            return;
        }

        try
        {
            var reference = await SendAsync(entry, message, cancellationToken).ConfigureAwait(false);
            await UpdateAsync(entry with { State = SyncState.Confirmed, Reference = reference, Error = null }, tag, cancellationToken).ConfigureAwait(false);
        }
        catch (PermanentAccountingException e)
        {
            LogRefused(entry.Number, accounting.Name, e.Message);
            await UpdateAsync(entry with { State = SyncState.Failed, Error = e.Message }, tag, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Notes that trying again did not help.</summary>
    public async Task GiveUpAsync(AccountingMessage message, string reason, CancellationToken cancellationToken)
    {
        if (await bills.OutboxAsync(message.Period, message.ClientId, message.Currency, message.CreditNote, message.Part, cancellationToken).ConfigureAwait(false) is var (entry, tag) && entry.State == SyncState.Pending)
        {
            await UpdateAsync(entry with { State = SyncState.Failed, Error = reason }, tag, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> SendAsync(OutboxEntry entry, AccountingMessage message, CancellationToken cancellationToken)
    {
        if (entry.Credits is { } credited)
        {
            var (note, of) = await notes.WholeAsync(message.Period, message.ClientId, entry.Number, cancellationToken).ConfigureAwait(false);
            return await accounting.SendCreditNoteAsync(entry.Number, note.Of(of.Draft), credited, message.Period, cancellationToken).ConfigureAwait(false);
        }

        var invoice = await bills.InvoiceAsync(message.Period, message.ClientId, message.Currency, message.Part, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The outbox names {entry.Number}, which is not among the invoices of {message.Period}.");
        var bill = await bills.GetBillAsync(message.Period, message.ClientId, invoice.BillHash, cancellationToken).ConfigureAwait(false);
        return await accounting.SendInvoiceAsync(entry.Number, bill.DraftOf(message.Currency, message.Part)!, message.Period, cancellationToken).ConfigureAwait(false);
    }

    private async Task UpdateAsync(OutboxEntry entry, ETag tag, CancellationToken cancellationToken)
    {
        try
        {
            await bills.UpdateOutboxAsync(entry, tag, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // The same message was handled twice at once, and the other one was first.
        }
    }

    [LoggerMessage(LogLevel.Error, "{Number} was refused by {System}: {Reason}")]
    private partial void LogRefused(string number, string system, string reason);
}
