using MspBilling.Adapters.Storage;
using MspBilling.Core.Accounting;
using MspBilling.Core.Time;

namespace MspBilling.App.Accounting;

/// <summary>Sends a message for every outbox entry that is still pending.</summary>
/// <remarks>Sending twice does no harm: the handler looks at the entry first. So this is all that a restart needs.</remarks>
public sealed class OutboxPump(BillStore bills, AccountingQueue queue)
{
    /// <param name="failedToo">Whether what was refused is tried again too, because a person has mended something.</param>
    /// <returns>How many were sent.</returns>
    public async Task<int> SendAsync(Period period, bool failedToo, CancellationToken cancellationToken)
    {
        var entries = await bills.ListAsync<OutboxEntry>(period, cancellationToken).ConfigureAwait(false);
        var pending = entries.Where(e => e.State == SyncState.Pending || (failedToo && e.State == SyncState.Failed)).ToList();
        await Parallel.ForEachAsync(
            pending,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (entry, token) => await queue.SendAsync(new AccountingMessage(entry.Period, entry.ClientId, entry.Currency, entry.Credits is null ? null : entry.Number, entry.Part), token).ConfigureAwait(false)).ConfigureAwait(false);
        return pending.Count;
    }
}
