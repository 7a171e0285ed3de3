using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Reports;

/// <summary>Reads what the leak ledger of a period is made of: rows that were written at issue, a few references, and the additions of clients of which one vanished.</summary>
public sealed class LeakReader(BillStore bills, RunStore runs, RecordStore records, TimeProvider clock)
{
    // The cycles that agreements bill by.
    private static readonly int[] Cycles = [1, 3, 6, 12];

    // Those that tell who has which agreements. Tickets and rates, of which there may be very many, do not.
    private static readonly RecordKind[] Kinds = [RecordKind.MspSettings, RecordKind.Company, RecordKind.Agreement, RecordKind.AgreementDocument, RecordKind.Decision];

    /// <param name="clientId">Null for all clients.</param>
    public async Task<LeakLedger> ReadAsync(Period period, string? clientId, CancellationToken cancellationToken)
    {
        var closed = await runs.ListAsync(cancellationToken).ConfigureAwait(false);
        var references = await Task.WhenAll(Kinds.Select(kind => records.ReferencesAsync(kind, cancellationToken))).ConfigureAwait(false);
        var directory = ClientDirectory.Of([.. references.SelectMany(kind => kind)]);
        var before = new Dictionary<int, IReadOnlyList<ClientOutcome>>();
        foreach (var months in Cycles)
        {
            if (closed.FirstOrDefault(run => run.Period == Period.MonthOf(period.Start.AddMonths(-months))) is { } run)
            {
                before[months] = await OutcomesAsync(run.Period, clientId, cancellationToken).ConfigureAwait(false);
            }
        }

        var holds = await bills.ListAsync<Hold>(period, cancellationToken).ConfigureAwait(false);
        var found = closed.FirstOrDefault(run => run.Period == period);
        var leaks = new LeakCase(
            period,
            DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            await OutcomesAsync(period, clientId, cancellationToken).ConfigureAwait(false),
            [.. holds.Where(hold => clientId is null || hold.ClientId == clientId)])
        {
            ClosedOn = found is null ? null : DateOnly.FromDateTime(found.StartedAt.UtcDateTime),
            Decisions = [.. directory.Decisions.Where(decision => decision.Period == period && (clientId is null || decision.ClientId == clientId))],
            Directory = directory,
            Before = before,
        };
        var additions = new List<Addition>();
        foreach (var client in leaks.ClientsToLookAt)
        {
            additions.AddRange((await records.ActivitiesAsync(client, period, cancellationToken).ConfigureAwait(false)).Activities.OfType<Addition>());
        }

        return LeakLedger.Of(leaks with { Additions = additions });
    }

    private async Task<IReadOnlyList<ClientOutcome>> OutcomesAsync(Period period, string? clientId, CancellationToken cancellationToken) =>
        [.. (await bills.ListAsync<ClientOutcome>(period, cancellationToken).ConfigureAwait(false)).Where(outcome => clientId is null || outcome.ClientId == clientId)];
}
