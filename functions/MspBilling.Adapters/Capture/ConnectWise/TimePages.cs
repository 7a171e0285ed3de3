using System.Runtime.CompilerServices;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Time entries, and the tickets that they are for.</summary>
internal sealed record TimePage(IReadOnlyList<Row> Entries, IReadOnlyList<Row> Tickets);

/// <summary>Time entries with their tickets, because an entry names its ticket but not the ticket's board, by which rules may price it.</summary>
/// <remarks>
/// After the time that changed comes the time of the tickets that changed, so that a ticket's move to another board reaches the time on it. A record
/// is as new as the newest of its entry and its ticket, so an entry must not be older than its ticket says: where the ticket changed after its
/// entries were read, they are left to the reading of changed tickets, or to the next pull; an entry that is fetched is read once more, in the next second.
/// </remarks>
internal sealed class TimePages(ConnectWiseClient client, TimeProvider clock)
{
    private const int MostReadings = 3;
    private const int TicketsAtOnce = 200;
    private const string TicketId = "chargeToId";
    private const string TicketType = "chargeToType";

    private static readonly (string Type, ListQuery List)[] TicketLists = [("ServiceTicket", ConnectWiseFeeds.ServiceTickets), ("ProjectTicket", ConnectWiseFeeds.ProjectTickets)];

    public async IAsyncEnumerable<TimePage> PullAsync(DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ticketsSince = changedSince;
        await foreach (var answer in client.ChangedAsync(ConnectWiseFeeds.TimeEntries, changedSince, cancellationToken).ConfigureAwait(false))
        {
            // A pull of everything has all tickets as they are; only what changes while it goes on can be missed.
            ticketsSince ??= answer.AnsweredAt - ConnectWiseFeeds.Overlap;
            yield return Settled(answer, await TicketsAsync(answer.Rows, cancellationToken).ConfigureAwait(false));
        }

        if (ticketsSince is not { } since)
            yield break;

        foreach (var (type, list) in TicketLists)
        {
            await foreach (var tickets in client.AllAsync(list with { Conditions = Conditions.From(client.IncrementalField, since), Fields = "id" }, cancellationToken).ConfigureAwait(false))
            {
                foreach (var some in tickets.Rows.Select(ticket => ticket.Id).Chunk(TicketsAtOnce))
                {
                    var ofTickets = ConnectWiseFeeds.TimeEntries with { Conditions = Conditions.All(Conditions.Is(TicketType, type), Conditions.In(TicketId, some)) };
                    await foreach (var answer in client.AllAsync(ofTickets, cancellationToken).ConfigureAwait(false))
                        yield return Settled(answer, await TicketsAsync(answer.Rows, cancellationToken).ConfigureAwait(false));
                }
            }
        }
    }

    public async Task<TimePage> FetchAsync(long id, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var answer = await client.ListAsync(ConnectWiseFeeds.TimeEntries with { Conditions = Conditions.Is("id", id) }, cancellationToken).ConfigureAwait(false);
            var tickets = await TicketsAsync(answer.Rows, cancellationToken).ConfigureAwait(false);
            if (reading == MostReadings || !answer.Rows.Concat(tickets).Any(row => answer.MayStillChange(row)))
                return new TimePage(answer.Rows, tickets);
            await Task.Delay(Conditions.Second, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimePage Settled(ListAnswer answer, IReadOnlyList<Row> tickets)
    {
        var changing = tickets.Where(ticket => answer.MayStillChange(ticket)).Select(ticket => ticket.Id).ToHashSet();
        return new TimePage([.. answer.Rows.Where(entry => !answer.MayStillChange(entry) && !changing.Contains(entry.Whole(TicketId) ?? 0))], tickets);
    }

    // No more of a list than there are entries on a page, so that one page holds all.
    private async Task<IReadOnlyList<Row>> TicketsAsync(IReadOnlyList<Row> entries, CancellationToken cancellationToken)
    {
        var tickets = new List<Row>();
        foreach (var (type, list) in TicketLists)
        {
            var ids = entries.Where(entry => entry.Text(TicketType) == type).Select(entry => entry.Whole(TicketId)).OfType<long>().Distinct().ToList();
            if (ids.Count > 0)
            {
                var some = list with { Conditions = Conditions.In("id", ids), Fields = "id,summary,board,_info", After = 0 };
                tickets.AddRange((await client.ListAsync(some, cancellationToken).ConfigureAwait(false)).Rows);
            }
        }

        return tickets;
    }
}
