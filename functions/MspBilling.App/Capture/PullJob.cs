using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>Pulls the feeds of a source, one after another; one that fails is noted and does not stop the others.</summary>
public sealed partial class PullJob(ImportSessions sessions, FeedPull pull, Sweep sweep, CountSnapshots counts, CursorStore cursors, PullOptions options, TimeProvider clock, ILogger<PullJob> logger)
{
    /// <exception cref="RequestFailedException">The storage is away, so that not even the failure could be noted.</exception>
    public async Task<PullReport> RunAsync(IRecordSource source, PullRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var session = sessions.Open();
        var known = await cursors.ReadAsync(source.Name, cancellationToken).ConfigureAwait(false);
        var unreadable = known.Unreadable.ToLookup(row => row.Feed);
        var reports = new List<FeedReport>();
        foreach (var feed in source.Feeds.Where(feed => (request.Feed is null || feed.Name == request.Feed) && (!request.OnlyDue || IsDue(feed, known))))
        {
            reports.Add(await RunAsync(source, feed, request, [.. unreadable[feed.Name]], session, cancellationToken).ConfigureAwait(false));
            if (feed.Swept == RecordKind.Device && reports[^1].Problem is null)
            {
                reports[^1] = await CountAsync(reports[^1], source, session, cancellationToken).ConfigureAwait(false);
            }
        }

        return new PullReport(source.Name, reports);
    }

    // Devices that could not be looked at are not counted: the day has no snapshot then, rather than yesterday's.
    private async Task<FeedReport> CountAsync(FeedReport report, IRecordSource source, ImportSession session, CancellationToken cancellationToken)
    {
        try
        {
            await counts.TakeAsync(session, cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = WordsOf(e);
            LogFailed(e, source.Name, report.Feed, problem);
            return report with { Problem = problem };
        }
    }

    private async Task<FeedReport> RunAsync(
        IRecordSource source, RecordFeed feed, PullRequest request, IReadOnlyCollection<UnreadableRow> unreadable, ImportSession session, CancellationToken cancellationToken)
    {
        var report = new FeedReport(feed.Name);
        try
        {
            if (OnePsa.Of(feed.Format) is not null && OnePsa.Refusal(source.Name, await session.AloneAsync(null, session.DirectoryAsync, cancellationToken).ConfigureAwait(false)) is { } expected)
            {
                throw new SourceException(source.Name, SourceFailure.Refused, $"Expected {expected}.");
            }

            var pulled = await pull.RunAsync(source, feed, request.Full, unreadable, session, cancellationToken).ConfigureAwait(false);
            report = new FeedReport(feed.Name, pulled.Pages, pulled.Added, pulled.Changed, pulled.Unchanged, pulled.Unreadable);
            if (feed.Swept is not null && (request.Sweep || feed.IsRestated || await IsSweepDueAsync(source, feed, cancellationToken).ConfigureAwait(false)))
            {
                var swept = await sweep.RunAsync(source, feed, closedToo: request.Full || feed.IsRestated, session, cancellationToken).ConfigureAwait(false);
                report = report with { Deleted = swept.Deleted, Restored = swept.Restored, Problem = swept.Problem };
            }

            return report;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = WordsOf(e);
            LogFailed(e is SourceException ? null : e, source.Name, feed.Name, problem);
            await cursors.ChangeAsync(source.Name, feed.Name, state => state with { Failure = new FeedFailure(clock.GetUtcNow(), problem) }, cancellationToken).ConfigureAwait(false);
            return report with { Problem = problem };
        }
    }

    // What failed is due with each tick.
    private bool IsDue(RecordFeed feed, SourceState known) =>
        feed.Every is not { } every || known.Feeds.FirstOrDefault(state => state.Feed == feed.Name) is not { LastPull: { } last, Failure: null } || clock.GetUtcNow() - last.At >= every;

    private async Task<bool> IsSweepDueAsync(IRecordSource source, RecordFeed feed, CancellationToken cancellationToken) =>
        (await cursors.FindAsync(source.Name, feed.Name, cancellationToken).ConfigureAwait(false)).LastSweep is not { } last
        || clock.GetUtcNow() - last.At >= TimeSpan.FromHours(options.SweepHours);

    private static string WordsOf(Exception failure) => failure switch
    {
        SourceException source => source.Message,
        RequestFailedException storage => $"The storage did not answer as it should: {storage.Status} {storage.ErrorCode}. The next pull goes on where this one stopped.",
        OperationCanceledException or TimeoutException => "The source did not answer in time. The next pull goes on where this one stopped.",
        _ => $"The pull failed: {failure.Message.Split('\n')[0].TrimEnd('\r', '.')}. The next pull goes on where this one stopped.",
    };

    [LoggerMessage(LogLevel.Warning, "{Source} {Feed}: {Problem}")]
    private partial void LogFailed(Exception? exception, string source, string feed, string problem);
}
