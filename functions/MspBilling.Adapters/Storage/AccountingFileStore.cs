using Azure;
using Azure.Storage.Blobs.Models;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Import files for accounting systems, each written once.</summary>
public sealed class AccountingFileStore(BillingStorage storage)
{
    /// <returns>The file's name in the container.</returns>
    /// <exception cref="InvalidOperationException">A file of this number is there already, with other content.</exception>
    public async Task<string> PutOnceAsync(string system, Period period, string number, byte[] content, CancellationToken cancellationToken)
    {
        var name = Keys.AccountingFileBlob(system, period, number);
        var blob = storage.AccountingFiles.GetBlobClient(name);
        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                HttpHeaders = new BlobHttpHeaders { ContentType = "text/csv; charset=utf-8" },
            };
            await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var there = await blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            if (!there.Value.Content.ToMemory().Span.SequenceEqual(content))
            {
                throw new InvalidOperationException($"{name} exists with other content. Compare the two and delete the file if it was not imported yet.");
            }
        }

        return name;
    }

    /// <summary>All files of a period, by name.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ListAsync(string system, Period period, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var blob in storage.AccountingFiles.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{system}/{period}/", cancellationToken).ConfigureAwait(false))
        {
            var content = await storage.AccountingFiles.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            files[blob.Name] = content.Value.Content.ToArray();
        }

        return files;
    }
}
