using System.Collections.Concurrent;
using Azure;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>A record that was asked for.</summary>
/// <param name="Page">Null where it is gone, or its page held nothing.</param>
/// <param name="Failure">Why it could not be had; null when it could, or is gone.</param>
public sealed record FetchedRecord(RecordFeed Feed, string ExternalId, bool IsDeletionTold, bool IsGone, KeptPage? Page, SourceException? Failure);

/// <summary>Asks a source for records that webhooks told of, and stores what it answers as a pull would.</summary>
/// <remarks>
/// A record is marked as deleted where the vendor told so and has it no more when it is asked: neither is believed alone. What is gone without having been told
/// is left to <see cref="Sweep"/>, which looks at how much is. Records that belong to one that is gone are marked with it.
/// </remarks>
public sealed class WebhookFetch(PageKeeper pages, RecordStore records, CursorStore cursors, ImportSessions sessions, TimeProvider clock)
{
    private const int AtOnce = 4;

    // What is stored by nobody else in between need not be read again for the next batch.
    private readonly ImportSession _session = sessions.Open();

    /// <summary>Asks for records; once the source does not answer, it is not asked for the others.</summary>
    public async Task<IReadOnlyCollection<FetchedRecord>> AskAsync(
        IRecordSource source, IEnumerable<(RecordFeed Feed, string ExternalId, bool IsDeletionTold)> asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var fetched = new ConcurrentBag<FetchedRecord>();
        SourceException? away = null;
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (record, token) =>
        {
            var (feed, id, isDeletionTold) = record;
            var failure = Volatile.Read(ref away);
            RecordPage? page = null;
            KeptPage? kept = null;
            try
            {
                page = failure is null ? await source.FetchAsync(feed, id, token).ConfigureAwait(false) : null;
                kept = page is null ? null : await pages.KeepAsync(source, feed, page, token).ConfigureAwait(false);
            }
            catch (Exception e) when (!token.IsCancellationRequested && e is not (RequestFailedException or AggregateException))
            {
                failure = FailureOf(source, e);
                if (failure.Failure is SourceFailure.Unavailable or SourceFailure.Throttled)
                {
                    Volatile.Write(ref away, failure);
                }
            }

            fetched.Add(new FetchedRecord(feed, id, isDeletionTold, failure is null && page is null, kept, failure));
        }).ConfigureAwait(false);
        return fetched;
    }

    /// <summary>Stores what was answered.</summary>
    /// <returns>Why nothing of it may be stored, or null.</returns>
    public async Task<string?> StoreAsync(IWebhookSource webhooks, IReadOnlyCollection<FetchedRecord> fetched, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        ArgumentNullException.ThrowIfNull(fetched);
        var refusal = await _session.AloneAsync(null, token => StoreAloneAsync(webhooks, fetched, token), cancellationToken).ConfigureAwait(false);
        if (refusal is null)
        {
            await NoteUnreadableAsync(webhooks.Name, fetched, cancellationToken).ConfigureAwait(false);
        }

        return refusal;
    }

    // A record that a connector stumbles over must not hold up the others.
    private static SourceException FailureOf(IRecordSource source, Exception e) => e switch
    {
        SourceException told => told,
        OperationCanceledException or TimeoutException => new SourceException(source.Name, SourceFailure.Unavailable, "The source did not answer in time.", e),
        _ => new SourceException(source.Name, SourceFailure.Malformed, $"It could not be fetched: {e.Message.Split('\n')[0].TrimEnd('\r', '.')}.", e),
    };

    private async Task<string?> StoreAloneAsync(IWebhookSource webhooks, IReadOnlyCollection<FetchedRecord> fetched, CancellationToken cancellationToken)
    {
        if (OnePsa.Refusal(webhooks.Name, await _session.DirectoryAsync(cancellationToken).ConfigureAwait(false)) is { } expected)
        {
            return $"Expected {expected}.";
        }

        var batch = fetched.Select(each => each.Page).OfType<KeptPage>().ToList();
        var marks = await MarksAsync(webhooks, fetched, cancellationToken).ConfigureAwait(false);
        if (marks.Count > 0)
        {
            batch.Add(await pages.KeepAsync("webhook-deletions.json", marks, cancellationToken).ConfigureAwait(false));
        }

        if (batch.Count > 0)
        {
            await _session.StoreAsync([.. batch.Select(page => page.Payload)], wereCutShort: false, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<IReadOnlyList<Activity>> MarksAsync(IWebhookSource webhooks, IReadOnlyCollection<FetchedRecord> fetched, CancellationToken cancellationToken)
    {
        var swept = fetched.Where(each => each.Feed.Swept is not null).ToList();
        var places = new Dictionary<RecordId, FetchedRecord>();
        foreach (var each in swept)
        {
            foreach (var id in webhooks.StoredAs(new WebhookRecord(each.Feed.Name, each.ExternalId)))
            {
                places[new RecordId(webhooks.Name, each.Feed.Swept!.Value, id)] = each;
            }
        }

        if (places.Count == 0)
        {
            return [];
        }

        var stored = await records.ActivitiesAsync(places.Keys, cancellationToken).ConfigureAwait(false);
        return [.. stored.Select(activity => (activity, Asked: places[activity.Id])).Select(each => DeletionMark.Of(each.activity, each.Asked.IsGone && each.Asked.IsDeletionTold, each.Asked.Page, clock.GetUtcNow())).OfType<Activity>()];
    }

    private async Task NoteUnreadableAsync(string source, IReadOnlyCollection<FetchedRecord> fetched, CancellationToken cancellationToken)
    {
        var known = (await cursors.ReadAsync(source, cancellationToken).ConfigureAwait(false)).Unreadable.ToLookup(row => row.Feed);
        foreach (var feed in fetched.Where(each => each.Page is not null).GroupBy(each => each.Feed.Name))
        {
            var (unreadable, readable) = new UnreadableRows(source, feed.Key, known[feed.Key]).Take(feed.Select(each => each.Page!), clock.GetUtcNow());
            await cursors.PutAsync(source, unreadable, cancellationToken).ConfigureAwait(false);
            await cursors.RemoveAsync(source, readable, cancellationToken).ConfigureAwait(false);
        }
    }
}
