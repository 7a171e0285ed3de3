using Azure.Data.Tables;

namespace MspBilling.Adapters.Storage;

/// <summary>Days on which a client's period was ended early, because somebody asked for an invoice then.</summary>
/// <remarks>A cut stays: the same periods come out whenever they are asked for. Of a bill only its period is kept, so it is computed again without them.</remarks>
public sealed class CutStore(BillingStorage storage)
{
    private sealed record Cut(string ClientId, DateOnly Day);

    /// <summary>By client.</summary>
    public async Task<ILookup<string, DateOnly>> ListAsync(CancellationToken cancellationToken) =>
        (await JsonRow.ListPartitionAsync(storage.Runs, Keys.CutPartition, cancellationToken).ConfigureAwait(false)).Select(JsonRow.Value<Cut>).ToLookup(cut => cut.ClientId, cut => cut.Day, StringComparer.Ordinal);

    /// <param name="day">The first day of the client's next period.</param>
    public Task AddAsync(string clientId, DateOnly day, CancellationToken cancellationToken) =>
        storage.Runs.UpsertEntityAsync(JsonRow.Of(Keys.CutPartition, Keys.CutRow(clientId, day), new Cut(clientId, day)), TableUpdateMode.Replace, cancellationToken);
}
