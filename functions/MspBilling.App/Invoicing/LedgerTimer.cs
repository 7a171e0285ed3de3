using MspBilling.Adapters.Storage;

namespace MspBilling.App.Invoicing;

/// <summary>Goes on with what was written into ledgers and cut short before it was in the rows of invoices and notes.</summary>
public sealed class LedgerTimer(LedgerStore ledgers, LedgerPosting posting) : IScheduledJob
{
    public string Name => "ledger";

    public string Schedule => "7,22,37,52 * * * *";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // One client's trouble does not keep the others waiting, and is told at the end.
        var failed = new List<Exception>();
        foreach (var mark in await ledgers.MarkedAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await posting.PostAsync(mark.ClientId, mark.Tag, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add(e);
            }
        }

        if (failed.Count > 0)
        {
            throw new AggregateException(failed);
        }
    }
}
