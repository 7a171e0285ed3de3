using MspBilling.Adapters.Capture;

namespace MspBilling.App.Capture;

/// <summary>Pulls what was changed at the sources, where any are configured.</summary>
public sealed class PullTimer(IEnumerable<IRecordSource> sources, PullRunner runner) : IScheduledJob
{
    public string Name => "pull";

    public string Schedule => "*/15 * * * *";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await runner.Start(source, new PullRequest { OnlyDue = true }).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
