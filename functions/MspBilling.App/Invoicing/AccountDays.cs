using Azure;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <param name="ClientId">Whose ledger has it.</param>
public sealed record WrittenEntry(string ClientId, LedgerEntry Entry);

/// <summary>Writes what passing days bring to clients' accounts by themselves: credit that expires, and late fees where the settings charge them.</summary>
/// <remarks>Each entry counts from its own day and has an id of its own, so that it does not matter when, how often and by how many at once this is done.</remarks>
public sealed class AccountDays(LedgerStore ledgers, LedgerPosting posting, RecordStore records, BillStore bills, RunStore runs, TimeProvider clock)
{
    /// <returns>What was written.</returns>
    /// <exception cref="AggregateException">Some clients' could not be written; those of the others are.</exception>
    public async Task<IReadOnlyList<WrittenEntry>> RunAsync(CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        if (!directory.HasSettings)
        {
            return [];
        }

        var written = new List<WrittenEntry>();
        var failed = new List<Exception>();
        var invoices = await OverdueAsync(directory, cancellationToken).ConfigureAwait(false);
        var known = await ledgers.ReadAllAsync(directory.ClientIds, cancellationToken).ConfigureAwait(false);
        foreach (var clientId in directory.ClientIds)
        {
            try
            {
                var ledger = known.GetValueOrDefault(clientId) ?? new ClientLedger([]);
                if (directory.ClientOf(clientId).Client is { } client && Due(directory, client, invoices[clientId], ledger).Any())
                {
                    written.AddRange(await WriteAsync(directory, client, [.. invoices[clientId]], cancellationToken).ConfigureAwait(false));
                }
            }
            catch (RequestFailedException e)
            {
                // One client's trouble does not keep the others waiting, and is told at the end.
                failed.Add(e);
            }
        }

        return failed.Count > 0 ? throw new AggregateException(failed) : written;
    }

    private async Task<ILookup<string, IssuedInvoice>> OverdueAsync(ClientDirectory directory, CancellationToken cancellationToken)
    {
        var charged = directory.ClientIds.Where(clientId => AccountSettings.For(directory, clientId).LateFeesFrom is not null).ToHashSet(StringComparer.Ordinal);
        var all = new List<IssuedInvoice>();
        foreach (var run in charged.Count == 0 ? [] : await runs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            all.AddRange((await bills.ListAsync<IssuedInvoice>(run.Period, cancellationToken).ConfigureAwait(false)).Where(invoice => invoice.LateFee is not null && charged.Contains(invoice.ClientId)));
        }

        return all.OrderBy(invoice => invoice.Number, StringComparer.Ordinal).ToLookup(invoice => invoice.ClientId);
    }

    private IEnumerable<LedgerEntry> Due(ClientDirectory directory, Client client, IEnumerable<IssuedInvoice> invoices, ClientLedger ledger)
    {
        var (at, from) = (clock.GetUtcNow(), AccountSettings.For(directory, client.Id).LateFeesFrom);
        var today = client.LocalDate(at);
        return CreditExpiries.Of(ledger, today, at).Concat<LedgerEntry>(from is { } first ? invoices.SelectMany(invoice => LateFeeCharges.Of(invoice, ledger, first, today.AddDays(-1), at)) : []);
    }

    private async Task<List<WrittenEntry>> WriteAsync(ClientDirectory directory, Client client, IReadOnlyList<IssuedInvoice> invoices, CancellationToken cancellationToken)
    {
        var written = new List<WrittenEntry>();
        ETag? mark = null;
        while (true)
        {
            var (ledger, _) = await ledgers.ReadAsync(client.Id, cancellationToken).ConfigureAwait(false);
            if (Due(directory, client, invoices, ledger).FirstOrDefault() is not { } entry)
            {
                await posting.PostAsync(client.Id, mark, cancellationToken).ConfigureAwait(false);
                return written;
            }

            if (await ledgers.AppendAsync(client.Id, ledger, entry, cancellationToken).ConfigureAwait(false) is { } marked)
            {
                mark = marked;
                written.Add(new WrittenEntry(client.Id, entry));
            }
        }
    }
}

/// <summary>Looks at clients' accounts four times a day, because days end at different times.</summary>
public sealed class AccountTimer(AccountDays days) : IScheduledJob
{
    public string Name => "accounts";

    public string Schedule => "17 1,7,13,19 * * *";

    public Task RunAsync(CancellationToken cancellationToken) => days.RunAsync(cancellationToken);
}
