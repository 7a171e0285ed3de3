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

    /// <summary>The runs of the periods that ended last, newest first.</summary>
    /// <param name="months">From the end of the newest back; with one, those that ended on the same day or within the month before it.</param>
    public async Task<IReadOnlyList<BillingRun>> LastAsync(int months, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. all.Where(run => run.Period.End > all[0].Period.End.AddMonths(-months))];
    }

    public Task PutAsync(BillingRun run, CancellationToken cancellationToken) =>
        storage.Runs.UpsertEntityAsync(JsonRow.Of(Partition, run.Period.ToString(), run), TableUpdateMode.Replace, cancellationToken);
}
