using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MspBilling.Adapters.Http;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>HaloPSA, by its REST interface.</summary>
public sealed class HaloPsaSource : IRecordSource, IInvoiceReferenceWriter, IDisposable
{
    private readonly AccessTokens _tokens;
    private readonly HaloWire _wire;
    private readonly HaloInvoiceReferences _references;
    private readonly Dictionary<string, HaloFeed> _feeds;

    public HaloPsaSource(HaloPsaOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _wire = new HaloWire(options, http);
        _tokens = HaloToken.Tokens(options, _wire, clock);
        var client = new HaloClient(options, _wire, _tokens);
        _references = new HaloInvoiceReferences(client, _wire, options);
        HaloFeed[] feeds =
        [
            new ClientFeed(client, options),
            new AgentFeed(client, options),
            new ChargeRateFeed(client, options),
            new ContractFeed(client, options),
            new RecurringInvoiceFeed(client, options),
            new TicketFeed(client, options),
            new ProjectFeed(client, options),
            new AssetFeed(client, options),
            options.IsFromActions ? new ActionFeed(client, options, clock) : new TimesheetEventFeed(client, options, clock, _wire),
        ];
        _feeds = feeds.ToDictionary(feed => feed.Feed.Name, StringComparer.Ordinal);
        Feeds = [.. feeds.Select(feed => feed.Feed)];
    }

    public string Name => HaloFields.SourceName;

    public bool IsAsked => _references.IsAsked;

    public IReadOnlyList<RecordFeed> Feeds { get; }

    public IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, CancellationToken cancellationToken) =>
        NamedAsync(feed, Of(feed).PullAsync(changedSince, cancellationToken), cancellationToken);

    public async Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(externalId);
        if (await Of(feed).FetchAsync(externalId, cancellationToken).ConfigureAwait(false) is not { } content)
            return null;

        // The page is of the record that it stands in: a project that is there may have the milestone no more. What cannot be read may be it.
        var page = new RecordPage($"{HaloFiles.FileName(feed.Name)}.json", content);
        var read = Read(feed, page);
        return read.Problems.Count > 0 || read.Records.Any(record => record.Id.ExternalId == externalId || record.Id.ExternalId.StartsWith(externalId + "/", StringComparison.Ordinal)) ? page : null;
    }

    public async IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in NamedAsync(feed, Of(feed).SweepAsync(days, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            var read = Read(feed, page);
            if (read.Problems.Count > 0)
                throw _wire.Malformed($"A record of HaloPSA cannot be read, so that which of its {feed.Name} are gone is not looked for: {read.Problems[0]}");

            foreach (var record in read.Records.Where(record => record.Id.Kind == feed.Swept))
                yield return record.Id.ExternalId;
        }
    }

    public Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken) =>
        _references.WriteAsync(activity, invoiceNumber, cancellationToken);

    public void Dispose() => _tokens.Dispose();

    private static ImportResult Read(RecordFeed feed, RecordPage page)
    {
        var bytes = MemoryMarshal.TryGetArray(page.Content, out var segment) ? segment : page.Content.ToArray();
        using var content = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        return ImportReader.Read(page.Name, feed.Format, content);
    }

    private static async IAsyncEnumerable<RecordPage> NamedAsync(RecordFeed feed, IAsyncEnumerable<ReadOnlyMemory<byte>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return new RecordPage(string.Create(CultureInfo.InvariantCulture, $"{HaloFiles.FileName(feed.Name)}@{++number}.json"), page);
    }

    private HaloFeed Of(RecordFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return _feeds.GetValueOrDefault(feed.Name) ?? throw new ArgumentException($"HaloPSA has no feed {feed.Name}.", nameof(feed));
    }
}
