using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Credits issued invoices.</summary>
public sealed class InvoiceCredits(LedgerStore ledgers, LedgerPosting posting, StoredInvoices invoices, TimeProvider clock)
{
    /// <param name="number">The invoice.</param>
    /// <returns>The note; or why there is none, and what to do. Neither where no invoice has the number.</returns>
    public async Task<(IssuedCreditNote? Note, string? Problem)> CreditAsync(string number, CreditRequest request, CancellationToken cancellationToken)
    {
        if (await invoices.FindAsync(number, cancellationToken).ConfigureAwait(false) is not { } issued)
        {
            return (null, null);
        }

        var invoice = await invoices.WholeAsync(issued, cancellationToken).ConfigureAwait(false);
        var directory = await invoices.DirectoryAsync(issued, cancellationToken).ConfigureAwait(false);
        var zone = directory.ClientOf(issued.ClientId).Client?.Zone ?? TimeZoneInfo.Utc;
        while (true)
        {
            var (ledger, posted) = await ledgers.ReadAsync(issued.ClientId, cancellationToken).ConfigureAwait(false);
            if (request.Id is { } id && ledger.Find(id) is { } before)
            {
                return before is CreditNote known && Crediting.IsSame(known, invoice, request)
                    ? (await IssuedAsync(issued.ClientId, known, posted < ledger.Entries.Count, cancellationToken).ConfigureAwait(false), null)
                    : (null, $"The id {id} was given before, to something else. Give each request an id of its own.");
            }

            var at = clock.GetUtcNow();
            var (note, problem) = Crediting.Of(invoice, ledger, request, LocalDates.In(zone, at), at);
            if (note is null)
            {
                return (null, problem);
            }

            if (await ledgers.AppendAsync(issued.ClientId, ledger, note, cancellationToken).ConfigureAwait(false) is { } mark)
            {
                await posting.PostAsync(issued.ClientId, mark, cancellationToken).ConfigureAwait(false);
                return (await IssuedAsync(issued.ClientId, note, isOpen: false, cancellationToken).ConfigureAwait(false), null);
            }
        }
    }

    private async Task<IssuedCreditNote?> IssuedAsync(string clientId, CreditNote note, bool isOpen, CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            await posting.PostAsync(clientId, null, cancellationToken).ConfigureAwait(false);
        }

        return await posting.FindAsync(clientId, note, cancellationToken).ConfigureAwait(false);
    }
}
