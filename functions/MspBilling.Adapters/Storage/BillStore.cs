using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MspBilling.Core;
using MspBilling.Core.Accounting;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>What a period came to: outcomes, issued invoices, holds and the outbox, all of a period in one partition.</summary>
/// <remarks>
/// The whole bill of a client lies in a blob that is named by its hash and never changes; rows point to it. An invoice, its
/// client's dispositions (through the outcome) and its outbox row are written in one entity group transaction.
/// </remarks>
public sealed class BillStore(BillingStorage storage)
{
    // What a transaction takes beside a client's outcome, invoices and outbox rows: 100 rows and 4 MiB in all.
    private const int MostRows = 100;
    private const int MostHoldBytes = 1024 * 1024;

    /// <summary>Everything of one client in one period.</summary>
    /// <param name="HoldKeys">Row keys of its holds.</param>
    /// <param name="Tag">Of the outcome's row; null where there is none.</param>
    public sealed record ClientRows(ClientOutcome? Outcome, IReadOnlyList<IssuedInvoice> Invoices, IReadOnlyList<string> HoldKeys, ETag? Tag);

    public async Task<string> PutBillAsync(ClientBill bill, CancellationToken cancellationToken)
    {
        var json = RecordJson.Serialize(bill);
        var hash = RecordJson.Hash(json);
        await PutAsync(Keys.BillBlob(bill.Period, bill.ClientId, hash), json, cancellationToken).ConfigureAwait(false);
        return hash;
    }

    /// <summary>Keeps the reference records that bills name by the hash of these bytes.</summary>
    public Task PutReferencesAsync(byte[] json, CancellationToken cancellationToken) => PutAsync(Keys.ReferencesBlob(RecordJson.Hash(json)), json, cancellationToken);

    /// <summary>The reference records' bytes, or null when there are none.</summary>
    public Task<byte[]?> FindReferencesAsync(string hash, CancellationToken cancellationToken) => FindAsync(storage.BillBlobs.GetBlobClient(Keys.ReferencesBlob(hash)), cancellationToken);

    /// <summary>The bill's bytes as they lie there, or null when there are none.</summary>
    public Task<byte[]?> FindBillBytesAsync(Period period, string clientId, string hash, CancellationToken cancellationToken) =>
        FindAsync(storage.BillBlobs.GetBlobClient(Keys.BillBlob(period, clientId, hash)), cancellationToken);

    /// <summary>The document's bytes as they lie there, or null when there are none.</summary>
    public Task<byte[]?> FindPdfAsync(Period period, string number, CancellationToken cancellationToken) =>
        FindAsync(storage.Documents.GetBlobClient(Keys.PdfBlob(period, number)), cancellationToken);

    public async Task<ClientBill> GetBillAsync(Period period, string clientId, string hash, CancellationToken cancellationToken)
    {
        var content = await storage.BillBlobs.GetBlobClient(Keys.BillBlob(period, clientId, hash)).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
        return RecordJson.Deserialize<ClientBill>(content.Value.Content);
    }

    /// <summary>How a client's period stands, or null when it was never closed for the client.</summary>
    public async Task<ClientOutcome?> OutcomeAsync(Period period, string clientId, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<ClientOutcome>(storage.Bills, Keys.BillPartition(period), Keys.ClientRow(clientId), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>What is held of an activity in a period, or null where nothing is.</summary>
    public async Task<Hold?> HoldAsync(Period period, string clientId, RecordId activity, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<Hold>(storage.Bills, Keys.BillPartition(period), Keys.HoldRow(clientId, activity), cancellationToken).ConfigureAwait(false)).Value;

    public async Task<ClientRows> ClientRowsAsync(Period period, string clientId, CancellationToken cancellationToken)
    {
        var partition = Keys.BillPartition(period);
        var (from, to) = Keys.RowsOf(clientId);
        var rows = await JsonRow.ListAsync(
            storage.Bills, TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken).ConfigureAwait(false);
        var outcome = rows.SingleOrDefault(Is<ClientOutcome>);
        return new ClientRows(
            outcome is null ? null : JsonRow.Value<ClientOutcome>(outcome),
            [.. rows.Where(Is<IssuedInvoice>).Select(JsonRow.Value<IssuedInvoice>)],
            [.. rows.Where(Is<Hold>).Select(row => row.RowKey)],
            outcome?.ETag);
    }

    /// <summary>All rows of one kind in a period: outcomes, invoices, holds, outbox entries or what is to be written back.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(Period period, CancellationToken cancellationToken)
    {
        var (partition, kind) = (Keys.BillPartition(period), typeof(T).Name);
        var rows = await JsonRow.ListAsync(storage.Bills, TableClient.CreateQueryFilter($"PartitionKey eq {partition} and Kind eq {kind}"), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(JsonRow.Value<T>)];
    }

    /// <summary>Writes how a client stands when there is nothing to issue, or when something came late.</summary>
    public Task WriteOutcomeAsync(ClientOutcome outcome, IReadOnlyList<Hold> holds, IReadOnlyList<string> staleHolds, CancellationToken cancellationToken) =>
        WriteAsync([Upsert(Row(Keys.ClientRow(outcome.ClientId), outcome.Period, outcome))], outcome.Period, holds, staleHolds, () => Task.FromResult(true), cancellationToken);

    /// <summary>Writes how a client stands whose invoices wait, or waited, unless somebody else has written it since: a close must not undo an approval.</summary>
    /// <param name="seen">The tag of the row that was looked at; null where there was none.</param>
    /// <returns>False when it was written since; then it has to be looked at once more.</returns>
    public async Task<bool> TryWriteOutcomeAsync(ClientOutcome outcome, ETag? seen, IReadOnlyList<Hold> holds, IReadOnlyList<string> staleHolds, CancellationToken cancellationToken)
    {
        var row = Row(Keys.ClientRow(outcome.ClientId), outcome.Period, outcome);
        try
        {
            return await WriteAsync(
                [seen is { } tag ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, tag) : Add(row)], outcome.Period, holds, staleHolds,
                async () => (await ClientRowsAsync(outcome.Period, outcome.ClientId, cancellationToken).ConfigureAwait(false)).Tag == seen, cancellationToken).ConfigureAwait(false);
        }
        catch (TableTransactionFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Issues a client's invoices: outcome, invoices, outbox rows and what is to be written back in one transaction.</summary>
    /// <returns>False when they were issued before; then nothing is written.</returns>
    public async Task<bool> IssueAsync(
        ClientOutcome outcome, IReadOnlyList<IssuedInvoice> invoices, IReadOnlyList<WriteBack> writeBacks, IReadOnlyList<Hold> holds, IReadOnlyList<string> staleHolds,
        CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions = [Upsert(Row(Keys.ClientRow(outcome.ClientId), outcome.Period, outcome)), .. writeBacks.Select(value => Add(WriteBackStore.Row(value)))];
        foreach (var invoice in invoices)
        {
            var entry = new OutboxEntry(invoice.Period, invoice.ClientId, invoice.Currency, invoice.Number, SyncState.Pending) { Part = invoice.Part };
            actions.Add(Add(Row(Keys.InvoiceRow(invoice.ClientId, invoice.Currency, invoice.Part), invoice.Period, invoice)));
            actions.Add(Add(Row(Keys.OutboxRow(invoice.ClientId, invoice.Currency, null, invoice.Part), invoice.Period, entry)));
        }

        try
        {
            return await WriteAsync(
                actions, outcome.Period, holds, staleHolds,
                async () => (await ClientRowsAsync(outcome.Period, outcome.ClientId, cancellationToken).ConfigureAwait(false)).Invoices.Count == 0, cancellationToken).ConfigureAwait(false);
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <param name="creditNote">The number of a credit note; null for the invoice.</param>
    /// <param name="part">Which of the client's invoices in the currency; null for the only one.</param>
    public async Task<(OutboxEntry Entry, ETag Tag)?> OutboxAsync(Period period, string clientId, Currency currency, string? creditNote, string? part, CancellationToken cancellationToken)
    {
        var (entry, tag) = await JsonRow.FindAsync<OutboxEntry>(storage.Bills, Keys.BillPartition(period), Keys.OutboxRow(clientId, currency, creditNote, part), cancellationToken).ConfigureAwait(false);
        return entry is null ? null : (entry, tag);
    }

    /// <exception cref="RequestFailedException">412: somebody else has changed the entry.</exception>
    public Task UpdateOutboxAsync(OutboxEntry entry, ETag tag, CancellationToken cancellationToken) =>
        storage.Bills.UpdateEntityAsync(Row(Keys.OutboxRow(entry.ClientId, entry.Currency, entry.Credits is null ? null : entry.Number, entry.Part), entry.Period, entry), tag, TableUpdateMode.Replace, cancellationToken);

    public async Task<IssuedInvoice?> InvoiceAsync(Period period, string clientId, Currency currency, string? part, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<IssuedInvoice>(storage.Bills, Keys.BillPartition(period), Keys.InvoiceRow(clientId, currency, part), cancellationToken).ConfigureAwait(false)).Value;

    public Task PutPdfAsync(Period period, string number, byte[] pdf, CancellationToken cancellationToken) =>
        storage.Documents.GetBlobClient(Keys.PdfBlob(period, number)).UploadAsync(
            BinaryData.FromBytes(pdf), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/pdf" } }, cancellationToken);

    /// <param name="mayWrite">Asked when it takes more than one transaction, before the first.</param>
    private async Task<bool> WriteAsync(
        List<TableTransactionAction> actions, Period period, IReadOnlyList<Hold> holds, IReadOnlyList<string> staleHolds, Func<Task<bool>> mayWrite, CancellationToken cancellationToken)
    {
        var rows = holds.Select(h => Row(Keys.HoldRow(h.ClientId, h.Activity), period, h)).ToList();
        var current = rows.Select(r => r.RowKey).ToHashSet();
        var stale = staleHolds.Where(key => !current.Contains(key)).ToList();
        try
        {
            return await WriteAsync(actions, period, rows, stale, mayWrite, cancellationToken).ConfigureAwait(false);
        }
        catch (TableTransactionFailedException e) when (e.Status == 404)
        {
            // Another close of the period was first to remove a hold.
            var there = await HoldKeysAsync(period, cancellationToken).ConfigureAwait(false);
            return await WriteAsync(actions, period, rows, stale.Where(there.Contains), mayWrite, cancellationToken).ConfigureAwait(false);
        }
    }

    // What does not fit beside the outcome goes first: until the outcome is written, holds are of a period that is still being closed.
    private async Task<bool> WriteAsync(
        List<TableTransactionAction> actions, Period period, IEnumerable<TableEntity> holds, IEnumerable<string> staleHolds, Func<Task<bool>> mayWrite, CancellationToken cancellationToken)
    {
        var partition = Keys.BillPartition(period);
        List<TableTransactionAction> changes =
        [
            .. holds.Select(Upsert),
            .. staleHolds.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)),
        ];
        var bytes = 0;
        var fitting = changes.Take(MostRows - actions.Count).TakeWhile(change => (bytes += JsonRow.SizeOf((TableEntity)change.Entity)) <= MostHoldBytes).Count();
        if (fitting < changes.Count && !await mayWrite().ConfigureAwait(false))
        {
            return false;
        }

        await JsonRow.SubmitAsync(storage.Bills, changes.Skip(fitting), 1, cancellationToken).ConfigureAwait(false);
        await storage.Bills.SubmitTransactionAsync([.. actions, .. changes.Take(fitting)], cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<HashSet<string>> HoldKeysAsync(Period period, CancellationToken cancellationToken)
    {
        var (partition, kind) = (Keys.BillPartition(period), nameof(Hold));
        var rows = await JsonRow.ListAsync(storage.Bills, TableClient.CreateQueryFilter($"PartitionKey eq {partition} and Kind eq {kind}"), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.RowKey)];
    }

    private async Task PutAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await storage.BillBlobs.GetBlobClient(name)
                .UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // The same is there already.
        }
    }

    private static async Task<byte[]?> FindAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false)).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    internal static TableEntity Row<T>(string rowKey, Period period, T value)
    {
        var row = JsonRow.Of(Keys.BillPartition(period), rowKey, value);
        row["Kind"] = typeof(T).Name;
        return row;
    }

    private static bool Is<T>(TableEntity row) => row.GetString("Kind") == typeof(T).Name;

    private static TableTransactionAction Upsert(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
}
