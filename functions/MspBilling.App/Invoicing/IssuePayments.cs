using Azure;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>What the invoices of a bill were paid from credit when they were issued.</summary>
/// <param name="Ledger">With the entries that say so.</param>
/// <param name="Paid">By number; an invoice that was paid nothing is not among them.</param>
/// <param name="Changes">By number: why that is not what the draft showed.</param>
/// <param name="Mark">On the client's ledger; null where nothing was written.</param>
public sealed record IssuePayment(ClientLedger Ledger, IReadOnlyDictionary<string, IReadOnlyList<PaidAtIssue>> Paid, IReadOnlyDictionary<string, string> Changes, ETag? Mark)
{
    /// <summary>The invoice with what it was paid.</summary>
    public IssuedInvoice On(IssuedInvoice invoice)
    {
        var (paid, change) = (Paid.GetValueOrDefault(invoice.Number), Changes.GetValueOrDefault(invoice.Number));
        return paid is null ? invoice with { CreditChange = change } : (invoice with { PaidAtIssue = paid, CreditChange = change }).With(Ledger);
    }
}

/// <summary>Pays invoices from credit when they are issued.</summary>
/// <remarks>
/// Ledger and invoices lie in different partitions, so no transaction has both. The entry goes first, under an id that the number makes, and what it pays is printed on the invoice
/// and stands in its row. Cut short between the two, it is found again by the close that goes on, and spent by nobody else in the meantime.
/// </remarks>
public sealed class IssuePayments(LedgerStore ledgers, LedgerPosting posting, TimeProvider clock)
{
    /// <param name="drafts">With the numbers that they get.</param>
    /// <param name="shown">The drafts as a person approved them; null where nobody had to.</param>
    public async Task<IssuePayment> UseAsync(
        ClientDirectory directory, string clientId, IReadOnlyList<(string Number, InvoiceDraft Draft)> drafts, IReadOnlyList<DraftedInvoice>? shown, CancellationToken cancellationToken)
    {
        var isAutomatic = AccountSettings.For(directory, clientId).Credit == CreditMode.Automatic;
        var (paid, changes) = (new Dictionary<string, IReadOnlyList<PaidAtIssue>>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var ledger = await PostedAsync(clientId, cancellationToken).ConfigureAwait(false);
        ETag? mark = null;
        foreach (var (number, draft) in drafts)
        {
            var today = Today(directory, clientId);
            while (isAutomatic && ledger.Find(CreditAtIssue.IdOf(number)) is null && CreditAtIssue.Of(number, draft, ledger, today, clock.GetUtcNow()) is { } use)
            {
                var written = await ledgers.AppendAsync(clientId, ledger, use, cancellationToken).ConfigureAwait(false);
                ledger = written is null ? await PostedAsync(clientId, cancellationToken).ConfigureAwait(false) : new ClientLedger([.. ledger.Entries, use]);
                mark = written ?? mark;
            }

            var shares = await SharesAsync(clientId, ledger, ledger.Find(CreditAtIssue.IdOf(number)), cancellationToken).ConfigureAwait(false);
            if (shares.Count > 0)
            {
                paid[number] = shares;
            }

            if (shown?.Single(drafted => drafted.Currency == draft.Currency && drafted.Part == draft.Part) is { } before
                && CreditAtIssue.Changed(before.PaidAtIssue ?? [], shares, ledger, isAutomatic, CreditAtIssue.DateOf(draft, today)) is { } words)
            {
                changes[number] = words;
            }
        }

        return new IssuePayment(ledger, paid, changes, mark);
    }

    /// <summary>Drafts with what they would be paid, one after the other.</summary>
    public async Task<ClientOutcome> ShownOnAsync(ClientDirectory directory, ClientBill bill, ClientOutcome waiting, CancellationToken cancellationToken)
    {
        if (AccountSettings.For(directory, bill.ClientId).Credit != CreditMode.Automatic)
        {
            return waiting;
        }

        var (ledger, _) = await ledgers.ReadAsync(bill.ClientId, cancellationToken).ConfigureAwait(false);
        var drafts = new List<DraftedInvoice>();
        foreach (var (draft, drafted) in bill.Invoices.Zip(waiting.Drafts!))
        {
            var use = CreditAtIssue.Of($"draft {drafts.Count}", draft, ledger, Today(directory, bill.ClientId), clock.GetUtcNow());
            ledger = use is null ? ledger : new ClientLedger([.. ledger.Entries, use]);
            drafts.Add(use is null ? drafted : drafted with { PaidAtIssue = await SharesAsync(bill.ClientId, ledger, use, cancellationToken).ConfigureAwait(false) });
        }

        return waiting with { Drafts = drafts };
    }

    /// <summary>Brings the balances of issued invoices up to what moved while they were being issued; done again it does nothing.</summary>
    /// <param name="mark">What the use has left on the ledger; null where the timer is to take it off.</param>
    public async Task SettleAsync(IEnumerable<IssuedInvoice> issued, ETag? mark, CancellationToken cancellationToken)
    {
        foreach (var invoice in issued.Where(invoice => invoice.PaidAtIssue is not null))
        {
            await posting.SettleAsync(invoice, mark, cancellationToken).ConfigureAwait(false);
        }
    }

    private DateOnly Today(ClientDirectory directory, string clientId) => LocalDates.In(directory.ClientOf(clientId).Client?.Zone ?? TimeZoneInfo.Utc, clock.GetUtcNow());

    // A credit note has its number once it is posted, and is called by it on the invoice.
    private async Task<ClientLedger> PostedAsync(string clientId, CancellationToken cancellationToken)
    {
        var (ledger, posted) = await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false);
        if (ledger.Entries.Skip(posted).Any(entry => entry is CreditNote))
        {
            await posting.PostAsync(clientId, null, cancellationToken).ConfigureAwait(false);
        }

        return ledger;
    }

    private async Task<IReadOnlyList<PaidAtIssue>> SharesAsync(string clientId, ClientLedger ledger, LedgerEntry? use, CancellationToken cancellationToken)
    {
        var shares = new List<PaidAtIssue>();
        foreach (var draw in use?.Draws ?? [])
        {
            var credit = ledger.Find(draw.Credit)!;
            var reference = credit switch
            {
                Payment payment => payment.Reference ?? payment.Id,
                CreditNote note => (await posting.FindAsync(clientId, note, cancellationToken).ConfigureAwait(false))?.Number,
                LateFeeWaiver waiver => waiver.Invoice,
                _ => null,
            };
            shares.Add(new PaidAtIssue(draw.Credit, credit.Grants!.IsPrepayment, reference, draw.Amount));
        }

        return shares;
    }
}
