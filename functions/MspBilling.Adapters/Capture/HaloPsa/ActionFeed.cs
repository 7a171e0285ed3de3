using System.Runtime.CompilerServices;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Time from <c>GET /Actions</c>, ticket by ticket of those that changed.</summary>
/// <remarks>The first pull takes the tickets that changed in the days that the settings look back.</remarks>
internal sealed class ActionFeed(HaloClient client, HaloPsaOptions options, TimeProvider clock) : TimeFeed(client, options, clock, "actions", Overlap)
{
    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> PullAsync(DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var references = new References(Client, Options);
        await references.LoadOnceAsync(cancellationToken).ConfigureAwait(false);
        var since = Local(changedSince ?? Clock.GetUtcNow().AddDays(-Options.LookBackDays));
        await foreach (var rows in RowsAsync(since, references, cancellationToken).ConfigureAwait(false))
            yield return await PageAsync(rows, references, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Work of a day changed its ticket on that day or after it.</summary>
    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> SweepAsync(Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var rows in RowsAsync(days.Start.AddDays(-1).ToDateTime(TimeOnly.MinValue), new References(Client, Options), cancellationToken).ConfigureAwait(false))
            yield return Page(rows);
    }

    /// <param name="externalId"><c>ticket/action</c>, or a ticket's id alone for all of its time.</param>
    public override async Task<ReadOnlyMemory<byte>?> FetchAsync(string externalId, CancellationToken cancellationToken)
    {
        var parts = externalId.Split('/');
        if (await Client.FindAsync("Tickets", parts[0], [], cancellationToken).ConfigureAwait(false) is not { } ticket)
            return NoPage;

        var references = new References(Client, Options);
        references.Add("Tickets", [ticket]);
        var actions = (await ActionsAsync(parts[0], cancellationToken).ConfigureAwait(false)).Where(action => parts.Length == 1 || action.Id == parts[1]).ToList();
        return actions.Count > 0 ? await PageAsync(actions, references, cancellationToken).ConfigureAwait(false) : NoPage;
    }

    private async IAsyncEnumerable<IReadOnlyList<HaloRow>> RowsAsync(DateTime since, References references, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new List<HaloRow>();
        await foreach (var tickets in Client.PagesAsync("Tickets", [("includeclosed", "true"), ("lastupdatefromdate", Literal(since))], cancellationToken).ConfigureAwait(false))
        {
            references.Add("Tickets", tickets);
            foreach (var ticket in tickets)
            {
                waiting.AddRange(await ActionsAsync(ticket.Id!, cancellationToken).ConfigureAwait(false));
                if (waiting.Count < Options.PageSize)
                    continue;

                yield return waiting;
                waiting = [];
            }
        }

        if (waiting.Count > 0)
            yield return waiting;
    }
}
