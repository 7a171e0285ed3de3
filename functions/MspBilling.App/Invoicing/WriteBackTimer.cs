using MspBilling.Adapters.Storage;

namespace MspBilling.App.Invoicing;

/// <summary>Goes on with writing back what is not written yet, where the settings ask for it.</summary>
public sealed class WriteBackTimer(RunStore runs, WriteBackJob job, WriteBackRunner runner) : IScheduledJob
{
    // What is older has been looked at by every earlier tick, and is gone on with by the command.
    private const int Months = 3;

    public string Name => "write-back";

    public string Schedule => "*/15 * * * *";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (job.Writers.Count == 0)
        {
            return;
        }

        foreach (var run in await runs.LastAsync(Months, cancellationToken).ConfigureAwait(false))
        {
            await runner.RunAsync(run.Period, null, again: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
