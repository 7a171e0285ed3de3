using System.Globalization;
using System.Runtime.CompilerServices;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Autotask PSA, by its REST interface 1.0.</summary>
/// <remarks>
/// Autotask allows 10,000 requests an hour to all integrations of an MSP together (REST API, "API thresholds"). Before a feed is pulled or a number is written it is asked how many
/// were sent, at most every five minutes, and at the settings' share of them that is put off.
/// </remarks>
public sealed class AutotaskSource : IRecordSource, IInvoiceReferenceWriter, IDisposable
{
    internal const string SourceName = "autotask";

    private static readonly TimeSpan BetweenThresholds = TimeSpan.FromMinutes(5);

    private readonly AutotaskOptions _options;
    private readonly AutotaskClient _client;
    private readonly InvoiceReferences _references;
    private readonly TimeProvider _clock;
    private readonly string _reading;
    private DateTimeOffset _thresholdAskedAt = DateTimeOffset.MinValue;

    public AutotaskSource(AutotaskOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _client = new AutotaskClient(options, http, clock);
        _references = new InvoiceReferences(_client, options.WriteInvoiceReference);
        _reading = AutotaskReading.Of(options).ToJson();
    }

    public string Name => SourceName;

    public bool IsAsked => _options.WriteInvoiceReference;

    public IReadOnlyList<RecordFeed> Feeds { get; } = [.. AutotaskFeeds.All.Select(feed => feed.Feed)];

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    private DateOnly SweptFrom => Today.AddDays(-_options.SweepDays);

    public async IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CheckThresholdAsync(cancellationToken).ConfigureAwait(false);
        var known = Known(feed);
        var composer = Composer(known);
        var number = 0;
        await foreach (var page in RowsAsync(known, changedSince, cancellationToken).ConfigureAwait(false))
        {
            foreach (var content in await composer.ComposeAsync(page, cancellationToken).ConfigureAwait(false))
                yield return new RecordPage(string.Create(CultureInfo.InvariantCulture, $"{known.FileName}@{++number}.json"), content);
        }
    }

    public async Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        var known = Known(feed);
        if (!TryId(known, externalId, out var id) || await OneAsync(known.Entity, id, cancellationToken).ConfigureAwait(false) is not { } row)
            return null;

        if (known.Around is { } around)
        {
            if (Wire.Whole(row.Json, around.Reference) is not { } center || await OneAsync(around.Entity, center, cancellationToken).ConfigureAwait(false) is not { } found)
                return null;
            row = found;
        }

        var contents = await Composer(known).ComposeAsync(new RowPage([row], null, null), cancellationToken).ConfigureAwait(false);
        return contents is [var content] ? new RecordPage(string.Create(CultureInfo.InvariantCulture, $"{known.FileName}@id-{externalId}.json"), content) : null;
    }

    public async IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = Known(feed);
        var query = new AutotaskQuery(known.Entity) { Fields = ["id"] };
        if (known.DatedBy is { } date)
        {
            // Days are the client's, Autotask's those of whoever worked: two more on each side have all of them, and an id too many does no harm.
            query = query.And(days.Start > DateOnly.MinValue.AddDays(2) ? AutotaskCondition.From(date, days.Start.AddDays(-2)) : null)
                .And(days.End < Period.NoEnd.AddDays(-2) ? AutotaskCondition.Before(date, days.End.AddDays(2)) : null);
        }

        await foreach (var page in _client.QueryAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in page.Rows)
                yield return string.Create(CultureInfo.InvariantCulture, $"{known.IdPrefix}{row.Id}");
        }
    }

    public async Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken)
    {
        if (IsAsked)
            await CheckThresholdAsync(cancellationToken).ConfigureAwait(false);
        return await _references.WriteAsync(activity, invoiceNumber, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();

    private static AutotaskFeed Known(RecordFeed feed) => AutotaskFeeds.All.Single(known => known.Name == feed.Name);

    private static bool TryId(AutotaskFeed feed, string externalId, out long id)
    {
        // Of a record that cannot be read only the row's id is known.
        var number = externalId.StartsWith(feed.IdPrefix, StringComparison.Ordinal) ? externalId.AsSpan(feed.IdPrefix.Length) : externalId;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private PageComposer Composer(AutotaskFeed feed) => new(_client, feed, _reading, SweptFrom);

    // A query and not the record's address, where "not found" could be a wrong zone and pass for deleted.
    private async Task<Row?> OneAsync(string entity, long id, CancellationToken cancellationToken) =>
        (await _client.AllAsync(new AutotaskQuery(entity, AutotaskCondition.Is("id", id)), cancellationToken).ConfigureAwait(false)) is [var row] ? row : null;

    private async IAsyncEnumerable<RowPage> RowsAsync(AutotaskFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new AutotaskQuery(feed.Around?.Entity ?? feed.Entity) { Fields = feed.Fields }
            .And(feed.SweptBy is { } date ? AutotaskCondition.From(date, SweptFrom) : null)
            .And(changedSince is { } since && feed.Stamps.Count > 0 ? AutotaskCondition.Any([.. feed.Stamps.Select(stamp => AutotaskCondition.From(stamp, since))]) : null);
        await foreach (var page in _client.QueryAsync(query, cancellationToken).ConfigureAwait(false))
            yield return page;

        if (!feed.FollowsTickets || changedSince is not { } moment)
            yield break;

        var followed = new ChangedTickets(_client, Today.AddDays(-_options.ChangedTicketDays));
        await foreach (var page in followed.EntriesAsync(moment, cancellationToken).ConfigureAwait(false))
            yield return page;
    }

    private async Task CheckThresholdAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (now - _thresholdAskedAt < BetweenThresholds)
            return;

        if (await _client.ThresholdAsync(cancellationToken).ConfigureAwait(false) is var (most, sent) && sent >= most * _options.HourlyShare)
        {
            throw _client.Failure(
                SourceFailure.Throttled,
                string.Create(CultureInfo.InvariantCulture, $"All integrations together sent Autotask {sent} of the {most} requests that it takes in an hour. What was put off goes on by itself; {AutotaskOptions.Path}HourlyShare says from which share of them."));
        }

        _thresholdAskedAt = now;
    }
}
