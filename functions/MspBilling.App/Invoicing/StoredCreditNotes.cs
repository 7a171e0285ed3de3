using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Issued credit notes by their numbers, with what is on them.</summary>
public sealed class StoredCreditNotes(CreditNoteStore notes, LedgerStore ledgers, NumberStore numbers, StoredInvoices invoices)
{
    /// <summary>The note of a number; null when none has it.</summary>
    public async Task<IssuedCreditNote?> FindAsync(string number, CancellationToken cancellationToken) => (await numbers.FindAsync(number, cancellationToken).ConfigureAwait(false))?.Intent is { } intent
        ? await notes.FindAsync(intent.Period, intent.ClientId, number, cancellationToken).ConfigureAwait(false)
        : null;

    /// <exception cref="InvalidOperationException">The note, or its invoice, is not in the storage any more.</exception>
    public async Task<(CreditNote Note, WholeInvoice Invoice)> WholeAsync(Period period, string clientId, string number, CancellationToken cancellationToken)
    {
        var issued = await notes.FindAsync(period, clientId, number, cancellationToken).ConfigureAwait(false);
        var note = issued is null ? null : (await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false)).Ledger.Find(issued.Entry) as CreditNote;
        var invoice = note is null ? null : await invoices.FindAsync(note.Invoice, cancellationToken).ConfigureAwait(false);
        return note is null || invoice is null
            ? throw new InvalidOperationException($"{number}, or the invoice that it credits, is not in the storage any more. Restore it from a backup.")
            : (note, await invoices.WholeAsync(invoice, cancellationToken).ConfigureAwait(false));
    }
}
