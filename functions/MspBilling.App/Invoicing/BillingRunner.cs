using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Runs closes in this process, one at a time for a period: who asks for one that is running gets that one.</summary>
public sealed class BillingRunner(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<Period, Lazy<(Task Task, RunProgress Progress)>> _running = new();

    /// <returns>The run, and how far it has come.</returns>
    public (Task Task, RunProgress Progress) Start(Period period) =>
        _running.GetOrAdd(period, p => new Lazy<(Task, RunProgress)>(() => Begin(p))).Value;

    private (Task, RunProgress) Begin(Period period)
    {
        var scope = scopes.CreateAsyncScope();
        var progress = scope.ServiceProvider.GetRequiredService<RunProgress>();
        return (Task.Run(async () =>
        {
            await using (scope.ConfigureAwait(false))
            {
                try
                {
                    await BillingRunWorkflow.RunAsync(scope.ServiceProvider.GetRequiredService<IBillingRunSteps>(), period).ConfigureAwait(false);
                }
                finally
                {
                    _running.TryRemove(period, out _);
                }
            }
        }), progress);
    }
}
