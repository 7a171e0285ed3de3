using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>What a close would bill now, computed by the same function and stored nowhere.</summary>
public sealed class BillPreview(RecordStore records, OtherPeriodsReader periods, ClientMonthReader months)
{
    /// <param name="clientId">One client, or null for all.</param>
    public async Task<IReadOnlyList<ClientBill>> RunAsync(Period period, string? clientId, CancellationToken cancellationToken)
    {
        var references = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        var directory = ClientDirectory.Of(references);
        var others = await periods.OpenAsync(period, references, cancellationToken).ConfigureAwait(false);
        var bills = new List<ClientBill>();
        foreach (var id in directory.ClientIds.Where(id => clientId is null || id == clientId))
        {
            var month = await months.ReadAsync(id, period, directory, others, cancellationToken).ConfigureAwait(false);
            bills.Add(month.Bill(directory, period.End, others.References));
        }

        return bills;
    }
}
