using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Bills whoever is due and was not billed yet, period by period.</summary>
/// <remarks>
/// What is due follows from the settings and the day, and who was billed from what is stored, so that it may be asked for any number of times, by several at once, and after days on which nothing ran:
/// it goes on with what is left. Drafts that wait are computed anew, and who could not be billed is tried again.
/// </remarks>
public sealed class DueRuns(RecordStore records, RunStore runs, BillStore bills, CutStore cuts, BillingRunner runner, TimeProvider clock)
{
    /// <summary>What is left to be billed.</summary>
    /// <param name="on">The day, everywhere; null for today, at each client by its own calendar.</param>
    public async Task<IReadOnlyList<DuePeriod>> ListAsync(DateOnly? on, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        if (!directory.HasSettings)
        {
            return [];
        }

        var (now, open) = (clock.GetUtcNow(), new List<DuePeriod>());
        foreach (var due in DueBilling.Of(directory, clientId => on ?? directory.LocalDate(clientId, now), await cuts.ListAsync(cancellationToken).ConfigureAwait(false)))
        {
            var outcomes = (await bills.ListAsync<ClientOutcome>(due.Period, cancellationToken).ConfigureAwait(false)).ToDictionary(outcome => outcome.ClientId, StringComparer.Ordinal);
            IReadOnlyList<string> left = [.. due.Clients.Where(clientId => outcomes.GetValueOrDefault(clientId) is not { State: ClientState.Issued or ClientState.NothingToInvoice or ClientState.NotAClient })];

            // A run that was cut short behind its last client has still to be finished.
            var run = await runs.FindAsync(due.Period, cancellationToken).ConfigureAwait(false);
            if (left.Count > 0 || run is { State: RunState.Running or RunState.Failed })
            {
                open.Add(new DuePeriod(due.Period, left));
            }
        }

        return open;
    }

    /// <summary>Bills what is left, oldest period first, because each starts from what the one before leaves.</summary>
    /// <returns>What there was.</returns>
    public async Task<IReadOnlyList<DuePeriod>> RunAsync(DateOnly? on, CancellationToken cancellationToken)
    {
        var due = await ListAsync(on, cancellationToken).ConfigureAwait(false);
        foreach (var each in due)
        {
            await runner.BillAsync(each.Period, each.Clients).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return due;
    }
}

/// <summary>Bills by the clock: each hour, because it is a new day at some client.</summary>
public sealed class DueTimer(DueRuns due) : IScheduledJob
{
    public string Name => "due";

    public string Schedule => "12 * * * *";

    public Task RunAsync(CancellationToken cancellationToken) => due.RunAsync(null, cancellationToken);
}
