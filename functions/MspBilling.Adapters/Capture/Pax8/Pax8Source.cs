using MspBilling.Adapters.Http;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>The marketplace Pax8, by its partner interface: what companies have, and what Pax8 charges the partner for it.</summary>
public sealed class Pax8Source : IRecordSource, IDisposable
{
    private readonly AccessTokens _tokens;
    private readonly SubscriptionFeed _subscriptions;
    private readonly InvoiceItemFeed _items;
    private readonly UsageFeed _usage;

    public Pax8Source(Pax8Options options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wire = new Pax8Wire(options, http);
        _tokens = Pax8Token.Tokens(options, wire, clock);
        var client = new Pax8Client(options, wire, _tokens);
        _subscriptions = new SubscriptionFeed(options, client, wire, clock);
        _items = new InvoiceItemFeed(options, client, wire, clock);
        _usage = new UsageFeed(options, client, wire, clock);
        Feeds = [_subscriptions.Feed, _items.Feed, .. options.UsageLines ? [_usage.Feed] : (RecordFeed[])[]];
    }

    public string Name => Pax8Files.SourceName;

    public IReadOnlyList<RecordFeed> Feeds { get; }

    public IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, CancellationToken cancellationToken) => NameOf(feed) switch
    {
        Pax8Files.Subscriptions => _subscriptions.PullAsync(cancellationToken),
        Pax8Files.InvoiceItems => _items.PullAsync(cancellationToken),
        _ => _usage.PullAsync(cancellationToken),
    };

    public Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(externalId);
        return NameOf(feed) switch
        {
            Pax8Files.Subscriptions => throw new NotSupportedException("Counts are of a day that is over: none is asked for again."),
            Pax8Files.InvoiceItems => _items.FetchAsync(externalId, cancellationToken),
            _ => _usage.FetchAsync(externalId, cancellationToken),
        };
    }

    public IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, CancellationToken cancellationToken) => NameOf(feed) switch
    {
        Pax8Files.Subscriptions => throw new NotSupportedException("Counts are of a day that is over: they are not swept."),
        Pax8Files.InvoiceItems => _items.IdsAsync(days, cancellationToken),
        _ => _usage.IdsAsync(days, cancellationToken),
    };

    public void Dispose() => _tokens.Dispose();

    private string NameOf(RecordFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return Feeds.Any(known => known.Name == feed.Name) ? feed.Name : throw new ArgumentException($"Pax8 has no feed {feed.Name}.", nameof(feed));
    }
}
