using System.Runtime.CompilerServices;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>The time of the tickets, tasks and projects that changed: a ticket that moves to another company moves its time, which Autotask does not mark as changed.</summary>
internal sealed class ChangedTickets(AutotaskClient client, DateOnly workedFrom)
{
    private static readonly (string List, string[] Stamps)[] Stamped =
    [
        ("tickets", ["lastTrackedModificationDateTime", "lastActivityDate"]),
        ("tasks", ["lastActivityDateTime"]),
        ("projects", ["lastActivityDateTime"]),
        ("phases", ["lastActivityDateTime"]),
    ];

    // The vendor tells times by the second in its header.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<RowPage> EntriesAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tickets = await ChangedAsync("Tickets", since, ["lastActivityDate", "lastTrackedModificationDateTime"], cancellationToken).ConfigureAwait(false);
        await foreach (var page in OfAsync("ticketID", tickets, cancellationToken).ConfigureAwait(false))
            yield return page;

        var tasks = (await ChangedAsync("Tasks", since, ["lastActivityDateTime"], cancellationToken).ConfigureAwait(false)).ToHashSet();
        foreach (var (entity, field) in new[] { ("Projects", "projectID"), ("Phases", "phaseID") })
        {
            var parents = await ChangedAsync(entity, since, ["lastActivityDateTime"], cancellationToken).ConfigureAwait(false);
            tasks.UnionWith((await client.OfAsync(new AutotaskQuery("Tasks") { Fields = ["id"] }, field, parents, cancellationToken).ConfigureAwait(false)).Select(task => task.Id));
        }

        await foreach (var page in OfAsync("taskID", tasks, cancellationToken).ConfigureAwait(false))
            yield return page;
    }

    /// <summary>Whether a ticket, task, project or phase changed when entries had been read already.</summary>
    public static bool IsAny(IReadOnlyDictionary<string, SortedDictionary<long, Row>> lists, DateTimeOffset? readAt) => readAt is { } at
        && Stamped.Any(each => lists[each.List].Values.Any(row => each.Stamps.Any(stamp => Wire.Instant(row.Json, stamp) >= at - Second)));

    private async Task<IEnumerable<long>> ChangedAsync(string entity, DateTimeOffset since, string[] stamps, CancellationToken cancellationToken)
    {
        var query = new AutotaskQuery(entity, AutotaskCondition.Any([.. stamps.Select(stamp => AutotaskCondition.From(stamp, since))])) { Fields = ["id"] };
        return (await client.AllAsync(query, cancellationToken).ConfigureAwait(false)).Select(row => row.Id);
    }

    private async IAsyncEnumerable<RowPage> OfAsync(string field, IEnumerable<long> parents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in parents.Order().Chunk(client.MostIds))
        {
            var query = new AutotaskQuery("TimeEntries", AutotaskCondition.In(field, some), AutotaskCondition.From("dateWorked", workedFrom));
            await foreach (var page in client.QueryAsync(query, cancellationToken).ConfigureAwait(false))
                yield return page;
        }
    }
}
