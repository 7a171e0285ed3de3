using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Lists that each parent has one of: additions and work roles of agreements, phases of projects.</summary>
/// <remarks>
/// The interface has no list of them across parents. Since a moment, the lists of the parents that changed since are read; all lists where there is no
/// such moment, because a change of an addition does not always change its agreement (contract notes, section 3): a pull of everything
/// or a sweep, once a night, finds the others. An id alone is enough to fetch by: which parent a record has is remembered
/// from each list that is read, and where that is not known, after a restart, all lists are walked once. Such a walk answers for other ids for
/// five minutes, so that a sweep that asks for many that are gone walks once.
/// </remarks>
internal sealed class NestedLists(ConnectWiseClient client, TimeProvider clock)
{
    private static readonly TimeSpan WalkHolds = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Feed, long Id), long> _parents = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _walkedAt = new();

    /// <summary>The lists of the parents that changed since a moment, or of all, as many to a page as make a full one.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Row>> PullAsync(ConnectWiseFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changed = changedSince is null ? ParentsAsync(feed, cancellationToken) : client.ChangedAsync(feed.Parents!, changedSince, cancellationToken);
        var read = new HashSet<long>();
        var rows = new List<Row>();
        await foreach (var parents in changed.ConfigureAwait(false))
        {
            foreach (var parent in parents.Rows.Where(parent => read.Add(parent.Id)))
            {
                await foreach (var page in PagesAsync(feed, parent.Id, null, cancellationToken).ConfigureAwait(false))
                {
                    rows.AddRange(page.WithoutThisSecond().Rows);
                    if (rows.Count == 0 || (!feed.IsPagedByParent && rows.Count < client.PageSize))
                        continue;
                    yield return rows;
                    rows = [];
                }
            }
        }

        if (rows.Count > 0)
            yield return rows;
    }

    public async IAsyncEnumerable<long> IdsAsync(ConnectWiseFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var parents in ParentsAsync(feed, cancellationToken).ConfigureAwait(false))
        {
            foreach (var parent in parents.Rows)
            {
                await foreach (var page in PagesAsync(feed, parent.Id, "id", cancellationToken).ConfigureAwait(false))
                {
                    foreach (var row in page.Rows)
                        yield return row.Id;
                }
            }
        }
    }

    public async Task<IReadOnlyList<Row>> FetchAsync(ConnectWiseFeed feed, long id, CancellationToken cancellationToken)
    {
        if (!_parents.ContainsKey((feed.Feed.Name, id)) && !(_walkedAt.TryGetValue(feed.Feed.Name, out var walked) && clock.GetUtcNow() - walked < WalkHolds))
        {
            var begun = clock.GetUtcNow();
            await foreach (var _ in IdsAsync(feed, cancellationToken).ConfigureAwait(false))
            {
                // Each list notes whose its records are.
            }

            _walkedAt[feed.Feed.Name] = begun;
        }

        return _parents.TryGetValue((feed.Feed.Name, id), out var parent)
            ? (await client.ListAsync(feed.ListOf(parent) with { Conditions = Conditions.Is("id", id) }, cancellationToken).ConfigureAwait(false)).Rows
            : [];
    }

    private IAsyncEnumerable<ListAnswer> ParentsAsync(ConnectWiseFeed feed, CancellationToken cancellationToken) =>
        client.AllAsync(feed.Parents! with { Fields = "id" }, cancellationToken);

    private async IAsyncEnumerable<ListAnswer> PagesAsync(ConnectWiseFeed feed, long parent, string? fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in client.AllAsync(feed.ListOf(parent) with { Fields = fields }, cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in page.Rows)
                _parents[(feed.Feed.Name, row.Id)] = parent;
            yield return page;
        }
    }
}
