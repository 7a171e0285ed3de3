using Azure;
using Azure.Data.Tables;

namespace MspBilling.Adapters.Storage;

/// <summary>How far a feed of a source has been pulled.</summary>
public sealed record FeedState(string Source, string Feed)
{
    /// <summary>The newest change at the source that is stored; null where the feed tells none, or nothing was pulled yet.</summary>
    public DateTimeOffset? Cursor { get; init; }

    /// <summary>When all of it was pulled last, and what that did.</summary>
    public FeedPulled? LastPull { get; init; }

    /// <summary>When a pull of it failed last, and why; null when it has gone well since.</summary>
    public FeedFailure? Failure { get; init; }

    /// <summary>When it was looked for deletions last, and what that found; null where that is never done.</summary>
    public FeedSwept? LastSweep { get; init; }
}

/// <param name="Pages">Those that held anything.</param>
public sealed record FeedPulled(DateTimeOffset At, int Pages, int Added, int Changed, int Unchanged, int Unreadable);

public sealed record FeedFailure(DateTimeOffset At, string Problem);

/// <param name="Compared">How many stored records were looked for.</param>
/// <param name="Problem">Why nothing was marked although something is missing, or null.</param>
public sealed record FeedSwept(DateTimeOffset At, int Compared, int Deleted, int Restored, string? Problem);

/// <summary>A record of a feed that cannot be read, until a later page brings it readable.</summary>
/// <param name="ExternalId">Its id at the source; null where that cannot be told.</param>
/// <param name="Key">Tells it apart where it has no id.</param>
/// <param name="Problem">What is wrong with it, and where in its page.</param>
/// <param name="Payload">Names the bytes of the page.</param>
public sealed record UnreadableRow(string Source, string Feed, string? ExternalId, string Key, string Problem, string Payload, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    internal string Row => Keys.UnreadableRow(Feed, ExternalId, Key);
}

/// <summary>All that is known of a source's feeds.</summary>
public sealed record SourceState(IReadOnlyList<FeedState> Feeds, IReadOnlyList<UnreadableRow> Unreadable);

/// <summary>Cursors: how far each feed of each source has been pulled, and which of its records cannot be read.</summary>
/// <remarks>All of a source in one partition, so that it is read at once.</remarks>
public sealed class CursorStore(BillingStorage storage)
{
    private const string FeedRows = "F|";

    public async Task<SourceState> ReadAsync(string source, CancellationToken cancellationToken)
    {
        var rows = await JsonRow.ListPartitionAsync(storage.Feeds, Keys.FeedPartition(source), cancellationToken).ConfigureAwait(false);
        var isFeed = rows.ToLookup(row => row.RowKey.StartsWith(FeedRows, StringComparison.Ordinal));
        return new SourceState([.. isFeed[true].Select(JsonRow.Value<FeedState>)], [.. isFeed[false].Select(JsonRow.Value<UnreadableRow>)]);
    }

    public async Task<FeedState> FindAsync(string source, string feed, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<FeedState>(storage.Feeds, Keys.FeedPartition(source), Keys.FeedRow(feed), cancellationToken).ConfigureAwait(false)).Value ?? new FeedState(source, feed);

    /// <summary>Changes what is known of a feed, whoever else does at the same time.</summary>
    public async Task<FeedState> ChangeAsync(string source, string feed, Func<FeedState, FeedState> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (old, tag) = await JsonRow.FindAsync<FeedState>(storage.Feeds, Keys.FeedPartition(source), Keys.FeedRow(feed), cancellationToken).ConfigureAwait(false);
            var state = change(old ?? new FeedState(source, feed));
            if (state == old)
            {
                return state;
            }

            try
            {
                var row = JsonRow.Of(Keys.FeedPartition(source), Keys.FeedRow(feed), state);
                _ = old is null
                    ? await storage.Feeds.AddEntityAsync(row, cancellationToken).ConfigureAwait(false)
                    : await storage.Feeds.UpdateEntityAsync(row, tag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
                return state;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another changed it in between; its change is the one to start from.
            }
        }
    }

    /// <summary>Keeps what cannot be read.</summary>
    public Task PutAsync(string source, IEnumerable<UnreadableRow> rows, CancellationToken cancellationToken) => JsonRow.SubmitAsync(
        storage.Feeds,
        rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, JsonRow.Of(Keys.FeedPartition(source), row.Row, row))),
        1,
        cancellationToken);

    /// <summary>Forgets what can be read by now; another pull may have been first.</summary>
    public async Task RemoveAsync(string source, IEnumerable<UnreadableRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await storage.Feeds.DeleteEntityAsync(Keys.FeedPartition(source), row.Row, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
