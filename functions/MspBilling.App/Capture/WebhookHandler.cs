using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Fetches the records that webhooks told of; written once for the Storage queue and for Service Bus.</summary>
/// <remarks>
/// A message says where to look, and the row of a record whether it still waits: several events of a record are one fetch, and a message of what was fetched
/// since does nothing. A row is removed only if no event came since it was read. What the vendor refuses is tried some times and then waits for a person, with the
/// reason; a vendor that does not answer is asked again for as long as it takes.
/// </remarks>
public sealed partial class WebhookHandler(
    IEnumerable<IWebhookSource> webhooks, IEnumerable<IRecordSource> sources, WebhookStore store, WebhookFetch fetch, WebhookOptions options, TimeProvider clock, ILogger<WebhookHandler> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <returns>Of each message, after how long it is to be seen again; null for one that is done.</returns>
    public async Task<IReadOnlyList<TimeSpan?>> HandleAsync(IReadOnlyList<WebhookMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var again = new Dictionary<(string Source, WebhookRecord Record), TimeSpan>();
        foreach (var bySource in messages.GroupBy(message => message.Source))
        {
            // One that is configured no more keeps what waits until it is again.
            if (webhooks.FirstOrDefault(each => each.Name == bySource.Key) is { } webhook && sources.FirstOrDefault(each => each.Name == bySource.Key) is { } source)
            {
                foreach (var (record, pause) in await HandleAsync(webhook, source, bySource.SelectMany(message => message.Records).Distinct(), cancellationToken).ConfigureAwait(false))
                {
                    again[(source.Name, record)] = pause;
                }
            }
        }

        return [.. messages.Select(message => message.Records.Select(record => again.TryGetValue((message.Source, record), out var pause) ? pause : (TimeSpan?)null).Min())];
    }

    private async Task<IReadOnlyList<(WebhookRecord Record, TimeSpan Pause)>> HandleAsync(IWebhookSource webhook, IRecordSource source, IEnumerable<WebhookRecord> records, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var waiting = (await store.FindAsync(source.Name, records, cancellationToken).ConfigureAwait(false)).Where(each => !each.Waiting.IsGivenUp).ToLookup(each => each.Waiting.DueAt <= now);
        var again = waiting[false].Select(each => (each.Waiting.Record, each.Waiting.DueAt - now)).ToList();
        var feeds = source.Feeds.ToDictionary(feed => feed.Name, StringComparer.Ordinal);
        var due = waiting[true].ToLookup(each => feeds.ContainsKey(each.Waiting.Record.Feed));
        foreach (var (record, tag) in due[false])
        {
            await FailAsync(source, record, tag, $"{source.Name} has no feed {record.Record.Feed}.", isLasting: true, cancellationToken).ConfigureAwait(false);
        }

        var asked = due[true].GroupBy(each => (each.Waiting.Record.Feed, each.Waiting.Record.ExternalId))
            .Select(same => (feeds[same.Key.Feed], same.Key.ExternalId, same.Any(each => each.Waiting.Record.IsDeletion)));
        var fetched = await fetch.AskAsync(source, asked, cancellationToken).ConfigureAwait(false);
        var answered = fetched.Where(each => each.Failure is null).ToList();
        var refusal = answered.Count == 0 ? null : await fetch.StoreAsync(webhook, answered, cancellationToken).ConfigureAwait(false);
        var failures = fetched.ToDictionary(each => (each.Feed.Name, each.ExternalId), each => each.Failure);
        var ended = due[true].ToLookup(each => refusal is null && failures[(each.Waiting.Record.Feed, each.Waiting.Record.ExternalId)] is null);
        await store.RemoveAsync(source.Name, ended[true], cancellationToken).ConfigureAwait(false);
        foreach (var (record, tag) in ended[false])
        {
            var failure = failures[(record.Record.Feed, record.Record.ExternalId)];
            if (await FailAsync(source, record, tag, failure?.Message ?? refusal!, failure?.Failure is not (SourceFailure.Unavailable or SourceFailure.Throttled), cancellationToken).ConfigureAwait(false) is { } pause)
            {
                again.Add((record.Record, pause));
            }
        }

        return again;
    }

    /// <param name="isLasting">Whether it will not pass by itself.</param>
    private async Task<TimeSpan?> FailAsync(IRecordSource source, WaitingRecord waiting, ETag tag, string failure, bool isLasting, CancellationToken cancellationToken)
    {
        var tries = waiting.Tries + 1;
        var isGivenUp = isLasting && tries >= options.MostTries;
        var pause = TimeSpan.FromSeconds(Math.Min(options.RetrySeconds * Math.Pow(2, Math.Min(tries - 1, 20)), LongestPause.TotalSeconds));
        LogFailed(source.Name, waiting.Record.Feed, waiting.Record.ExternalId, tries, failure);
        await store.ChangeAsync(source.Name, waiting with { Tries = tries, Failure = failure, IsGivenUp = isGivenUp, DueAt = clock.GetUtcNow() + pause }, tag, cancellationToken).ConfigureAwait(false);
        return isGivenUp ? null : pause;
    }

    [LoggerMessage(LogLevel.Warning, "{Source} {Feed} {ExternalId}, of which a webhook told, was not fetched at try {Try}: {Problem}")]
    private partial void LogFailed(string source, string feed, string externalId, int @try, string problem);
}
