using Azure.Data.Tables;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>Where an activity is, at which version.</summary>
/// <param name="Payload">Names the bytes that it came with.</param>
internal sealed record Location(ActivityPlace Place, DateTimeOffset? Revision, string Hash, string Payload);

/// <summary>Finds activities by their ids, wherever they are.</summary>
internal sealed class LocationTable(TableClient table)
{
    /// <summary>A filter may compare at most fifteen times, of which the partition is one.</summary>
    private const int MostInFilter = 14;

    public async Task<Dictionary<RecordId, Location>> FindAsync(IEnumerable<RecordId> ids, int parallel, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RecordId, Location>();
        await Parallel.ForEachAsync(
            ids.ToLookup(Keys.LocationPartition),
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (partition, token) =>
            {
                var rows = (await ListAsync(partition.Key, [.. partition.Select(Keys.LocationRow).Distinct()], token).ConfigureAwait(false)).ToDictionary(row => row.RowKey);
                lock (found)
                {
                    foreach (var id in partition)
                    {
                        if (rows.TryGetValue(Keys.LocationRow(id), out var row))
                        {
                            found[id] = JsonRow.Value<Location>(row);
                        }
                    }
                }
            }).ConfigureAwait(false);
        return found;
    }

    /// <remarks>
    /// Of few rows only those are read, and of events always: their partitions grow with all that was ever captured. Numbered ids lie a thousand to a
    /// partition, which one request reads.
    /// </remarks>
    private async Task<List<TableEntity>> ListAsync(string partition, IReadOnlyList<string> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > MostInFilter && !partition.StartsWith(Keys.UsageSource, StringComparison.Ordinal))
        {
            return await JsonRow.ListPartitionAsync(table, partition, cancellationToken).ConfigureAwait(false);
        }

        var found = new List<TableEntity>();
        foreach (var few in rows.Chunk(MostInFilter))
        {
            var filter = $"{TableClient.CreateQueryFilter($"PartitionKey eq {partition}")} and ({string.Join(" or ", few.Select(row => TableClient.CreateQueryFilter($"RowKey eq {row}")))})";
            found.AddRange(await JsonRow.ListAsync(table, filter, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    public Task WriteAsync(IEnumerable<(RecordId Id, Location Location)> locations, int parallel, CancellationToken cancellationToken) => JsonRow.SubmitAsync(
        table,
        locations.Select(l => new TableTransactionAction(TableTransactionActionType.UpsertReplace, JsonRow.Of(Keys.LocationPartition(l.Id), Keys.LocationRow(l.Id), l.Location))),
        parallel,
        cancellationToken);
}
