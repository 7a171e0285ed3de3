using System.Globalization;
using System.Runtime.CompilerServices;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>ConnectWise PSA, by its REST interface 3.0.</summary>
/// <remarks>
/// A single record is asked for as a list with a condition on its id: an empty list means that it is gone, while a record that is "not found" by its
/// address may be a wrong company or codebase on the cloud, and would pass for deleted.
/// </remarks>
public sealed class ConnectWiseSource : IRecordSource, IInvoiceReferenceWriter
{
    internal const string SourceName = "connectwise";

    private const int MostReadings = 3;

    private readonly ConnectWiseClient _client;
    private readonly TimeProvider _clock;
    private readonly NestedLists _nested;
    private readonly TimePages _time;
    private readonly PageContent _pages;
    private readonly InvoiceReferences _references;

    public ConnectWiseSource(ConnectWiseOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        _client = new ConnectWiseClient(options, http);
        _clock = clock;
        _nested = new NestedLists(_client, clock);
        _time = new TimePages(_client, clock);
        _pages = new PageContent(options);
        _references = new InvoiceReferences(_client, options.InvoiceReference);
    }

    public string Name => SourceName;

    public bool IsAsked => _references.IsAsked;

    public IReadOnlyList<RecordFeed> Feeds { get; } = [.. ConnectWiseFeeds.All.Select(feed => feed.Feed)];

    public async IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = Known(feed);
        var number = 0;
        await foreach (var content in ContentsAsync(known, changedSince, cancellationToken).ConfigureAwait(false))
            yield return new RecordPage(string.Create(CultureInfo.InvariantCulture, $"{known.FileName}@{++number}.json"), content);
    }

    public async Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        var known = Known(feed);
        if (!long.TryParse(externalId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;

        ReadOnlyMemory<byte> content;
        if (known.List == ConnectWiseFeeds.TimeEntries)
        {
            var time = await _time.FetchAsync(id, cancellationToken).ConfigureAwait(false);
            if (time.Entries.Count == 0)
                return null;
            content = _pages.OfTime(time.Entries, time.Tickets);
        }
        else
        {
            var rows = known.Parents is null
                ? await OneAsync(known.List with { Conditions = Conditions.Is("id", id) }, cancellationToken).ConfigureAwait(false)
                : await _nested.FetchAsync(known, id, cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
                return null;
            content = _pages.Of(known, rows);
        }

        return new RecordPage(string.Create(CultureInfo.InvariantCulture, $"{known.FileName}@id-{id}.json"), content);
    }

    public async IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = Known(feed);
        if (known.Parents is not null)
        {
            await foreach (var id in _nested.IdsAsync(known, cancellationToken).ConfigureAwait(false))
                yield return id.ToString(CultureInfo.InvariantCulture);
            yield break;
        }

        var all = known.List with { Conditions = known.DateField is { } field ? Dated(field, days) : null, Fields = "id" };
        await foreach (var answer in _client.AllAsync(all, cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in answer.Rows)
                yield return row.Id.ToString(CultureInfo.InvariantCulture);
        }
    }

    public Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken) =>
        _references.WriteAsync(activity, invoiceNumber, cancellationToken);

    private static ConnectWiseFeed Known(RecordFeed feed) => ConnectWiseFeeds.All.Single(known => known.Feed.Name == feed.Name);

    // A webhook asks at once for what has just changed: what could change once more in the same second is read again in the next.
    private async Task<IReadOnlyList<Row>> OneAsync(ListQuery query, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var answer = await _client.ListAsync(query, cancellationToken).ConfigureAwait(false);
            if (reading == MostReadings || !answer.Rows.Any(answer.MayStillChange))
                return answer.Rows;
            await Task.Delay(Conditions.Second, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // Days are the client's, times the vendor's in UTC: a day more on each side has all of them, and an id too many does no harm.
    private static string? Dated(string field, Period days) => Conditions.All(
        days.Start > DateOnly.MinValue.AddDays(1) ? Conditions.From(field, Midnight(days.Start.AddDays(-1))) : null,
        days.End < Period.NoEnd.AddDays(-1) ? Conditions.Before(field, Midnight(days.End.AddDays(1))) : null);

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ContentsAsync(ConnectWiseFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (feed.List == ConnectWiseFeeds.TimeEntries)
        {
            await foreach (var page in _time.PullAsync(changedSince, cancellationToken).ConfigureAwait(false))
            {
                if (page.Entries.Count > 0)
                    yield return _pages.OfTime(page.Entries, page.Tickets);
            }

            yield break;
        }

        if (feed.Parents is not null)
        {
            await foreach (var rows in _nested.PullAsync(feed, changedSince, cancellationToken).ConfigureAwait(false))
                yield return _pages.Of(feed, rows);
            yield break;
        }

        var answers = feed.Feed.Overlap is null ? _client.AllAsync(feed.List, cancellationToken) : _client.ChangedAsync(feed.List, changedSince, cancellationToken);
        await foreach (var answer in answers.ConfigureAwait(false))
            yield return _pages.Of(feed, answer.WithoutThisSecond().Rows);
    }
}
