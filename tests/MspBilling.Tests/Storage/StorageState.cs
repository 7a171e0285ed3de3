using Azure.Data.Tables;
using Azure.Storage.Blobs;
using MspBilling.Adapters.Storage;
using Xunit;

namespace MspBilling.Tests.Storage;

/// <summary>
/// All rows and blobs of a storage, to which it can be brought back: a month that many tests of one kind begin with is imported and closed once.
/// Only what changed is written. Messages stay as they are.
/// </summary>
internal sealed class StorageState
{
    private readonly TestStorage _storage;
    private readonly List<(TableClient Table, Dictionary<(string, string), TableEntity> Rows)> _tables = [];
    private readonly List<(BlobContainerClient Container, Dictionary<string, (string Tag, BinaryData Content)> Blobs)> _containers = [];

    private StorageState(TestStorage storage) => _storage = storage;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BillingStorage Billing => _storage.Get<BillingStorage>();

    private TableClient[] Tables => [Billing.Imports, Billing.References, Billing.Activities, Billing.Locations, Billing.Bills, Billing.Numbers, Billing.Runs, Billing.Ledger];

    private BlobContainerClient[] Containers => [Billing.RawPayloads, Billing.BillBlobs, Billing.Documents, Billing.AccountingFiles];

    public static async Task<StorageState> TakeAsync(TestStorage storage)
    {
        var state = new StorageState(storage);
        foreach (var table in state.Tables)
            state._tables.Add((table, await RowsAsync(table)));

        foreach (var container in state.Containers)
        {
            var blobs = new Dictionary<string, (string, BinaryData)>();
            foreach (var (name, tag) in await TagsAsync(container))
                blobs.Add(name, (tag, (await container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content));
            state._containers.Add((container, blobs));
        }

        return state;
    }

    public async Task RestoreAsync()
    {
        foreach (var (table, rows) in _tables)
        {
            var now = await RowsAsync(table);
            List<TableTransactionAction> actions =
            [
                .. now.Where(row => !rows.ContainsKey(row.Key)).Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row.Value)),
                .. rows.Where(row => !now.TryGetValue(row.Key, out var same) || same.ETag != row.Value.ETag).Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.Value)),
            ];
            await JsonRow.SubmitAsync(table, actions, 4, Token);
            foreach (var (key, row) in await RowsAsync(table))
                rows[key].ETag = row.ETag;
        }

        foreach (var (container, blobs) in _containers)
        {
            var now = await TagsAsync(container);
            foreach (var name in now.Keys.Except(blobs.Keys))
                await container.DeleteBlobAsync(name, cancellationToken: Token);
            foreach (var (name, blob) in blobs.Where(blob => now.GetValueOrDefault(blob.Key) != blob.Value.Tag))
                await container.GetBlobClient(name).UploadAsync(blob.Content, overwrite: true, Token);
            foreach (var (name, tag) in await TagsAsync(container))
                blobs[name] = (tag, blobs[name].Content);
        }
    }

    private static async Task<Dictionary<(string, string), TableEntity>> RowsAsync(TableClient table) =>
        (await StorageSnapshot.RowsAsync(table)).ToDictionary(row => (row.PartitionKey, row.RowKey));

    private static async Task<Dictionary<string, string>> TagsAsync(BlobContainerClient container)
    {
        var tags = new Dictionary<string, string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Token))
            tags.Add(blob.Name, blob.Properties.ETag?.ToString() ?? "");
        return tags;
    }
}
