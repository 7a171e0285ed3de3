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

    // Of few rows only those are read, in as many requests: a partition grows with all that was ever captured.
    private Task<List<TableEntity>> ListAsync(string partition, IReadOnlyList<string> rows, CancellationToken cancellationToken) => rows.Count <= MostInFilter
        ? JsonRow.ListAsync(table, TableClient.CreateQueryFilter($"PartitionKey eq {partition}") + $" and ({string.Join(" or ", rows.Select(row => TableClient.CreateQueryFilter($"RowKey eq {row}")))})", cancellationToken)
        : JsonRow.ListPartitionAsync(table, partition, cancellationToken);

    public Task WriteAsync(IEnumerable<(RecordId Id, Location Location)> locations, int parallel, CancellationToken cancellationToken) => JsonRow.SubmitAsync(
        table,
        locations.Select(l => new TableTransactionAction(TableTransactionActionType.UpsertReplace, JsonRow.Of(Keys.LocationPartition(l.Id), Keys.LocationRow(l.Id), l.Location))),
        parallel,
        cancellationToken);
}
