using System.Globalization;
using Azure;
using Azure.Data.Tables;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>A table row that carries one value as JSON, in as many binary properties as it needs.</summary>
/// <remarks>
/// A property holds at most 64 KiB and a row 1 MiB (Azure Table storage, "Understanding the Table service data model"); larger
/// values belong into a blob, and are refused here. Azurite counts the row as it is sent, where four characters stand for three bytes,
/// so what is taken here is 704 KiB.
/// </remarks>
internal static class JsonRow
{
    private const int PropertyBytes = 64 * 1024;
    private const int MostProperties = 11;

    public static TableEntity Of<T>(string partition, string row, T value)
    {
        var json = RecordJson.Serialize(value);
        if (json.Length > PropertyBytes * MostProperties)
        {
            throw new InvalidOperationException($"{partition}/{row} has {json.Length} bytes; a table row holds {PropertyBytes * MostProperties}.");
        }

        var entity = new TableEntity(partition, row);
        for (var (part, start) = (0, 0); start < json.Length; part++, start += PropertyBytes)
        {
            entity[Property(part)] = json[start..Math.Min(start + PropertyBytes, json.Length)];
        }

        return entity;
    }

    private static string Property(int part) => part == 0 ? "Json" : "Json" + part.ToString(CultureInfo.InvariantCulture);

    /// <summary>About as many bytes as the row takes.</summary>
    public static int SizeOf(TableEntity entity) => entity.Sum(property => (property.Value as byte[])?.Length ?? 64);

    public static T Value<T>(TableEntity entity)
    {
        byte[] json = entity.GetBinary(Property(0));
        if (entity.ContainsKey(Property(1)))
        {
            json = [.. Enumerable.Range(0, MostProperties).Select(part => entity.GetBinary(Property(part))).TakeWhile(part => part is not null).SelectMany(part => part)];
        }

        return RecordJson.Deserialize<T>(json);
    }

    public static async Task<(T? Value, ETag Tag)> FindAsync<T>(TableClient table, string partition, string row, CancellationToken cancellationToken)
        where T : class
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.HasValue ? (Value<T>(found.Value!), found.Value!.ETag) : (null, default);
    }

    public static async Task<List<TableEntity>> ListAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static Task<List<TableEntity>> ListPartitionAsync(TableClient table, string partition, CancellationToken cancellationToken) =>
        ListAsync(table, TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken);

    /// <summary>Writes rows in entity group transactions: at most 100 rows and well under 4 MiB of one partition in each.</summary>
    public static async Task SubmitAsync(TableClient table, IEnumerable<TableTransactionAction> actions, int parallel, CancellationToken cancellationToken)
    {
        var batches = actions.GroupBy(a => a.Entity.PartitionKey).SelectMany(Batches);
        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (batch, token) => await table.SubmitTransactionAsync(batch, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static IEnumerable<List<TableTransactionAction>> Batches(IEnumerable<TableTransactionAction> actions)
    {
        const int mostRows = 100;
        const int mostBytes = 2 * 1024 * 1024;
        var batch = new List<TableTransactionAction>();
        var bytes = 0;
        foreach (var action in actions)
        {
            var size = SizeOf((TableEntity)action.Entity);
            if (batch.Count == mostRows || (batch.Count > 0 && bytes + size > mostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(action);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
