using Azure;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Brings what stands in a client's ledger into what others read: credit notes with their numbers and documents, the outbox, the invoices' balances.</summary>
/// <remarks>
/// Each entry once, in order; one that was brought there halfway is brought there again and ends in the same. A note's number is given to its entry, so that a
/// note that is written always gets one, and only one, wherever that is cut short.
/// </remarks>
public sealed class LedgerPosting(
    LedgerStore ledgers, CreditNoteStore notes, StoredInvoices invoices, BillStore bills, RecordStore records, NumberStore numbers, TouchedPeriodStore touched, OtherPeriodsReader periods,
    InvoicedPeriods invoiced, OutboxPump outbox, IInvoiceRenderer renderer)
{
    /// <param name="mark">What asks for it; taken off when it is done.</param>
    public async Task PostAsync(string clientId, ETag? mark, CancellationToken cancellationToken)
    {
        var (ledger, posted) = await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false);
        for (var place = posted; place < ledger.Entries.Count; place++)
        {
            var (entry, upToIt) = (ledger.Entries[place], new ClientLedger([.. ledger.Entries.Take(place + 1)]));
            if (entry is CreditNote note)
            {
                await IssueAsync(clientId, note, upToIt, cancellationToken).ConfigureAwait(false);
            }

            foreach (var number in entry.Shares.Select(share => share.Invoice).Distinct())
            {
                if (await invoices.FindAsync(number, cancellationToken).ConfigureAwait(false) is { } invoice)
                {
                    await BalanceAsync(invoice, upToIt, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await ledgers.PostedAsync(clientId, ledger.Entries.Count, mark, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings an invoice that was issued while its client's ledger moved to what the ledger has by now.</summary>
    /// <param name="mark">Null where there is none to take off.</param>
    public async Task SettleAsync(IssuedInvoice invoice, ETag? mark, CancellationToken cancellationToken)
    {
        var (ledger, posted) = await ledgers.ReadAsync(invoice.ClientId, cancellationToken).ConfigureAwait(false);
        await BalanceAsync(invoice, ledger, cancellationToken).ConfigureAwait(false);
        if (posted < ledger.Entries.Count || mark is not null)
        {
            await PostAsync(invoice.ClientId, mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The number that a note has, once it is posted.</summary>
    public async Task<IssuedCreditNote?> FindAsync(string clientId, CreditNote note, CancellationToken cancellationToken) =>
        (await bills.ListAsync<IssuedCreditNote>(note.Period, cancellationToken).ConfigureAwait(false)).FirstOrDefault(issued => issued.ClientId == clientId && issued.Entry == note.Id);

    private async Task IssueAsync(string clientId, CreditNote note, ClientLedger ledger, CancellationToken cancellationToken)
    {
        var issued = await invoices.FindAsync(note.Invoice, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{note.Invoice} was credited and is not in the storage any more. Restore it from a backup.");
        var invoice = await invoices.WholeAsync(issued, cancellationToken).ConfigureAwait(false);
        var number = await NumberAsync(clientId, note, cancellationToken).ConfigureAwait(false);
        var pdf = renderer.Render(PrintedInvoice.Of((await invoices.DirectoryAsync(issued, cancellationToken).ConfigureAwait(false)).Settings, note, invoice, number));
        await bills.PutPdfAsync(note.Period, number, pdf, cancellationToken).ConfigureAwait(false);
        var numbered = IssuedCreditNote.Of(number, note, invoice, RecordJson.Hash(pdf));
        while (await notes.FindAsync(note.Period, clientId, number, cancellationToken).ConfigureAwait(false) is null)
        {
            var (now, tag) = await notes.InvoiceAsync(issued, cancellationToken).ConfigureAwait(false);
            await notes.IssueAsync(numbered, now.Entries > ledger.Entries.Count ? now : now.With(ledger), tag, cancellationToken).ConfigureAwait(false);
        }

        // The timer looks at the newest periods alone, and the invoice may be older.
        await outbox.SendAsync(note.Period, failedToo: false, cancellationToken).ConfigureAwait(false);
        if (note.Restocks)
        {
            await ReleaseAsync(clientId, note, invoice, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> NumberAsync(string clientId, CreditNote note, CancellationToken cancellationToken)
    {
        var settings = (await records.ReferencesAsync(RecordKind.MspSettings, cancellationToken).ConfigureAwait(false)).OfType<MspSettings>().Single();
        var intent = new NumberStore.Intent(note.Period, clientId, note.Currency, RecordJson.Hash(RecordJson.Serialize<LedgerEntry>(note)), note.Id);
        var assigned = await numbers.AssignAsync(DocumentNumbers.Of(settings, NumberedDocument.CreditNote), note.Date, note.Period, [intent], cancellationToken).ConfigureAwait(false);
        return assigned.Single(assignment => assignment.Intent == intent).Number;
    }

    // The marks have the next close look at these periods; until then what was released is held there.
    private async Task ReleaseAsync(string clientId, CreditNote note, WholeInvoice invoice, CancellationToken cancellationToken)
    {
        var released = ReleasedWork.Of(note, invoice).Select(each => each.Period).ToList();
        await touched.MarkAsync([.. released.Select(period => (clientId, period))], note.Id, cancellationToken).ConfigureAwait(false);
        var references = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        var directory = ClientDirectory.Of(references);
        foreach (var period in released)
        {
            var others = await periods.OpenAsync(period, references, cancellationToken).ConfigureAwait(false);
            var rows = await bills.ClientRowsAsync(period, clientId, cancellationToken).ConfigureAwait(false);
            var later = await others.LaterAsync(clientId).ConfigureAwait(false);
            await invoiced.HoldLateAsync(clientId, period, directory, rows, others, later, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task BalanceAsync(IssuedInvoice invoice, ClientLedger ledger, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (now, tag) = await notes.InvoiceAsync(invoice, cancellationToken).ConfigureAwait(false);
            if (now.Entries >= ledger.Entries.Count || await notes.UpdateAsync(now.With(ledger), tag, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }
}
