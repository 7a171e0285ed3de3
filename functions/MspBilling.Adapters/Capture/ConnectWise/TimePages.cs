using System.Runtime.CompilerServices;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Time entries with their tickets, because an entry names its ticket but not the ticket's board, by which rules may price it.</summary>
/// <remarks>
/// After the time that changed comes the time of the tickets that changed, so that a ticket's move to another board reaches the time on it. A record
/// is as new as the newest of its entry and its ticket; therefore an entry must not be older than its ticket says: when a ticket
/// changed after its entries were read, they are read once more.
/// </remarks>
internal sealed class TimePages(ConnectWiseClient client)
{
    private const int MostReadings = 3;
    private const int TicketsAtOnce = 200;
    private const string ServiceTicket = "ServiceTicket";
    private const string ProjectTicket = "ProjectTicket";

    private static readonly (string Type, ListQuery List)[] TicketLists = [(ServiceTicket, ConnectWiseFeeds.ServiceTickets), (ProjectTicket, ConnectWiseFeeds.ProjectTickets)];

    public sealed record TimePage(IReadOnlyList<Row> Entries, IReadOnlyList<Row> Tickets);

    public async IAsyncEnumerable<TimePage> PullAsync(DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ticketsSince = changedSince;
        await foreach (var answer in client.ChangedAsync(ConnectWiseFeeds.TimeEntries, changedSince, cancellationToken).ConfigureAwait(false))
        {
            // A pull of everything has all tickets as they are; only what changes while it goes on can be missed.
            ticketsSince ??= answer.AnsweredAt - ConnectWiseFeeds.Overlap;
            yield return await WithTicketsAsync(answer, cancellationToken).ConfigureAwait(false);
        }

        if (ticketsSince is not { } since)
            yield break;

        foreach (var (type, list) in TicketLists)
        {
            await foreach (var tickets in client.AllAsync(list with { Conditions = Conditions.From(client.IncrementalField, since), Fields = "id" }, cancellationToken).ConfigureAwait(false))
            {
                foreach (var some in tickets.Rows.Select(ticket => ticket.Id).Chunk(TicketsAtOnce))
                {
                    var ofTickets = ConnectWiseFeeds.TimeEntries with { Conditions = Conditions.All(Conditions.Is("chargeToType", type), Conditions.In("chargeToId", some)) };
                    await foreach (var answer in client.AllAsync(ofTickets, cancellationToken).ConfigureAwait(false))
                        yield return await WithTicketsAsync(answer, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    public async Task<TimePage> WithTicketsAsync(ListAnswer entries, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var tickets = new List<Row>();
            foreach (var (type, list) in TicketLists)
            {
                var ids = entries.Rows.Where(row => row.Text("chargeToType") == type).Select(row => row.Whole("chargeToId")).OfType<long>().Distinct().ToList();
                if (ids.Count > 0)
                    tickets.AddRange(await OfIdsAsync(list with { Fields = "id,summary,board,_info" }, ids, cancellationToken).ConfigureAwait(false));
            }

            if (reading == MostReadings || !tickets.Any(ticket => ticket.LastUpdated >= entries.AnsweredAt))
                return new TimePage(entries.Rows, tickets);

            entries = await client.ListAsync(
                ConnectWiseFeeds.TimeEntries with { Conditions = Conditions.In("id", entries.Rows.Select(row => row.Id)), After = 0 }, cancellationToken).ConfigureAwait(false);
        }
    }

    // No more of them than entries on a page, so that one page holds all.
    private async Task<IReadOnlyList<Row>> OfIdsAsync(ListQuery list, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        (await client.ListAsync(list with { Conditions = Conditions.In("id", ids), After = 0 }, cancellationToken).ConfigureAwait(false)).Rows;
}
