using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>Everything that lies in a test's storage, read past the program: rows without their timestamps, blobs by hash, messages by count.</summary>
/// <remarks>Exports that tell no time of their own are as old as their import: that of one storage is not that of another.</remarks>
internal static partial class StoredContent
{
    public static async Task<SortedDictionary<string, string>> ReadAsync(AzuriteFixture azurite, TestStorage storage)
    {
        var token = TestContext.Current.CancellationToken;
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var tables = new TableServiceClient(azurite.ConnectionString);
        await foreach (var table in tables.QueryAsync(cancellationToken: token))
        {
            if (!table.Name.StartsWith(storage.Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: token))
            {
                var values = row.Where(p => p.Key is not ("odata.etag" or "Timestamp")).OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => $"{p.Key}={(p.Value is byte[] bytes ? Convert.ToHexString(SHA256.HashData(WithoutArrival(row, bytes))) : p.Value)}");
                content[$"{table.Name[storage.Prefix.Length..]}/{row.PartitionKey}/{row.RowKey}"] = string.Join('\n', values);
            }
        }

        var blobs = new BlobServiceClient(azurite.ConnectionString);
        await foreach (var container in blobs.GetBlobContainersAsync(prefix: storage.Prefix, cancellationToken: token))
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: token))
            {
                var bytes = (await client.GetBlobClient(blob.Name).DownloadContentAsync(token)).Value.Content;
                content[$"{container.Name[storage.Prefix.Length..]}/{blob.Name}"] = Convert.ToHexString(SHA256.HashData(bytes));
            }
        }

        var queues = new QueueServiceClient(azurite.ConnectionString);
        await foreach (var queue in queues.GetQueuesAsync(prefix: storage.Prefix, cancellationToken: token))
        {
            var properties = await queues.GetQueueClient(queue.Name).GetPropertiesAsync(token);
            content[$"{queue.Name[storage.Prefix.Length..]} messages"] = $"{properties.Value.ApproximateMessagesCount}";
        }

        return content;
    }

    private static byte[] WithoutArrival(TableEntity row, byte[] bytes) => bytes.AsSpan().StartsWith("{\"$type\":\"usage\""u8) || row.PartitionKey.StartsWith("focus|", StringComparison.Ordinal)
        ? Encoding.UTF8.GetBytes(Revision().Replace(Encoding.UTF8.GetString(bytes), ""))
        : bytes;

    [GeneratedRegex("\"revision\":\"[^\"]*\",?")]
    private static partial Regex Revision();
}
