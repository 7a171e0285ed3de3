using System.Text.Json;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Puts pages together: rows, the rows that they refer to, the labels of picklists, and how all that is read.</summary>
/// <remarks>
/// <c>{"reading":{…},"labels":{"Tickets.queueID":{"8":"Level 1"}},"timeEntries":[…],"tickets":[…]}</c>, each row as the vendor sent it and in the order of ids, so that
/// the same rows are the same bytes. A page of more than a million bytes is halved until it is not.
/// </remarks>
internal sealed class PageComposer(AutotaskClient client, AutotaskFeed feed, string reading, DateOnly sweptFrom)
{
    private const int MostBytes = 1_000_000;
    private const int MostReadings = 3;

    private readonly Dictionary<(string Entity, long Id), Row?> _few = [];
    private SortedDictionary<string, SortedDictionary<string, string>>? _labels;

    private string MainList => feed.Around?.List ?? feed.List;

    /// <summary>The pages of rows; none where the rows have no record.</summary>
    /// <remarks>
    /// A record is as new as the newest of its rows; therefore an entry must not be older than its ticket says: where a ticket changed after its
    /// entries were read, they are read once more.
    /// </remarks>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ComposeAsync(RowPage page, CancellationToken cancellationToken)
    {
        var lists = await GatherAsync(page.Rows, cancellationToken).ConfigureAwait(false);
        for (var reading = 1; reading < MostReadings && feed.FollowsTickets && ChangedTickets.IsAny(lists, page.AnsweredAt); reading++)
        {
            page = await AgainAsync(page, cancellationToken).ConfigureAwait(false);
            lists = await GatherAsync(page.Rows, cancellationToken).ConfigureAwait(false);
        }

        _labels ??= await LabelsAsync(cancellationToken).ConfigureAwait(false);
        var pages = new List<ReadOnlyMemory<byte>>();
        Write(lists, [.. page.Rows.OrderBy(row => row.Id)], pages);
        return pages;
    }

    private async Task<RowPage> AgainAsync(RowPage page, CancellationToken cancellationToken)
    {
        var (rows, at) = (new List<Row>(), (DateTimeOffset?)null);
        foreach (var ids in page.Rows.Select(row => row.Id).Chunk(client.MostIds))
        {
            await foreach (var some in client.QueryAsync(new AutotaskQuery(feed.Entity, AutotaskCondition.In("id", ids)) { Fields = feed.Fields }, cancellationToken).ConfigureAwait(false))
            {
                rows.AddRange(some.Rows);
                at ??= some.AnsweredAt;
            }
        }

        return new RowPage(rows, null, at);
    }

    private async Task<Dictionary<string, SortedDictionary<long, Row>>> GatherAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<string, SortedDictionary<long, Row>>(StringComparer.Ordinal);
        Add(MainList, rows);
        foreach (var link in feed.Links)
            Add(link.To, await FollowAsync(link, References(link, lists[link.From].Values), cancellationToken).ConfigureAwait(false));
        return lists;

        void Add(string list, IEnumerable<Row> found)
        {
            if (!lists.TryGetValue(list, out var known))
                lists[list] = known = [];
            foreach (var row in found)
                known[row.Id] = row;
        }
    }

    private static HashSet<long> References(Link link, IEnumerable<Row> rows) => [.. rows.Select(row => Wire.Whole(row.Json, link.Field)).OfType<long>()];

    private async Task<IReadOnlyList<Row>> FollowAsync(Link link, HashSet<long> ids, CancellationToken cancellationToken)
    {
        var query = new AutotaskQuery(link.Entity) { Fields = link.Fields }.And(link.SweptBy is { } date ? AutotaskCondition.From(date, sweptFrom) : null);
        if (!link.IsFew)
            return await client.OfAsync(query, link.Key, ids, cancellationToken).ConfigureAwait(false);

        var unknown = ids.Where(id => !_few.ContainsKey((link.Entity, id))).ToList();
        foreach (var id in unknown)
            _few[(link.Entity, id)] = null;
        try
        {
            foreach (var row in await client.OfAsync(query, link.Key, unknown, cancellationToken).ConfigureAwait(false))
                _few[(link.Entity, row.Id)] = row;
        }
        catch
        {
            _few.Clear();
            throw;
        }

        return [.. ids.Select(id => _few[(link.Entity, id)]).OfType<Row>()];
    }

    private async Task<SortedDictionary<string, SortedDictionary<string, string>>> LabelsAsync(CancellationToken cancellationToken)
    {
        var labels = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (entity, field) in feed.Labels)
            labels[$"{entity}.{field}"] = await client.LabelsAsync(entity, field, cancellationToken).ConfigureAwait(false);
        return labels;
    }

    private void Write(Dictionary<string, SortedDictionary<long, Row>> all, IReadOnlyList<Row> rows, List<ReadOnlyMemory<byte>> pages)
    {
        var reached = Reached(all, rows);
        if (reached[feed.List].Count == 0)
            return;

        var page = Bytes(reached);
        if (page.Length <= MostBytes || rows.Count == 1)
        {
            pages.Add(page);
            return;
        }

        Write(all, [.. rows.Take(rows.Count / 2)], pages);
        Write(all, [.. rows.Skip(rows.Count / 2)], pages);
    }

    private Dictionary<string, SortedDictionary<long, Row>> Reached(Dictionary<string, SortedDictionary<long, Row>> all, IReadOnlyList<Row> rows)
    {
        var reached = all.Keys.ToDictionary(list => list, _ => new SortedDictionary<long, Row>(), StringComparer.Ordinal);
        foreach (var row in rows)
            reached[MainList][row.Id] = row;
        foreach (var link in feed.Links)
        {
            var ids = References(link, reached[link.From].Values);
            foreach (var row in all[link.To].Values.Where(row => Wire.Whole(row.Json, link.Key) is { } key && ids.Contains(key)))
                reached[link.To][row.Id] = row;
        }

        return reached;
    }

    private ReadOnlyMemory<byte> Bytes(Dictionary<string, SortedDictionary<long, Row>> lists)
    {
        using var bytes = new MemoryStream();
        using (var page = new Utf8JsonWriter(bytes))
        {
            page.WriteStartObject();
            page.WritePropertyName(AutotaskReading.Property);
            page.WriteRawValue(reading);
            page.WritePropertyName(AutotaskPage.LabelsProperty);
            JsonSerializer.Serialize(page, _labels);
            foreach (var (list, rows) in lists.OrderBy(each => each.Key != feed.List).ThenBy(each => each.Key, StringComparer.Ordinal))
            {
                page.WriteStartArray(list);
                foreach (var row in rows.Values)
                    page.WriteRawValue(row.Json.GetRawText(), skipInputValidation: true);
                page.WriteEndArray();
            }

            page.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
