using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MspBilling.App.Accounting;

namespace MspBilling.Local.Hosting;

/// <summary>Feeds the accounting handler from the queue for as long as the host serves.</summary>
internal sealed partial class AccountingWorker(AccountingPump pump, TimeProvider clock, ILogger<AccountingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await pump.PumpOnceAsync(stoppingToken).ConfigureAwait(false) > 0)
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
                LogFailed(e);
            }

            await Task.Delay(Idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The accounting queue could not be read")]
    private partial void LogFailed(Exception exception);
}
