using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.App.Rating;
using MspBilling.Core.Capture;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Reports;

/// <summary>Reads what a close of the month would read, and reconciles the bills that it would make; stores nothing.</summary>
public sealed class ReconciliationReader(RecordStore records, OtherPeriodsReader periods, ClientMonthReader months)
{
    /// <param name="clients">Ids; null for all clients.</param>
    public async Task<ReconciliationReport> ReadAsync(Period period, IReadOnlyList<string>? clients, CancellationToken cancellationToken)
    {
        var references = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        var directory = ClientDirectory.Of(references);
        var reconciliation = Reconciliation.Of(directory, references);
        var others = await periods.OpenAsync(period, references, cancellationToken).ConfigureAwait(false);
        var reconciled = new List<ClientReconciliation>();
        foreach (var id in (clients ?? [.. directory.ClientIds]).Where(directory.IsBilled))
        {
            var month = await months.ReadAsync(id, period, directory, others, cancellationToken).ConfigureAwait(false);
            var bill = PricedBill.Of(() => month.Bill(directory, period.End, others.References), problem => month.Quarantine(directory, period.End, problem));
            reconciled.Add(reconciliation.Client(bill, month.Activities));
        }

        return ReconciliationReport.Of(period, reconciled);
    }
}
