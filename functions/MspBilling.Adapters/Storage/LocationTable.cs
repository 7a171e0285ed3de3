using Azure.Data.Tables;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>Where an activity is, at which version.</summary>
/// <param name="Payload">Names the bytes that it came with.</param>
internal sealed record Location(ActivityPlace Place, DateTimeOffset? Revision, string Hash, string Payload);

/// <summary>Finds activities by their ids, wherever they are.</summary>
internal sealed class LocationTable(TableClient table)
{
    public async Task<Dictionary<RecordId, Location>> FindAsync(IEnumerable<RecordId> ids, int parallel, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RecordId, Location>();
        await Parallel.ForEachAsync(
            ids.ToLookup(Keys.LocationPartition),
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (partition, token) =>
            {
                var rows = (await JsonRow.ListPartitionAsync(table, partition.Key, token).ConfigureAwait(false)).ToDictionary(row => row.RowKey);
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

    /// <summary>Finds a few, each by its key.</summary>
    public async Task<Dictionary<RecordId, Location>> FindFewAsync(IEnumerable<RecordId> ids, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(ids.Select(async id => (id, (await JsonRow.FindAsync<Location>(table, Keys.LocationPartition(id), Keys.LocationRow(id), cancellationToken).ConfigureAwait(false)).Value))).ConfigureAwait(false);
        return found.Where(each => each.Value is not null).ToDictionary(each => each.id, each => each.Value!);
    }

    public Task WriteAsync(IEnumerable<(RecordId Id, Location Location)> locations, int parallel, CancellationToken cancellationToken) => JsonRow.SubmitAsync(
        table,
        locations.Select(l => new TableTransactionAction(TableTransactionActionType.UpsertReplace, JsonRow.Of(Keys.LocationPartition(l.Id), Keys.LocationRow(l.Id), l.Location))),
        parallel,
        cancellationToken);
}
