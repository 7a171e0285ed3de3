using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace MspBilling.Adapters.Storage;

/// <summary>The files that were imported and the pages that were pulled, byte by byte, and how far each import has come.</summary>
/// <remarks>
/// What is under way has a row beside its own, so that a few rows are read and not all that ever were. Both are written in one
/// transaction, when it begins and when it is done.
/// </remarks>
public sealed class RawPayloadStore(BillingStorage storage)
{
    private const string Partition = "import";

    // An import takes two rows of the hundred that a transaction may have.
    private const int MostImports = 50;

    private const long MostBytesInMemory = 16_000_000;

    /// <param name="Hash">SHA-256 of the bytes, which names the payload.</param>
    /// <param name="IsStored">False from the first write until all its records are stored.</param>
    /// <param name="IsPage">Whether it is a page of a feed, of which what can be read is taken.</param>
    /// <param name="ExportedAt">When its source made it, where something else than its bytes tells that.</param>
    public sealed record Import(string Hash, string FileName, string Format, DateTimeOffset ImportedAt, int Records, bool IsStored, bool IsPage = false, DateTimeOffset? ExportedAt = null)
    {
        internal string Row => Keys.ImportRow(Hash, IsPage || IsDeclared(Format) ? Format : null);
    }

    /// <summary>A file that was imported.</summary>
    public Task<Import?> FindAsync(string hash, CancellationToken cancellationToken) => FindRowAsync(Keys.ImportRow(hash, null), cancellationToken);

    /// <summary>A file that was imported.</summary>
    /// <param name="format">As it was given: the same bytes that are declared to be written otherwise are another import.</param>
    public Task<Import?> FindAsync(string hash, string? format, CancellationToken cancellationToken) =>
        FindRowAsync(Keys.ImportRow(hash, format is not null && IsDeclared(format) ? format : null), cancellationToken);

    /// <summary>A page that was pulled.</summary>
    public Task<Import?> FindPageAsync(string hash, string format, CancellationToken cancellationToken) => FindRowAsync(Keys.ImportRow(hash, format), cancellationToken);

    /// <summary>All imports, oldest first.</summary>
    public async Task<IReadOnlyList<Import>> ListAsync(CancellationToken cancellationToken)
    {
        var (pending, _) = Keys.PendingRows();
        return await ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {pending}"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Imports that were noted and are not stored, in the order in which they came.</summary>
    public async Task<IReadOnlyList<Import>> PendingAsync(CancellationToken cancellationToken)
    {
        var (from, to) = Keys.PendingRows();
        return await ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes that imports are under way, or that they are stored.</summary>
    /// <param name="imports">Those of one state; what is noted as stored was noted as under way.</param>
    public async Task RecordAsync(IReadOnlyCollection<Import> imports, CancellationToken cancellationToken)
    {
        foreach (var few in imports.DistinctBy(import => import.Row).Chunk(MostImports))
        {
            await storage.Imports.SubmitTransactionAsync(few.SelectMany(Actions), cancellationToken).ConfigureAwait(false);
        }
    }

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

    /// <summary>The payload's bytes as a stream that can seek, or null when they are not there any more; large ones are in a temporary file while it is open.</summary>
    public async Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        var blob = storage.RawPayloads.GetBlobClient(hash);
        Stream? content = null;
        try
        {
            var length = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value.ContentLength;
            content = length <= MostBytesInMemory ? new MemoryStream((int)length) : TemporaryFile.Create();
            await blob.DownloadToAsync(content, cancellationToken).ConfigureAwait(false);
            content.Position = 0;
            return content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            content?.Dispose();
            return null;
        }
        catch
        {
            content?.Dispose();
            throw;
        }
    }

    private static IEnumerable<TableTransactionAction> Actions(Import import)
    {
        yield return new(TableTransactionActionType.UpsertReplace, JsonRow.Of(Partition, import.Row, import));
        yield return import.IsStored
            ? new(TableTransactionActionType.Delete, new TableEntity(Partition, Keys.PendingRow(import.Row)), ETag.All)
            : new(TableTransactionActionType.UpsertReplace, JsonRow.Of(Partition, Keys.PendingRow(import.Row), import));
    }

    private static bool IsDeclared(string format) => format.Contains('?', StringComparison.Ordinal);

    private async Task<Import?> FindRowAsync(string row, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<Import>(storage.Imports, Partition, row, cancellationToken).ConfigureAwait(false)).Value;

    private async Task<IReadOnlyList<Import>> ListAsync(string filter, CancellationToken cancellationToken) =>
    [
        .. (await JsonRow.ListAsync(storage.Imports, filter, cancellationToken).ConfigureAwait(false))
            .Select(JsonRow.Value<Import>).OrderBy(i => i.ImportedAt).ThenBy(i => i.Hash, StringComparer.Ordinal),
    ];
}
