using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Why nothing was written.</summary>
/// <param name="IsUnknown">Whether there is no such client or invoice.</param>
public sealed record AccountRefusal(string Because, bool IsUnknown = false);

/// <summary>Moves clients' accounts: payments, uses of credit, write-offs, waivers, and what undoes them.</summary>
public sealed class ClientAccounts(LedgerStore ledgers, LedgerPosting posting, StoredInvoices invoices, RecordStore records, TimeProvider clock)
{
    private sealed record Account(Client Client, IReadOnlyList<IssuedInvoice> Invoices, IReadOnlyList<Agreement> Agreements);

    /// <summary>Takes a payment in; the same id again is the same payment.</summary>
    public Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> PayAsync(string clientId, PaymentRequest request, CancellationToken cancellationToken) => WriteAsync(
        clientId, request.Id, known => known is Payment payment && Payments.IsSame(payment, request), (account, ledger, at) => ProblemOf(account, request) is { } problem ? (null, problem) : Payments.Of(account.Invoices, ledger, request, at), cancellationToken);

    /// <summary>Pays invoices from what the client has in credit.</summary>
    /// <param name="numbers">Null for those that were due first.</param>
    public async Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> UseCreditAsync(
        string clientId, Currency currency, IReadOnlyList<string>? numbers, string? id, string by, string why, CancellationToken cancellationToken)
    {
        var drafts = await DraftsForDepositsAsync(clientId, currency, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(
            clientId,
            id,
            known => known is CreditUse && known.By == by && known.Why == why,
            (account, ledger, at) => CreditUses.Of(account.Invoices, drafts, ledger, currency, numbers, id ?? $"credit-use/{ledger.Entries.Count + 1}", by, why, LocalDates.In(account.Client.Zone, at), at),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up what is open of an invoice.</summary>
    public Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> WriteOffAsync(string number, string? id, string by, string why, CancellationToken cancellationToken) => OfInvoiceAsync(
        number, id, known => known is WriteOff writeOff && writeOff.Invoice == number, (invoice, account, ledger, at) => WriteOffs.Of(invoice, ledger, id, by, why, LocalDates.In(account.Client.Zone, at), at), cancellationToken);

    /// <summary>Gives up the late fees of an invoice, those that were charged and those that would be.</summary>
    public Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> WaiveLateFeesAsync(string number, string? id, string by, string why, CancellationToken cancellationToken) => OfInvoiceAsync(
        number, id, known => known is LateFeeWaiver waiver && waiver.Invoice == number, (invoice, account, ledger, at) => LateFeeWaivers.Of(invoice, ledger, id, by, why, LocalDates.In(account.Client.Zone, at), at), cancellationToken);

    /// <summary>Undoes a payment, a use of credit or a write-off.</summary>
    /// <param name="of">Id of the entry.</param>
    public Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> ReverseAsync(string clientId, string of, string? id, string by, string why, CancellationToken cancellationToken) => WriteAsync(
        clientId, id ?? $"{of}/reversal", known => known is Reversal reversal && reversal.Of == of, (account, ledger, at) => Reversals.Of(ledger, of, id, by, why, LocalDates.In(account.Client.Zone, at), at), cancellationToken);

    /// <summary>The client with all of its invoices, as the ledger has them, and the ledger; null for who is no client.</summary>
    public async Task<(Client Client, IReadOnlyList<IssuedInvoice> Invoices, ClientLedger Ledger)?> ReadAsync(string clientId, CancellationToken cancellationToken)
    {
        if (await AccountAsync(clientId, cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return null;
        }

        var (ledger, _) = await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false);
        return (account.Client, [.. account.Invoices.Select(invoice => invoice.With(ledger))], ledger);
    }

    private static string? ProblemOf(Account account, PaymentRequest request) => request.Agreement is null || account.Agreements.Any(agreement => agreement.Id == request.Agreement)
        ? null
        : $"{account.Client.Name} has no agreement {request.Agreement}; there are {string.Join(", ", account.Agreements.Select(agreement => agreement.Id))}.";

    private async Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> OfInvoiceAsync<T>(
        string number, string? id, Func<LedgerEntry, bool> isSame, Func<IssuedInvoice, Account, ClientLedger, DateTimeOffset, (T? Entry, string? Problem)> make, CancellationToken cancellationToken)
        where T : LedgerEntry =>
        await invoices.FindAsync(number, cancellationToken).ConfigureAwait(false) is { } invoice
            ? await WriteAsync(invoice.ClientId, id, isSame, (account, ledger, at) => make(invoice, account, ledger, at), cancellationToken).ConfigureAwait(false)
            : (null, new AccountRefusal($"No invoice has the number {number}.", IsUnknown: true));

    // What is on an invoice is read only where a deposit for an agreement may pay it.
    private async Task<IReadOnlyDictionary<string, InvoiceDraft>> DraftsForDepositsAsync(string clientId, Currency currency, CancellationToken cancellationToken)
    {
        var drafts = new Dictionary<string, InvoiceDraft>(StringComparer.Ordinal);
        var (ledger, _) = await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false);
        if (ledger.Credits.Any(credit => credit.Granted.Agreement is not null && !credit.Left.IsZero))
        {
            foreach (var invoice in (await invoices.OfClientAsync(clientId, cancellationToken).ConfigureAwait(false)).Where(invoice => invoice.Currency == currency && !invoice.Balance.IsZero))
            {
                drafts[invoice.Number] = (await invoices.WholeAsync(invoice, cancellationToken).ConfigureAwait(false)).Draft;
            }
        }

        return drafts;
    }

    private async Task<Account?> AccountAsync(string clientId, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        return directory.ClientOf(clientId).Client is { } client ? new Account(client, await invoices.OfClientAsync(clientId, cancellationToken).ConfigureAwait(false), directory.AgreementsOf(client)) : null;
    }

    private async Task<(LedgerEntry? Entry, AccountRefusal? Refusal)> WriteAsync<T>(
        string clientId, string? id, Func<LedgerEntry, bool> isSame, Func<Account, ClientLedger, DateTimeOffset, (T? Entry, string? Problem)> make, CancellationToken cancellationToken)
        where T : LedgerEntry
    {
        if (await AccountAsync(clientId, cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return (null, new AccountRefusal($"{clientId} is no client; take the id from the list of invoices.", IsUnknown: true));
        }

        while (true)
        {
            var (ledger, posted) = await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false);
            if (id is not null && ledger.Find(id) is { } known)
            {
                if (posted < ledger.Entries.Count)
                {
                    await posting.PostAsync(clientId, null, cancellationToken).ConfigureAwait(false);
                }

                return isSame(known) ? (known, null) : (null, new AccountRefusal($"The id {id} was given before, to something else. Give each request an id of its own."));
            }

            var (entry, problem) = make(account, ledger, clock.GetUtcNow());
            if (entry is null)
            {
                return (null, new AccountRefusal(problem!));
            }

            if (await ledgers.AppendAsync(clientId, ledger, entry, cancellationToken).ConfigureAwait(false) is { } mark)
            {
                await posting.PostAsync(clientId, mark, cancellationToken).ConfigureAwait(false);
                return (entry, null);
            }
        }
    }
}
