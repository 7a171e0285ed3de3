using System.Runtime.CompilerServices;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Time from <c>GET /TimesheetEvent</c>, by windows of days.</summary>
/// <remarks>
/// The list tells no changes, so that each pull takes all of the days that the settings look back, or those since the moment that is asked for. Windows reach
/// over each other by a day, because tenants differ in the zone that they compare in.
/// </remarks>
internal sealed class TimesheetEventFeed(HaloClient client, HaloPsaOptions options, TimeProvider clock, HaloWire wire) : TimeFeed(client, options, clock, "timesheet-events", null)
{
    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> PullAsync(DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var first = DateOnly.FromDateTime(Local(changedSince ?? now.AddDays(-Options.LookBackDays)));
        var references = new References(Client, Options);
        await references.LoadOnceAsync(cancellationToken).ConfigureAwait(false);
        await references.LoadTicketsAsync(Literal(first.AddDays(-1).ToDateTime(TimeOnly.MinValue)), cancellationToken).ConfigureAwait(false);
        await foreach (var rows in RowsAsync(first, DateOnly.FromDateTime(Local(now)), cancellationToken).ConfigureAwait(false))
            yield return await PageAsync(rows, references, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> SweepAsync(Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var rows in RowsAsync(days.Start, days.LastDay, cancellationToken).ConfigureAwait(false))
            yield return Page(rows);
    }

    /// <summary>The list has no filter by ticket: the action tells the day to look at.</summary>
    public override async Task<ReadOnlyMemory<byte>?> FetchAsync(string externalId, CancellationToken cancellationToken)
    {
        var parts = externalId.Split('/');
        if (parts.Length < 2 || await Client.FindAsync("Tickets", parts[0], [], cancellationToken).ConfigureAwait(false) is not { } ticket)
            return NoPage;

        foreach (var action in (await ActionsAsync(parts[0], cancellationToken).ConfigureAwait(false)).Where(action => action.Id == parts[1]))
        {
            var day = DateOnly.FromDateTime(DateTime.TryParse(action.Text("datetime"), System.Globalization.CultureInfo.InvariantCulture, out var done)
                ? done
                : throw wire.Malformed($"HaloPSA answered GET Actions?ticket_id={parts[0]} with an action without a datetime."));
            var events = await WindowAsync(day, day, cancellationToken).ConfigureAwait(false);
            if (events.Where(row => KeyOf(row) == (parts[0], parts[1])).ToList() is { Count: > 0 } found)
            {
                var references = new References(Client, Options);
                references.Add("Tickets", [ticket]);
                return await PageAsync(found, references, cancellationToken).ConfigureAwait(false);
            }
        }

        return NoPage;
    }

    private static (string Ticket, string Action)? KeyOf(HaloRow row) => row.Reference("ticket_id") is { } ticket && row.Reference("action_number") is { } action ? (ticket, action) : null;

    private async IAsyncEnumerable<IReadOnlyList<HaloRow>> RowsAsync(DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (seen, events) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<(string, string), string>());
        for (var day = first; day <= last; day = day.AddDays(Options.WindowDays))
        {
            var lastOfWindow = day.AddDays(Options.WindowDays - 1);
            var rows = await WindowAsync(day, lastOfWindow < last ? lastOfWindow : last, cancellationToken).ConfigureAwait(false);
            foreach (var page in rows.Where(row => IsNew(row, seen, events)).Chunk(Options.PageSize))
                yield return page;
        }
    }

    private async Task<IReadOnlyList<HaloRow>> WindowAsync(DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        (string, string)[] query =
        [
            ("start_date", Literal(first.AddDays(-1).ToDateTime(TimeOnly.MinValue))),
            ("end_date", Literal(last.AddDays(1).ToDateTime(new TimeOnly(23, 59, 59)))),
            ("utcoffset", "0"),
        ];
        return (await Client.ListAsync("TimesheetEvent", query, cancellationToken).ConfigureAwait(false)).Rows;
    }

    // An entry is told by its action, so that two of one action would be one entry and the other's hours lost.
    private bool IsNew(HaloRow row, HashSet<string> seen, Dictionary<(string, string), string> events)
    {
        var id = row.Id ?? throw wire.Malformed("HaloPSA answered GET TimesheetEvent with a record without an id.");
        if (!seen.Add(id))
            return false;

        if (KeyOf(row) is { } key && !events.TryAdd(key, id))
            throw wire.Malformed($"HaloPSA answered GET TimesheetEvent with two events, {events[key]} and {id}, of action {key.Item2} of ticket {key.Item1}. Set {HaloPsaOptions.Path}TimeSource to Actions, which has each action once.");
        return true;
    }
}
