using System.Threading.Channels;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Pulls one feed of a source: its pages are kept and stored while the next ones are fetched, and then the cursor moves.</summary>
/// <remarks>
/// Pages that came while others were stored are stored together. The cursor is the newest change that is stored, and never after the
/// beginning of the pull, so that a date far ahead at the source does not hide what changes until then. It moves with the pages where they come in the
/// order of change, else after the last one; and only after everything up to it is stored.
/// </remarks>
public sealed class FeedPull(PageKeeper pages, CursorStore cursors, PullOptions options, TimeProvider clock)
{
    // More than are stored together of a feed with small pages: their records are in memory.
    private const int MostPagesWaiting = 64;

    /// <param name="unreadable">What of the feed could not be read until now.</param>
    /// <exception cref="SourceException">The source failed; what it handed over before is stored.</exception>
    public async Task<FeedPulled> RunAsync(
        IRecordSource source, RecordFeed feed, bool full, IReadOnlyCollection<UnreadableRow> unreadable, ImportSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(feed);
        var pull = new Pull(source, feed, session, new UnreadableRows(source.Name, feed.Name, unreadable), clock.GetUtcNow());
        var state = await cursors.FindAsync(source.Name, feed.Name, cancellationToken).ConfigureAwait(false);
        var since = full ? null : state.Cursor - feed.Overlap;
        var waiting = Channel.CreateBounded<KeptPage>(new BoundedChannelOptions(MostPagesWaiting) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = FetchAsync(pull, since, waiting.Writer, stop.Token);
        try
        {
            while (await waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await StoreAsync(pull, Batch(waiting.Reader), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await fetching.ConfigureAwait(false);
        if (since is null)
        {
            // Everything was there to be seen: what was not is readable by now, or gone.
            await cursors.RemoveAsync(source.Name, pull.Unreadable.NotSeen(), cancellationToken).ConfigureAwait(false);
        }

        var pulled = new FeedPulled(pull.At, pull.Pages, pull.Stored.Added, pull.Stored.Changed, pull.Stored.Unchanged, pull.Unreadable.Seen);
        await cursors.ChangeAsync(source.Name, feed.Name, known => known with { Cursor = pull.CursorAfter(known.Cursor), LastPull = pulled, Failure = null }, cancellationToken).ConfigureAwait(false);
        return pulled;
    }

    private async Task FetchAsync(Pull pull, DateTimeOffset? since, ChannelWriter<KeptPage> waiting, CancellationToken cancellationToken)
    {
        try
        {
            // A source may work without a pause until its first page.
            await Task.Yield();
            await foreach (var page in pull.Source.PullAsync(pull.Feed, since, cancellationToken).ConfigureAwait(false))
            {
                if (await pages.KeepAsync(pull.Source, pull.Feed, page, cancellationToken).ConfigureAwait(false) is { } kept)
                {
                    await waiting.WriteAsync(kept, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            waiting.Complete();
        }
    }

    private List<KeptPage> Batch(ChannelReader<KeptPage> waiting)
    {
        var batch = new List<KeptPage>();
        for (var records = 0; records < options.BatchRecords && waiting.TryRead(out var page); records += page.Content.Records.Count)
        {
            batch.Add(page);
        }

        return batch;
    }

    private async Task StoreAsync(Pull pull, List<KeptPage> batch, CancellationToken cancellationToken)
    {
        var outcome = await pull.Session.AloneAsync(null, token => pull.Session.StoreAsync([.. batch.Select(page => page.Payload)], wereCutShort: false, token), cancellationToken).ConfigureAwait(false);
        var (unreadable, readable) = pull.Unreadable.Take(batch, clock.GetUtcNow());
        await cursors.PutAsync(pull.Source.Name, unreadable, cancellationToken).ConfigureAwait(false);
        await cursors.RemoveAsync(pull.Source.Name, readable, cancellationToken).ConfigureAwait(false);
        pull.Count(batch, outcome.Stored);
        if (pull.Feed.IsInOrderOfChange)
        {
            await cursors.ChangeAsync(pull.Source.Name, pull.Feed.Name, known => known with { Cursor = pull.CursorAfter(known.Cursor) }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One pull and how far it has come.</summary>
    private sealed class Pull(IRecordSource source, RecordFeed feed, ImportSession session, UnreadableRows unreadable, DateTimeOffset at)
    {
        private DateTimeOffset? _newest;

        public IRecordSource Source => source;

        public RecordFeed Feed => feed;

        public ImportSession Session => session;

        public UnreadableRows Unreadable => unreadable;

        public DateTimeOffset At => at;

        public int Pages { get; private set; }

        public RecordStore.Stored Stored { get; private set; } = new(0, 0, 0);

        public void Count(List<KeptPage> batch, RecordStore.Stored stored)
        {
            Pages += batch.Count;
            Stored += stored;
            _newest = Later(_newest, batch.SelectMany(page => page.Content.Records).Max(record => record.Revision));
        }

        // Another pull may have come further in the meantime.
        public DateTimeOffset? CursorAfter(DateTimeOffset? before) => Later(before, _newest > at ? at : _newest);

        private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => other is null || one > other ? one : other;
    }
}
