using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Runs closes in this process, one at a time for a period: who asks for one that is running gets that one.</summary>
public sealed partial class BillingRunner(IServiceScopeFactory scopes, RunStore runs, ILogger<BillingRunner> logger)
{
    private readonly ConcurrentDictionary<Period, Lazy<(Task Task, RunProgress Progress)>> _running = new();

    /// <returns>The run, and how far it has come.</returns>
    public (Task Task, RunProgress Progress) Start(Period period) =>
        _running.GetOrAdd(period, p => new Lazy<(Task, RunProgress)>(() => Begin(p, (steps, of) => BillingRunWorkflow.RunAsync(steps, of)))).Value;

    /// <summary>Issues what was approved in a period, after whatever of the period is running.</summary>
    public Task IssueApprovedAsync(Period period) => AfterOthersAsync(period, BillingRunWorkflow.IssueApprovedAsync);

    /// <summary>Computes a client's draft anew, after whatever of the period is running.</summary>
    public Task RedraftAsync(Period period, string clientId) => AfterOthersAsync(period, (steps, _) => steps.DraftAsync(period, clientId));

    /// <summary>Bills some clients of a period, after whatever of the period is running.</summary>
    public Task BillAsync(Period period, IReadOnlyList<string> clients) => AfterOthersAsync(period, (steps, p) => BillingRunWorkflow.RunAsync(steps, p, clients));

    private async Task AfterOthersAsync(Period period, Func<IBillingRunSteps, Period, Task> workflow)
    {
        var mine = new Lazy<(Task Task, RunProgress)>(() => Begin(period, workflow));
        while (_running.GetOrAdd(period, mine) is var running && !ReferenceEquals(running, mine))
        {
            // How that ends is for who has started it.
            await Task.WhenAny(running.Value.Task).ConfigureAwait(false);
        }

        await mine.Value.Task.ConfigureAwait(false);
    }

    private (Task, RunProgress) Begin(Period period, Func<IBillingRunSteps, Period, Task> workflow)
    {
        var scope = scopes.CreateAsyncScope();
        var progress = scope.ServiceProvider.GetRequiredService<RunProgress>();
        return (Task.Run(async () =>
        {
            await using (scope.ConfigureAwait(false))
            {
                try
                {
                    await workflow(scope.ServiceProvider.GetRequiredService<IBillingRunSteps>(), period).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogFailed(e, period.ToString());
                    await NoteFailureAsync(period, e.Message.Split('\n')[0]).ConfigureAwait(false);
                    throw;
                }
                finally
                {
                    _running.TryRemove(period, out _);
                }
            }
        }), progress);
    }

    // Who started it through the API is not there to see the exception, and looks at the run.
    private async Task NoteFailureAsync(Period period, string problem)
    {
        try
        {
            if (await runs.FindAsync(period, default).ConfigureAwait(false) is { } run)
            {
                await runs.PutAsync(run with { State = RunState.Failed, Problem = problem }, default).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // The storage itself is away; the run stays as running, and goes on when it is started again.
        }
    }

    [LoggerMessage(LogLevel.Error, "The close of {Period} failed")]
    private partial void LogFailed(Exception exception, string period);
}
