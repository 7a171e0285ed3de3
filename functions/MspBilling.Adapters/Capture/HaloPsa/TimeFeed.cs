using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Time, of which a page holds the rows and the tickets, clients, agents and charge types that they refer to.</summary>
internal abstract class TimeFeed(HaloClient client, HaloPsaOptions options, TimeProvider clock, string name, TimeSpan? overlap) : HaloFeed(options)
{
    private static readonly (string, string)[] OfActions = [("timeentriesonly", "true"), ("excludesys", "true")];

    public override RecordFeed Feed { get; } = new(name, HaloFiles.Format(name)) { Overlap = overlap, Swept = RecordKind.Time };

    protected HaloClient Client => client;

    protected TimeProvider Clock => clock;

    /// <summary>The time of a ticket. Without a ticket the list answers 500 (contract notes, section 3).</summary>
    protected async Task<IReadOnlyList<HaloRow>> ActionsAsync(string ticketId, CancellationToken cancellationToken) =>
        (await client.ListAsync("Actions", [("ticket_id", ticketId), .. OfActions], cancellationToken).ConfigureAwait(false)).Rows;

    protected async Task<ReadOnlyMemory<byte>> PageAsync(IReadOnlyCollection<HaloRow> rows, References references, CancellationToken cancellationToken)
    {
        var tickets = await references.FindAsync("Tickets", rows.Select(row => row.Reference("ticket_id")), cancellationToken).ConfigureAwait(false);
        return Page(
            rows,
            (HaloPage.Tickets, tickets),
            (HaloPage.Clients, await references.FindAsync("Client", rows.Concat(tickets).Select(row => row.Reference("client_id")), cancellationToken).ConfigureAwait(false)),
            (HaloPage.Agents, await references.FindAsync("Agent", rows.SelectMany(AgentsOf), cancellationToken).ConfigureAwait(false)),
            (HaloPage.ChargeTypes, await references.ChargeTypesAsync(cancellationToken).ConfigureAwait(false)));
    }

    private static IEnumerable<string?> AgentsOf(HaloRow row) => [row.Reference("agent_id"), row.Reference("who_agentid") ?? row.Reference("actionby_agent_id")];
}
