using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace MspBilling.Adapters.Storage;

public enum DropState
{
    Imported,

    /// <summary>Left aside until it is changed.</summary>
    Refused,
}

/// <summary>A blob of the drop.</summary>
/// <param name="Name">With its folders.</param>
public sealed record DroppedBlob(string Name, string Tag, DateTimeOffset Changed, long Length, bool IsLeased);

/// <summary>What became of a blob, or of an export of several.</summary>
/// <param name="Name">The blob's, or the manifest's.</param>
/// <param name="Tag">Of the version of it that was looked at.</param>
/// <param name="Problems">Why it was refused.</param>
public sealed record Dropped(string Name, string Tag, DropState State, DateTimeOffset At, IReadOnlyList<string> Problems);

/// <summary>The container that clouds and people put files into, and what became of each; the files stay where they are.</summary>
public sealed class DropStore(BillingStorage storage)
{
    public string Container => storage.Drop.Name;

    public async Task<IReadOnlyList<DroppedBlob>> ListAsync(CancellationToken cancellationToken)
    {
        var blobs = new List<DroppedBlob>();
        await foreach (var blob in storage.Drop.GetBlobsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var properties = blob.Properties;
            blobs.Add(new DroppedBlob(blob.Name, properties.ETag.ToString() ?? "", properties.LastModified ?? default, properties.ContentLength ?? 0, properties.LeaseState == LeaseState.Leased));
        }

        return blobs;
    }

    /// <summary>A blob's bytes as they were listed, in a temporary file; null when it was changed or deleted since.</summary>
    public async Task<Stream?> OpenAsync(DroppedBlob blob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        var file = TemporaryFile.Create();
        try
        {
            var options = new BlobDownloadToOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag(blob.Tag) } };
            await storage.Drop.GetBlobClient(blob.Name).DownloadToAsync(file, options, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return file;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<IReadOnlyList<Dropped>> StatesAsync(CancellationToken cancellationToken) =>
    [
        .. (await JsonRow.ListPartitionAsync(storage.Imports, Keys.DropPartition, cancellationToken).ConfigureAwait(false))
            .Select(JsonRow.Value<Dropped>).OrderBy(state => state.Name, StringComparer.Ordinal),
    ];

    public Task WriteAsync(Dropped state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        return storage.Imports.UpsertEntityAsync(JsonRow.Of(Keys.DropPartition, Keys.DropRow(state.Name), state), TableUpdateMode.Replace, cancellationToken);
    }
}
