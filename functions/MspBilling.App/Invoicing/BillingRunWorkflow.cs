using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>A billing run, written once for both hosts: draft everyone, number what is to be issued, issue it, finish.</summary>
/// <remarks>
/// Numbers are given between the two fan-outs and in the order of the clients, so that they do not depend on who was fastest. Only
/// the steps do anything; this sequences them, so that a Durable orchestrator can carry it.
/// </remarks>
public static class BillingRunWorkflow
{
    /// <param name="clients">Whom to bill of those whose period it is; null for all.</param>
    public static async Task RunAsync(IBillingRunSteps steps, Period period, IReadOnlyList<string>? clients = null)
    {
        var start = await steps.StartAsync(period, clients);
        var drafted = await Task.WhenAll(start.ClientIds.Select(clientId => steps.DraftAsync(period, clientId)));
        var assignments = await steps.AssignNumbersAsync(period, [.. drafted.OrderBy(d => d.ClientId, StringComparer.Ordinal).SelectMany(d => d.Intents)]);
        await Task.WhenAll(assignments.Where(a => clients?.Contains(a.Intent.ClientId) != false).GroupBy(a => a.Intent.ClientId).Select(client => steps.IssueAsync(period, [.. client])));
        await steps.FinishAsync(period);
    }

    /// <summary>Issues what was approved, exactly that, by the same steps: nothing is computed anew.</summary>
    public static async Task IssueApprovedAsync(IBillingRunSteps steps, Period period)
    {
        var approved = await steps.ApprovedAsync(period);
        var clients = approved.Select(intent => intent.ClientId).ToHashSet(StringComparer.Ordinal);
        if (clients.Count > 0)
        {
            var assignments = await steps.AssignNumbersAsync(period, [.. approved.OrderBy(intent => intent.ClientId, StringComparer.Ordinal)]);
            await Task.WhenAll(assignments.Where(a => clients.Contains(a.Intent.ClientId)).GroupBy(a => a.Intent.ClientId).Select(client => steps.IssueAsync(period, [.. client])));
        }

        await steps.FinishAsync(period);
    }
}
