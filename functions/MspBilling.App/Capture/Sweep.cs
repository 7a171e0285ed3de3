using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>Looks for what was deleted at its source and is still stored, and for what was deleted and is there again.</summary>
/// <remarks>
/// <para>The ids that the source has are compared with what is stored of the months that are not closed yet for everybody and of what stands. Each record that is
/// missing is asked for by its id before it is marked. When more is missing than is likely, nothing is: then it is rather the source that hides it.</para>
/// <para>A mark (<see cref="DeletionMark"/>) is kept in our own form beside the pages, because no page tells it.</para>
/// </remarks>
public sealed class Sweep(PageKeeper pages, RecordStore records, RunStore runs, CursorStore cursors, PullOptions options, TimeProvider clock)
{
    // A source dates records in its own zone, we in the client's.
    private const int DaysOfGrace = 2;

    /// <summary>Sweeps a feed and notes what came of it.</summary>
    /// <param name="closedToo">Whether it is looked for in closed months, too.</param>
    public async Task<FeedSwept> RunAsync(IRecordSource source, RecordFeed feed, bool closedToo, ImportSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(session);
        var kind = feed.Swept ?? throw new ArgumentException($"{feed.Name} is not swept.", nameof(feed));
        var months = await MonthsAsync(closedToo, cancellationToken).ConfigureAwait(false);
        var clients = await session.AloneAsync(null, async token => (await session.DirectoryAsync(token).ConfigureAwait(false)).ClientIds.Append(Client.Unknown).ToList(), cancellationToken).ConfigureAwait(false);
        var places = clients.SelectMany(client => months.Select(month => new ActivityPlace(client, month)).Append(new ActivityPlace(client, null)));
        var stored = (await records.ActivitiesAsync(source.Name, kind, places, cancellationToken).ConfigureAwait(false))
            .Where(activity => activity.Id.ExternalId.StartsWith(feed.IdPrefix, StringComparison.Ordinal)).ToList();
        var ids = await IdsAsync(source, feed, months, cancellationToken).ConfigureAwait(false);

        var there = stored.Where(activity => activity.DeletedAt is null).ToList();
        var missing = there.Where(activity => !ids.Contains(activity.Id.ExternalId)).ToList();
        var again = stored.Where(activity => activity.DeletedAt is not null && ids.Contains(activity.Id.ExternalId)).ToList();
        var problem = ProblemOf(feed, missing.Count, there.Count);
        var (deleted, restored) = await MarkAsync(source, feed, problem is null ? missing : [], again, session, cancellationToken).ConfigureAwait(false);
        var swept = new FeedSwept(clock.GetUtcNow(), there.Count, deleted, restored, problem);
        await cursors.ChangeAsync(source.Name, feed.Name, state => state with { LastSweep = swept }, cancellationToken).ConfigureAwait(false);
        return swept;
    }

    // What is restated may be restated wholly, but for nothing at all.
    private string? ProblemOf(RecordFeed feed, int missing, int stored) => missing > options.MostMissing && (feed.IsRestated ? missing == stored : missing > stored * options.MostMissingShare)
        ? string.Create(CultureInfo.InvariantCulture, $"{missing} of the {stored} stored records of {feed.Name} are missing at the source. That is more than is likely to have been deleted, so none of them was marked. Look at what the source's user may see; if they were deleted, raise {PullOptions.Section}__{nameof(PullOptions.MostMissingShare)} for one sweep.")
        : null;

    private async Task<(int Deleted, int Restored)> MarkAsync(
        IRecordSource source, RecordFeed feed, IReadOnlyList<Activity> missing, IReadOnlyList<Activity> again, ImportSession session, CancellationToken cancellationToken)
    {
        var (batch, marks) = (new List<KeptPage>(), new List<Activity>());
        foreach (var activity in missing.Concat(again))
        {
            var page = await source.FetchAsync(feed, activity.Id.ExternalId, cancellationToken).ConfigureAwait(false);
            var kept = page is null ? null : await pages.KeepAsync(source, feed, page, cancellationToken).ConfigureAwait(false);
            if (kept is not null)
            {
                batch.Add(kept);
            }

            if (DeletionMark.Of(activity, isGone: page is null, kept, clock.GetUtcNow()) is { } mark)
            {
                marks.Add(mark);
            }
        }

        if (marks.Count > 0)
        {
            batch.Add(await pages.KeepAsync($"{feed.Name}-swept.json", marks, cancellationToken).ConfigureAwait(false));
        }

        if (batch.Count > 0)
        {
            await session.AloneAsync(null, token => session.StoreAsync([.. batch.Select(page => page.Payload)], wereCutShort: false, token), cancellationToken).ConfigureAwait(false);
        }

        var deleted = marks.Count(mark => mark.DeletedAt is not null);
        return (deleted, marks.Count - deleted);
    }

    private static async Task<HashSet<string>> IdsAsync(IRecordSource source, RecordFeed feed, IReadOnlyList<Period> months, CancellationToken cancellationToken)
    {
        var days = new Period(months.Min(month => month.Start).AddDays(-DaysOfGrace), months.Max(month => month.End).AddDays(DaysOfGrace));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var id in source.IdsAsync(feed, days, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(id);
        }

        return ids;
    }

    /// <summary>The last months that are not closed, and the next one, for which work may be entered already.</summary>
    private async Task<IReadOnlyList<Period>> MonthsAsync(bool closedToo, CancellationToken cancellationToken)
    {
        var schedules = await SchedulesAsync(cancellationToken).ConfigureAwait(false);
        var closed = closedToo ? [] : (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).Where(run => run.State == RunState.Finished).Select(run => run.Period).ToHashSet();
        var current = Period.MonthOf(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).Start;
        return [.. Enumerable.Range(1 - options.SweepMonths, options.SweepMonths + 1).Select(months => Period.MonthOf(current.AddMonths(months))).Where(month => !schedules.All(schedule => closed.Contains(schedule.Containing(month.Start))))];
    }

    // A month is closed when whoever is billed by a longer period was billed for it, too.
    private async Task<IReadOnlyList<BillingSchedule>> SchedulesAsync(CancellationToken cancellationToken)
    {
        var settings = (await records.ReferencesAsync(RecordKind.MspSettings, cancellationToken).ConfigureAwait(false)).OfType<MspSettings>().SingleOrDefault();
        return settings is null ? [BillingSchedule.Of(new BillingSettings())] : [.. settings.Clients.Select(settings.BillingOf).Prepend(settings.BillingOf(null)).Select(BillingSchedule.Of).Distinct()];
    }
}
