using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Reads which lines of a client's invoices were credited to be billed again.</summary>
public sealed class ReleasedWork(LedgerStore ledgers, StoredInvoices invoices)
{
    /// <summary>By the period that the lines were billed for, in the order of the credit notes.</summary>
    public async Task<ILookup<Period, ReleasedLines>> ReadAsync(string clientId, CancellationToken cancellationToken)
    {
        var released = new List<(Period Period, ReleasedLines Lines)>();
        foreach (var note in (await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false)).Ledger.Entries.OfType<CreditNote>().Where(note => note.Restocks))
        {
            var invoice = await invoices.FindAsync(note.Invoice, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{note.Invoice} was credited and is not in the storage any more. Restore it from a backup.");
            released.AddRange(Of(note, await invoices.WholeAsync(invoice, cancellationToken).ConfigureAwait(false)));
        }

        return released.ToLookup(each => each.Period, each => each.Lines);
    }

    /// <summary>By period, because an invoice also has the adjustments of earlier ones.</summary>
    internal static IEnumerable<(Period Period, ReleasedLines Lines)> Of(CreditNote note, WholeInvoice invoice) => note.Lines
        .Select(line => invoice.Draft.Lines[line.Index])
        .GroupBy(line => line.Adjusts?.Period ?? note.Period)
        .Select(lines => (lines.Key, new ReleasedLines(note.Id, $"{note.By}, {note.Why}", [.. lines])));
}
