using Azure.Data.Tables;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Billing runs, one a period.</summary>
public sealed class RunStore(BillingStorage storage)
{
    private const string Partition = "run";

    public async Task<BillingRun?> FindAsync(Period period, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<BillingRun>(storage.Runs, Partition, period.ToString(), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>All runs, newest period first: the one that ended last, and of those that ended together the shortest.</summary>
    public async Task<IReadOnlyList<BillingRun>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await JsonRow.ListPartitionAsync(storage.Runs, Partition, cancellationToken).ConfigureAwait(false))
            .Select(JsonRow.Value<BillingRun>).OrderByDescending(run => run.Period.End).ThenByDescending(run => run.Period.Start),
    ];

    /// <summary>The runs of the periods that ended last.</summary>
    /// <param name="ends">How many days on which periods ended; longer periods end with months.</param>
    public async Task<IReadOnlyList<BillingRun>> LastAsync(int ends, CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken).ConfigureAwait(false)).GroupBy(run => run.Period.End).Take(ends).SelectMany(together => together)];

    public Task PutAsync(BillingRun run, CancellationToken cancellationToken) =>
        storage.Runs.UpsertEntityAsync(JsonRow.Of(Partition, run.Period.ToString(), run), TableUpdateMode.Replace, cancellationToken);
}
