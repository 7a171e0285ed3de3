using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MspBilling.Local.Hosting;

/// <summary>Feeds a handler from its queue for as long as the host serves.</summary>
internal abstract partial class QueueWorker(string queue, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>Handles what is visible now.</summary>
    /// <returns>How many messages were taken.</returns>
    protected abstract Task<int> PumpOnceAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await PumpOnceAsync(stoppingToken).ConfigureAwait(false) > 0)
                {
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Storage is away, or a call timed out, which is a cancellation, too: it is asked again.
                LogFailed(e, queue);
            }

            await Task.Delay(Idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The {Queue} queue could not be read")]
    private partial void LogFailed(Exception exception, string queue);
}
