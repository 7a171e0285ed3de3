using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using MspBilling.Adapters.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>A record that webhooks told of and that was not fetched since.</summary>
/// <param name="NotedAt">When the last of them came.</param>
/// <param name="DueAt">When a message for it is or was to be seen.</param>
/// <param name="Failure">Why it could not be fetched, the last time.</param>
/// <param name="IsGivenUp">Whether it waits for a person.</param>
public sealed record WaitingRecord(WebhookRecord Record, DateTimeOffset NotedAt, DateTimeOffset DueAt, int Tries = 0, string? Failure = null, bool IsGivenUp = false);

/// <summary>Events of a kind that tells of nothing that is pulled.</summary>
/// <param name="LastKey">Names the body of the last one.</param>
public sealed record WebhookNote(string What, DateTimeOffset LastAt, string LastKey);

/// <summary>What webhooks told: events by what tells them apart, and the records that wait because of them.</summary>
/// <remarks>
/// All of a source in one partition, so that an event and the records that it tells of are written together, and once. Several events of a
/// record are one row that waits. Bodies are kept as they came, for as long as the events are remembered: with the event where a property holds them,
/// so that an event is kept by one request, and larger ones in a blob.
/// </remarks>
public sealed class WebhookStore(BillingStorage storage)
{
    private const char Events = 'E';
    private const char Waiting = 'R';
    private const char Notes = 'N';
    private const string ReceivedAt = "ReceivedAt";
    private const string Body = "Body";

    // What a property holds (Azure Table storage, "Understanding the Table service data model").
    private const int MostBodyBytes = 64 * 1024;

    // With the event's own a transaction has at most 100 rows.
    private const int MostRecords = 99;

    // Who answers webhooks comes between.
    private const int Parallel = 4;

    private sealed record Event(string Key, string What);

    /// <summary>Keeps an event that was not received before.</summary>
    /// <param name="due">When its records are to be fetched.</param>
    /// <returns>False for one that was.</returns>
    public async Task<bool> AddAsync(string source, string key, WebhookEvent told, ReadOnlyMemory<byte> body, DateTimeOffset now, DateTimeOffset due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(told);
        var (added, rows) = RowsOf(source, key, told, now, due);
        if (body.Length <= MostBodyBytes)
            ((TableEntity)added.Entity)[Body] = body.ToArray();
        else
            await KeepAsync(Keys.WebhookBlob(source, key), body, cancellationToken).ConfigureAwait(false);

        // The event comes with the last of them: cut short before, it is taken for new when it is sent again.
        foreach (var some in rows.SkipLast(MostRecords).Chunk(MostRecords))
            await storage.Webhooks.SubmitTransactionAsync(some, cancellationToken).ConfigureAwait(false);
        try
        {
            await storage.Webhooks.SubmitTransactionAsync([added, .. rows.TakeLast(MostRecords)], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Goes the way of <see cref="AddAsync"/> without keeping anything, so that the first event does not wait for connections and for code to be compiled.</summary>
    public async Task WarmUpAsync(string source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var (added, rows) = RowsOf(source, "", new WebhookEvent("", now, "", [new WebhookRecord("", "")]), now, now);
            var missing = new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Keys.WebhookPartition(source), Keys.WebhookNoteRow("")), ETag.All);
            await storage.Webhooks.SubmitTransactionAsync([added, .. rows, missing], cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // No event is called so, and what fails in part is not done at all.
        }
    }

    /// <summary>What waits of some records.</summary>
    public async Task<IReadOnlyList<(WaitingRecord Waiting, ETag Tag)>> FindAsync(string source, IEnumerable<WebhookRecord> records, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<(WaitingRecord, ETag)>();
        await System.Threading.Tasks.Parallel.ForEachAsync(records, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (record, token) =>
        {
            if (await JsonRow.FindAsync<WaitingRecord>(storage.Webhooks, Keys.WebhookPartition(source), RowOf(record), token).ConfigureAwait(false) is ({ } waiting, var tag))
                found.Add((waiting, tag));
        }).ConfigureAwait(false);
        return [.. found];
    }

    /// <summary>Notes that records were fetched; one of which another event came meanwhile waits on.</summary>
    public async Task RemoveAsync(string source, IEnumerable<(WaitingRecord Waiting, ETag Tag)> fetched, CancellationToken cancellationToken)
    {
        foreach (var some in fetched.Chunk(MostRecords))
        {
            try
            {
                await storage.Webhooks.SubmitTransactionAsync(
                    some.Select(each => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Keys.WebhookPartition(source), RowOf(each.Waiting.Record)), each.Tag)), cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // One that is not as it was stops them all.
                foreach (var (waiting, tag) in some)
                    await IfUnchangedAsync(() => storage.Webhooks.DeleteEntityAsync(Keys.WebhookPartition(source), RowOf(waiting.Record), tag, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Changes what is known of a record that waits; where another event came meanwhile, that is what is known.</summary>
    public Task ChangeAsync(string source, WaitingRecord waiting, ETag tag, CancellationToken cancellationToken) => IfUnchangedAsync(() => storage.Webhooks.UpdateEntityAsync(
        JsonRow.Of(Keys.WebhookPartition(source), RowOf(waiting.Record), waiting), tag, TableUpdateMode.Replace, cancellationToken));

    /// <summary>All that waits, longest first.</summary>
    public async Task<IReadOnlyList<(WaitingRecord Waiting, ETag Tag)>> WaitingAsync(string source, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(source, Waiting, cancellationToken).ConfigureAwait(false)).Select(row => (JsonRow.Value<WaitingRecord>(row), row.ETag)).OrderBy(each => each.Item1.NotedAt)];

    /// <summary>The kinds of events that tell of nothing that is pulled, the latest first.</summary>
    public async Task<IReadOnlyList<WebhookNote>> NotesAsync(string source, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(source, Notes, cancellationToken).ConfigureAwait(false)).Select(JsonRow.Value<WebhookNote>).OrderByDescending(note => note.LastAt)];

    /// <summary>Forgets events that were received before a moment, with their bodies.</summary>
    public async Task<int> ForgetAsync(string source, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.WebhookRowsOf(Events);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.WebhookPartition(source)} and RowKey ge {from} and RowKey lt {to} and ReceivedAt lt {before}");
        var rows = await JsonRow.ListAsync(storage.Webhooks, filter, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows.Where(row => !row.ContainsKey(Body)))
            await storage.WebhookBodies.DeleteBlobIfExistsAsync(Keys.WebhookBlob(source, JsonRow.Value<Event>(row).Key), cancellationToken: cancellationToken).ConfigureAwait(false);
        await JsonRow.SubmitAsync(storage.Webhooks, rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), 1, cancellationToken).ConfigureAwait(false);
        return rows.Count;
    }

    private static (TableTransactionAction Added, List<TableTransactionAction> Rows) RowsOf(string source, string key, WebhookEvent told, DateTimeOffset now, DateTimeOffset due)
    {
        var partition = Keys.WebhookPartition(source);
        var added = JsonRow.Of(partition, Keys.WebhookRow(key), new Event(key, told.What));
        added[ReceivedAt] = now;
        var rows = told.Records.Select(record => Put(JsonRow.Of(partition, RowOf(record), new WaitingRecord(record, now, due)))).ToList();
        if (rows.Count == 0)
            rows.Add(Put(JsonRow.Of(partition, Keys.WebhookNoteRow(told.What), new WebhookNote(told.What, now, key))));
        return (new TableTransactionAction(TableTransactionActionType.Add, added), rows);
    }

    private static string RowOf(WebhookRecord record) => Keys.WaitingRow(record.Feed, record.ExternalId, record.IsDeletion);

    private static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static async Task IfUnchangedAsync(Func<Task> change)
    {
        try
        {
            await change().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // An event came in between, and is waited for by a message of its own; or another was first.
        }
    }

    private async Task KeepAsync(string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await storage.WebhookBodies.GetBlobClient(name)
                .UploadAsync(BinaryData.FromBytes(body), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // It was delivered before.
        }
    }

    private Task<List<TableEntity>> RowsAsync(string source, char kind, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.WebhookRowsOf(kind);
        return JsonRow.ListAsync(storage.Webhooks, TableClient.CreateQueryFilter($"PartitionKey eq {Keys.WebhookPartition(source)} and RowKey ge {from} and RowKey lt {to}"), cancellationToken);
    }
}
