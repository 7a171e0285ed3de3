using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace MspBilling.Adapters.Storage;

/// <summary>The files that were imported, byte by byte, and how far each import has come.</summary>
public sealed class RawPayloadStore(BillingStorage storage)
{
    private const string Partition = "import";

    /// <param name="Hash">SHA-256 of the bytes, which names the payload.</param>
    /// <param name="IsStored">False from the first write until all its records are stored.</param>
    public sealed record Import(string Hash, string FileName, string Format, DateTimeOffset ImportedAt, int Records, bool IsStored);

    public async Task<Import?> FindAsync(string hash, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<Import>(storage.Imports, Partition, hash, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>All imports, oldest first.</summary>
    public async Task<IReadOnlyList<Import>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await JsonRow.ListPartitionAsync(storage.Imports, Partition, cancellationToken).ConfigureAwait(false))
            .Select(JsonRow.Value<Import>).OrderBy(i => i.ImportedAt).ThenBy(i => i.Hash, StringComparer.Ordinal),
    ];

    public Task RecordAsync(Import import, CancellationToken cancellationToken) =>
        storage.Imports.UpsertEntityAsync(JsonRow.Of(Partition, import.Hash, import), TableUpdateMode.Replace, cancellationToken);

    public async Task PutAsync(string hash, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await storage.RawPayloads.GetBlobClient(hash)
                .UploadAsync(content, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // The same bytes are there already.
        }
    }

    /// <summary>The payload's bytes, or null when they are not there any more.</summary>
    public async Task<byte[]?> FindContentAsync(string hash, CancellationToken cancellationToken)
    {
        try
        {
            return (await storage.RawPayloads.GetBlobClient(hash).DownloadContentAsync(cancellationToken).ConfigureAwait(false)).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
