using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>What a close would bill now, computed by the same function and stored nowhere.</summary>
public sealed class BillPreview(RecordStore records, OtherPeriodsReader periods, ClientMonthReader months, RunMembers members)
{
    /// <param name="clients">Ids, whose activities are shown each; null for all clients, with totals of their activities.</param>
    public async Task<IReadOnlyList<PreviewedBill>> RunAsync(Period period, IReadOnlyList<string>? clients, CancellationToken cancellationToken)
    {
        var references = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        var directory = ClientDirectory.Of(references);
        var others = await periods.OpenAsync(period, references, cancellationToken).ConfigureAwait(false);
        var bills = new List<PreviewedBill>();
        var billed = clients ?? [.. (await members.OfAsync(directory, period, null).ConfigureAwait(false)).Where(id => id != Client.Unknown)];
        foreach (var id in billed)
        {
            var month = await months.ReadAsync(id, period, directory, others, cancellationToken).ConfigureAwait(false);
            var bill = PricedBill.Of(() => month.Bill(directory, period.End, others.References), problem => month.Quarantine(directory, period.End, problem));
            bills.Add(PreviewedBill.Of(bill, clients is null ? null : month.Activities));
        }

        return bills;
    }
}
