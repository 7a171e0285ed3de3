using Cronos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MspBilling.App;

namespace MspBilling.Local.Hosting;

/// <summary>Runs the program's timers by their schedules (UTC); one that fails is tried again at its next time.</summary>
internal sealed partial class TimerWorker(IEnumerable<IScheduledJob> jobs, TimeProvider clock, ILogger<TimerWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(jobs.Select(job => RunAsync(job, stoppingToken)));

    private async Task RunAsync(IScheduledJob job, CancellationToken stoppingToken)
    {
        var schedule = CronExpression.Parse(job.Schedule);
        while (schedule.GetNextOccurrence(clock.GetUtcNow().UtcDateTime) is { } next)
        {
            await Task.Delay(next - clock.GetUtcNow().UtcDateTime, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await job.RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e, job.Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The timer {Job} failed")]
    private partial void LogFailed(Exception exception, string job);
}
