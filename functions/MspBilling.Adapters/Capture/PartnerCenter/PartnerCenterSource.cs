using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>Microsoft, as it bills a partner: licences in use by Partner Center, and what is charged by Microsoft Graph's billing exports.</summary>
public sealed class PartnerCenterSource : IRecordSource, IDisposable
{
    private readonly PartnerCenterOptions _options;
    private readonly TimeProvider _clock;
    private readonly PartnerWire _wire;
    private readonly PartnerClient _client;
    private readonly IReadOnlyList<ChargeFeed> _charges;
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly RecordFeed _subscriptions;

    public PartnerCenterSource(PartnerCenterOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _wire = new PartnerWire(options, http);
        var (graph, partner) = (EntraToken.Tokens(options, options.GraphScope, _wire, clock), EntraToken.Tokens(options, options.PartnerScope, _wire, clock));
        _client = new PartnerClient(options, _wire, partner);
        var months = new BilledMonths(options, _client, _wire, clock);
        var exports = new BillingExports(options, _wire, graph, clock);
        var usage = new ChargeFeed(ChargeKind.Usage, options, months, exports, clock);
        _charges = [usage, new ChargeFeed(ChargeKind.InvoiceLines, options, months, exports, clock, usage)];
        _owned = [.. _charges, graph, partner];
        _subscriptions = new RecordFeed(PartnerCenterFiles.Subscriptions, PartnerCenterFiles.Format(PartnerCenterFiles.Subscriptions)) { Every = TimeSpan.FromHours(options.RefreshHours) };
        Feeds = [_subscriptions, .. _charges.Select(charges => charges.Feed)];
    }

    public string Name => PartnerCenterFiles.SourceName;

    public IReadOnlyList<RecordFeed> Feeds { get; }

    public IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, CancellationToken cancellationToken) =>
        ChargesOf(feed) is { } charges ? charges.PullAsync(cancellationToken) : SubscriptionsAsync(cancellationToken);

    public Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(externalId);
        return ChargesOf(feed)?.FetchAsync(externalId, cancellationToken) ?? throw new NotSupportedException("Counts are of a day that is over: none is asked for again.");
    }

    public IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, CancellationToken cancellationToken) =>
        ChargesOf(feed)?.IdsAsync(days, cancellationToken) ?? throw new NotSupportedException("Counts are of a day that is over: they are not swept.");

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    private ChargeFeed? ChargesOf(RecordFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return feed.Name == _subscriptions.Name ? null
            : _charges.FirstOrDefault(charges => charges.Feed.Name == feed.Name) ?? throw new ArgumentException($"Partner Center has no feed {feed.Name}.", nameof(feed));
    }

    /// <summary>A page for each customer. One whose subscriptions may not be seen any more has none; when that is all of them, it is the app that may not.</summary>
    private async IAsyncEnumerable<RecordPage> SubscriptionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var day = _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (refused, seen) = (0, new HashSet<string>(StringComparer.Ordinal));
        await foreach (var customer in _client.CustomersAsync(cancellationToken).ConfigureAwait(false))
        {
            var id = PartnerWire.Text(customer, "id") ?? throw _wire.Malformed("Microsoft listed a customer without an id.");
            if (!seen.Add(id))
                continue;

            if (await _client.SubscriptionsAsync(id, cancellationToken).ConfigureAwait(false) is { } subscriptions)
                yield return Page(day, id, customer, subscriptions);
            else
                refused++;
        }

        if (refused > 0 && refused == seen.Count)
            throw _wire.Failure(SourceFailure.Unauthorized, "Microsoft shows the app no customer's subscriptions. Register the app in Partner Center (Account settings > App management).");
    }

    private RecordPage Page(string day, string id, JsonElement customer, IReadOnlyList<JsonElement> subscriptions)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString(SubscriptionCounts.DayName, day);
            json.WriteStartArray(SubscriptionCounts.StatesName);
            foreach (var state in _options.StatesThatCount)
                json.WriteStringValue(state);
            json.WriteEndArray();
            json.WritePropertyName(SubscriptionCounts.CustomerName);
            customer.WriteTo(json);
            json.WriteStartArray(SubscriptionCounts.ListName);
            foreach (var subscription in subscriptions)
                subscription.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new RecordPage($"{_subscriptions.Format}@{day}-{id}.json", bytes.WrittenMemory);
    }
}
