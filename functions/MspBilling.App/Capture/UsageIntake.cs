using System.Collections.Concurrent;
using MspBilling.Adapters.Capture.CloudEvents;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

public enum UsageStatus
{
    /// <summary>Stored now.</summary>
    Accepted,

    /// <summary>Stored before, or replaced by a later correction.</summary>
    Duplicate,

    /// <summary>Not stored.</summary>
    Refused,
}

/// <param name="Problem">What is wrong, or why it is nothing new; null where there is nothing to say.</param>
public sealed record UsageOutcome(UsageStatus Status, string? Problem);

/// <summary>Stores the events of many requests together, and answers each when its own are stored.</summary>
/// <remarks>
/// Who comes first stores what waits by then for all; who comes while that goes on waits for the next turn. So a request alone is stored at once, and
/// many small ones share the writes. The accepted events of a turn are one page: its bytes are kept, noted and stored by <see cref="ImportSession"/>
/// before anybody is answered, so that what was answered is never lost, and what was not and is sent again is a duplicate.
/// The first content of an id stays, whatever is sent under it later; a correction replaces it when its time is later than what is stored.
/// </remarks>
public sealed class UsageIntake(ImportSessions sessions, RecordStore records, PageKeeper pages, UsageOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Of one turn, however many requests wait: a page that is read again fits into memory.</summary>
    private const int MostEvents = 5_000;
    private const string PageName = "usage-events.json";

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ImportSession _session = sessions.Open();

    private sealed record Waiting(IReadOnlyList<SentEvent> Events, TaskCompletionSource<IReadOnlyList<UsageOutcome>> Done);

    /// <summary>Stores what can be stored of a request's events; done when it is.</summary>
    /// <exception cref="TimeoutException">Others have stored records for too long.</exception>
    public async Task<IReadOnlyList<UsageOutcome>> TakeAsync(IReadOnlyList<SentEvent> events, CancellationToken cancellationToken)
    {
        var own = new Waiting(events, new TaskCompletionSource<IReadOnlyList<UsageOutcome>>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(own);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!own.Done.Task.IsCompleted)
            {
                await StoreAsync(Next()).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }

        return await own.Done.Task.ConfigureAwait(false);
    }

    public void Dispose() => _turn.Dispose();

    private List<Waiting> Next()
    {
        var (group, events) = (new List<Waiting>(), 0);
        while (_waiting.TryPeek(out var next) && (group.Count == 0 || events + next.Events.Count <= MostEvents) && _waiting.TryDequeue(out next))
        {
            group.Add(next);
            events += next.Events.Count;
        }

        return group;
    }

    /// <summary>Not ended by a request that is given up: others wait for the same.</summary>
    private async Task StoreAsync(List<Waiting> group)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.PatienceSeconds), clock);
            var outcomes = await _session.AloneAsync(
                null,
                token =>
                {
                    patience.CancelAfter(Timeout.InfiniteTimeSpan);
                    return StoreAloneAsync([.. group.SelectMany(waiting => waiting.Events)], token);
                },
                patience.Token).ConfigureAwait(false);
            var from = 0;
            foreach (var waiting in group)
            {
                waiting.Done.SetResult(outcomes[from..(from + waiting.Events.Count)]);
                from += waiting.Events.Count;
            }
        }
        catch (Exception e)
        {
            var failure = e is OperationCanceledException ? new TimeoutException("Other records are being stored for so long that these were not.", e) : e;
            foreach (var waiting in group)
            {
                waiting.Done.SetException(failure);
            }
        }
    }

    private async Task<UsageOutcome[]> StoreAloneAsync(IReadOnlyList<SentEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(sent => sent.Activity?.Id).OfType<RecordId>().Distinct();
        var known = await records.KnownAsync(ids, cancellationToken).ConfigureAwait(false);
        var judged = new Dictionary<RecordId, (DateTimeOffset? Revision, string Hash)>();
        var outcomes = events.Select(sent => Judge(sent, known, judged)).ToArray();
        var accepted = events.Where((_, index) => outcomes[index].Status == UsageStatus.Accepted).ToList();
        if (accepted.Count > 0)
        {
            var page = await pages.KeepAsync(
                PageName, UsageEventBatch.Format, UsageEventBatch.Write(accepted.Select(sent => sent.Json)), [.. accepted.Select(sent => sent.Activity!)], cancellationToken).ConfigureAwait(false);
            await _session.StoreAsync([page.Payload with { Known = known }], wereCutShort: false, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    /// <param name="judged">Events of this turn that are accepted.</param>
    private static UsageOutcome Judge(SentEvent sent, KnownActivities known, Dictionary<RecordId, (DateTimeOffset? Revision, string Hash)> judged)
    {
        if (sent.Activity is not { } activity)
        {
            return new UsageOutcome(UsageStatus.Refused, sent.Problem);
        }

        var hash = RecordJson.ContentHash(activity);
        if ((judged.TryGetValue(activity.Id, out var now) ? now : known.Version(activity.Id)) is not { } stored)
        {
            judged.Add(activity.Id, (activity.Revision, hash));
            return new UsageOutcome(UsageStatus.Accepted, null);
        }

        if (stored.Hash == hash)
        {
            return new UsageOutcome(UsageStatus.Duplicate, null);
        }

        if (activity.Revision is { } time && stored.Revision > time)
        {
            return new UsageOutcome(UsageStatus.Duplicate, $"What is stored is of {stored.Revision:O}, later than this.");
        }

        if (sent.IsCorrection && (stored.Revision is null || activity.Revision > stored.Revision))
        {
            judged[activity.Id] = (activity.Revision, hash);
            return new UsageOutcome(UsageStatus.Accepted, null);
        }

        return new UsageOutcome(UsageStatus.Refused, sent.IsCorrection
            ? "time: expected a time after that of what it corrects"
            : "id: expected an id of its own, as the event of this source and id has other content; what is to replace it names it in correctionof");
    }
}
