using MspBilling.Adapters.Storage;

namespace MspBilling.App.Accounting;

/// <summary>Sends again what has waited for accounting: a message that was lost is not lost work.</summary>
public sealed class OutboxTimer(RunStore runs, OutboxPump pump) : IScheduledJob
{
    // A close that is older has been looked at by every earlier tick.
    private const int Months = 3;

    public string Name => "outbox";

    public string Schedule => "*/15 * * * *";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await runs.LastAsync(Months, cancellationToken).ConfigureAwait(false))
        {
            await pump.SendAsync(run.Period, failedToo: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
