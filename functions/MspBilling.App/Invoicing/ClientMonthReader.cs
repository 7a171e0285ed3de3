using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Reads what a client's month is billed from, and finds out what of it was invoiced elsewhere already.</summary>
public sealed class ClientMonthReader(RecordStore records, BillStore bills)
{
    public async Task<ClientMonth> ReadAsync(string clientId, Period period, CancellationToken cancellationToken)
    {
        var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
        var left = stored.Moved.SelectMany(moved => moved.From.Select(place => (Place: place, moved.Activity))).ToLookup(m => m.Place, m => m.Activity);
        var before = new List<InvoicedBefore>();
        foreach (var place in left)
        {
            var billed = await BilledAsync(place.Key, cancellationToken).ConfigureAwait(false);
            before.AddRange(place.Where(billed.Contains).Select(id => new InvoicedBefore(id, place.Key.Month!.Value)));
        }

        return new ClientMonth(
            clientId,
            period,
            stored.Activities,
            [.. before.OrderBy(b => b.Activity.ToString(), StringComparer.Ordinal).ThenBy(b => b.Period.Start).DistinctBy(b => b.Activity)],
            stored.Unreadable);
    }

    private async Task<HashSet<RecordId>> BilledAsync(ActivityPlace place, CancellationToken cancellationToken)
    {
        var period = place.Month!.Value;
        var rows = await bills.ClientRowsAsync(period, place.ClientId, cancellationToken).ConfigureAwait(false);
        if (rows.Outcome is not { State: ClientState.Issued } outcome)
        {
            return [];
        }

        var bill = await bills.GetBillAsync(period, place.ClientId, outcome.BillHash, cancellationToken).ConfigureAwait(false);
        return [.. bill.Dispositions.Where(d => d.Kind is DispositionKind.Billed or DispositionKind.Covered).Select(d => d.Activity)];
    }
}
