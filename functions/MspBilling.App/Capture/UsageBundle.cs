using System.IO.Compression;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Puts the parts of an export into one file, which is imported and kept as one.</summary>
public static class UsageBundle
{
    // The same parts are the same file, whenever and in whatever order they are put together.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="parts">By their names; the streams are read and closed one after the other.</param>
    /// <returns>A zip file at its beginning, in a temporary file; null where a part is not there any more.</returns>
    public static async Task<Stream?> CreateAsync(IEnumerable<(string Name, Func<Task<Stream?>> Open)> parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var file = TemporaryFile.Create();
        try
        {
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, open) in parts.OrderBy(part => part.Name != UsageFile.ManifestName).ThenBy(part => part.Name, StringComparer.Ordinal))
                {
                    using var content = await open().ConfigureAwait(false);
                    if (content is null)
                    {
                        await file.DisposeAsync().ConfigureAwait(false);
                        return null;
                    }

                    var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                    entry.LastWriteTime = NoTime;
                    using var target = entry.Open();
                    await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
                }
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
