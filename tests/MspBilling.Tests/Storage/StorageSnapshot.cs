using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Storage;

/// <summary>What lies in a storage: each row's JSON and each blob's hash, by name.</summary>
internal static partial class StorageSnapshot
{
    /// <summary>Everything but the rows of runs, which say when they were last looked at.</summary>
    public static Task<SortedDictionary<string, string>> EverythingAsync(TestStorage storage)
    {
        var billing = storage.Get<BillingStorage>();
        return TakeAsync(
            [billing.Imports, billing.References, billing.Activities, billing.Locations, billing.Bills, billing.Numbers],
            [billing.RawPayloads, billing.BillBlobs, billing.Documents, billing.AccountingFiles]);
    }

    /// <summary>What a close leaves: activities in their places, outcomes, invoices, holds, outbox, numbers, bills, documents, accounting files.</summary>
    /// <remarks>Exports that tell no time of their own are as old as their import: that of one storage is not that of another.</remarks>
    public static async Task<SortedDictionary<string, string>> ResultsAsync(TestStorage storage)
    {
        var billing = storage.Get<BillingStorage>();
        var taken = await TakeAsync([billing.Activities, billing.Bills, billing.Numbers], [billing.BillBlobs, billing.Documents, billing.AccountingFiles]);
        foreach (var (name, text) in taken.Where(item => item.Value.StartsWith("{\"$type\":\"usage\"", StringComparison.Ordinal)).ToList())
            taken[name] = Revision().Replace(text, "");
        return taken;
    }

    public static void AssertSame(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
    {
        Assert.Empty(expected.Keys.Except(actual.Keys));
        Assert.Empty(actual.Keys.Except(expected.Keys));
        Assert.All(expected, item => Assert.Equal(item, KeyValuePair.Create(item.Key, actual[item.Key])));
    }

    public static async Task<List<TableEntity>> RowsAsync(TableClient table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }

    public static async Task<List<string>> NamesAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
            names.Add(blob.Name);
        return names;
    }

    private static async Task<SortedDictionary<string, string>> TakeAsync(TableClient[] tables, BlobContainerClient[] containers)
    {
        var taken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            // The names of two storages differ in what stands before the table's own name.
            var name = new string([.. table.Name.SkipWhile((_, index) => index < 13)]);
            foreach (var row in await RowsAsync(table))
                taken.Add($"{name}: {row.PartitionKey} {row.RowKey}", Text(row));
        }

        foreach (var container in containers)
        {
            var blobs = (await NamesAsync(container)).Select(async name =>
                (Name: name, Content: await container.GetBlobClient(name).DownloadContentAsync(TestContext.Current.CancellationToken)));
            foreach (var (name, content) in await Task.WhenAll(blobs))
                taken.Add($"{container.Name[13..]}: {name}", RecordJson.Hash(content.Value.Content));
        }

        return taken;
    }

    private static string Text(TableEntity row) => string.Concat(
        row.Where(p => p.Value is byte[]).OrderBy(p => p.Key.Length).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => Encoding.UTF8.GetString((byte[])p.Value)))
        + (row.GetString("Kind") ?? "");

    [GeneratedRegex("\"revision\":\"[^\"]*\",?")]
    private static partial Regex Revision();
}
