using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>Keeps the bytes of pages, and reads them.</summary>
public sealed class PageKeeper(RawPayloadStore payloads, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _last;

    /// <summary>Keeps a page and reads it record by record.</summary>
    /// <returns>Null for an empty page, of which nothing is kept.</returns>
    /// <exception cref="SourceException">The page as such cannot be read.</exception>
    public async Task<KeptPage?> KeepAsync(IRecordSource source, RecordFeed feed, RecordPage page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(page);
        using var bytes = new MemoryStream(page.Content.ToArray(), writable: false);
        var content = ImportReader.ReadPage(page.Name, feed.Format, bytes);
        if (content.Broken is { } broken)
        {
            throw new SourceException(source.Name, SourceFailure.Malformed, $"A page of {feed.Name} cannot be read: {broken}. It is asked for again with the next pull.");
        }

        if (content.Records.Count == 0 && content.Unreadable.Count == 0)
        {
            return null;
        }

        bytes.Position = 0;
        return new KeptPage(await KeepAsync(page.Name, feed.Format, bytes, content.Records.Count, cancellationToken).ConfigureAwait(false), content);
    }

    /// <summary>Keeps activities that no page tells so, in our own form.</summary>
    /// <param name="name">As a file would be called.</param>
    public async Task<KeptPage> KeepAsync(string name, IReadOnlyList<Activity> activities, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(RecordsFile.Write(activities), writable: false);
        var import = await KeepAsync(name, ImportReader.RecordsFormat, bytes, activities.Count, cancellationToken).ConfigureAwait(false);
        return new KeptPage(import, new PageContent(activities, [], null));
    }

    /// <summary>Keeps what a person decided, in a form that a file of it would have.</summary>
    /// <param name="name">As a file would be called.</param>
    /// <param name="format">One of <see cref="ImportReader.Formats"/>.</param>
    /// <exception cref="InvalidOperationException">The form's own reader does not take it.</exception>
    public async Task<KeptPage> KeepAsync(string name, string format, byte[] content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(content, writable: false);
        var read = ImportReader.ReadPage(name, format, bytes);
        if (read.Broken is not null || read.Unreadable.Count > 0)
        {
            throw new InvalidOperationException($"{name} is not what {format} is: {read.Broken ?? read.Unreadable[0].Problem}");
        }

        bytes.Position = 0;
        return new KeptPage(await KeepAsync(name, format, bytes, read.Records.Count, cancellationToken).ConfigureAwait(false), read);
    }

    /// <summary>Keeps a page whose records are read already.</summary>
    public async Task<KeptPage> KeepAsync(string name, string format, byte[] content, IReadOnlyList<CapturedRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var bytes = new MemoryStream(content, writable: false);
        return new KeptPage(await KeepAsync(name, format, bytes, records.Count, cancellationToken).ConfigureAwait(false), new PageContent(records, [], null));
    }

    private async Task<RawPayloadStore.Import> KeepAsync(string name, string format, MemoryStream bytes, int records, CancellationToken cancellationToken)
    {
        var hash = RecordJson.Hash(bytes.ToArray());
        if (await payloads.FindPageAsync(hash, format, cancellationToken).ConfigureAwait(false) is null)
        {
            await payloads.PutAsync(hash, bytes, cancellationToken).ConfigureAwait(false);
        }

        return new RawPayloadStore.Import(hash, name, format, Next(), records, IsStored: false, IsPage: true);
    }

    // Pages that are finished later are finished in the order in which they came.
    private DateTimeOffset Next()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return _last = now > _last ? now : _last.AddTicks(1);
        }
    }
}
