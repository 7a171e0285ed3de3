using Azure;
using Azure.Data.Tables;
using MspBilling.Core.Invoicing;

namespace MspBilling.Adapters.Storage;

/// <summary>What moved clients' debts after their invoices were issued: a partition a client, a row an entry.</summary>
/// <remarks>
/// <para>A payment may go to invoices of several periods and leave a credit, so the client is what one transaction has to hold: an entry has all that it moves, and is
/// one row. Its place in the client's order is its key. Who writes an entry has read all before it; another who was faster has the place, and what was read is read
/// again: so no two entries spend the same. What is open of an invoice is never stored apart from them, it is what they come to.</para>
/// <para>The rows of invoices, credit notes and the accounting outbox lie with their periods, where lists and reports read them. They are made of the entries
/// afterwards, each invoice with its notes and its balance in one transaction. How far that has come stands in the client's partition; a mark on the client says that
/// it has to be gone on with, for what was cut short.</para>
/// </remarks>
public sealed class LedgerStore(BillingStorage storage)
{
    /// <param name="Posted">How many of the entries are in the rows of invoices and notes.</param>
    public sealed record Read(ClientLedger Ledger, int Posted);

    /// <summary>That a client's entries may not be in the rows yet.</summary>
    public sealed record Mark(string ClientId, ETag Tag);

    private sealed record Progress(int Posted);

    private sealed record Row(string ClientId);

    public async Task<Read> ReadAsync(string clientId, CancellationToken cancellationToken)
    {
        var rows = await JsonRow.ListPartitionAsync(storage.Ledger, Keys.LedgerPartition(clientId), cancellationToken).ConfigureAwait(false);
        var progress = rows.Find(row => row.RowKey == Keys.LedgerProgressRow);
        return new Read(LedgerOf(rows), progress is null ? 0 : JsonRow.Value<Progress>(progress).Posted);
    }

    /// <summary>The ledgers of those clients that have one, read together.</summary>
    public async Task<IReadOnlyDictionary<string, ClientLedger>> ReadAllAsync(IEnumerable<string> clientIds, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.LedgerPartitions();
        var rows = await JsonRow.ListAsync(storage.Ledger, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), cancellationToken).ConfigureAwait(false);
        var partitions = rows.ToLookup(row => row.PartitionKey, StringComparer.Ordinal);
        return clientIds.Distinct(StringComparer.Ordinal).Where(clientId => partitions.Contains(Keys.LedgerPartition(clientId)))
            .ToDictionary(clientId => clientId, clientId => LedgerOf(partitions[Keys.LedgerPartition(clientId)]), StringComparer.Ordinal);
    }

    /// <summary>Writes an entry behind those that were read, and before it a mark on the client.</summary>
    /// <returns>The mark; null when another has written an entry since, and they have to be read again.</returns>
    public async Task<ETag?> AppendAsync(string clientId, ClientLedger after, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var marked = await storage.Ledger.UpsertEntityAsync(JsonRow.Of(Keys.LedgerMarks, Keys.LedgerMarkRow(clientId), new Row(clientId)), TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
        try
        {
            await storage.Ledger.AddEntityAsync(JsonRow.Of(Keys.LedgerPartition(clientId), Keys.LedgerRow(after.Entries.Count), entry), cancellationToken).ConfigureAwait(false);
            return marked.Headers.ETag;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Notes that the rows of invoices and notes have so many of the entries.</summary>
    /// <param name="mark">As it was when the entries were read, or older; taken off unless it was made again since. Null leaves it.</param>
    public async Task PostedAsync(string clientId, int entries, ETag? mark, CancellationToken cancellationToken)
    {
        await storage.Ledger.UpsertEntityAsync(JsonRow.Of(Keys.LedgerPartition(clientId), Keys.LedgerProgressRow, new Progress(entries)), TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
        try
        {
            if (mark is { } tag)
            {
                await storage.Ledger.DeleteEntityAsync(Keys.LedgerMarks, Keys.LedgerMarkRow(clientId), tag, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Another has written an entry since, and takes it off behind that.
        }
    }

    /// <summary>Clients with entries that may not be in the rows yet.</summary>
    public async Task<IReadOnlyList<Mark>> MarkedAsync(CancellationToken cancellationToken) =>
        [.. (await JsonRow.ListPartitionAsync(storage.Ledger, Keys.LedgerMarks, cancellationToken).ConfigureAwait(false)).Select(row => new Mark(JsonRow.Value<Row>(row).ClientId, row.ETag))];

    private static ClientLedger LedgerOf(IEnumerable<TableEntity> rows) =>
        new([.. rows.Where(row => row.RowKey != Keys.LedgerProgressRow).OrderBy(row => row.RowKey, StringComparer.Ordinal).Select(JsonRow.Value<LedgerEntry>)]);
}
