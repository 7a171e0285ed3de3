using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <param name="Period">The client's own, which is not billed yet.</param>
public sealed record OpenPeriod(string ClientId, string ClientName, Period Period)
{
    /// <summary>What is missing and what to do.</summary>
    public string Words => $"{ClientName} is billed by {Period}, which is not billed yet. Close {Period}, too.";
}

/// <summary>Clients who have days of a period on invoices of their own: said of each close while these are not made, so that nobody takes the period for complete.</summary>
/// <remarks>In September's close a client by the quarter from July is named until the quarter is billed, and in July's it is not, because its quarter goes on. The same of what a client's invoice on demand left.</remarks>
public sealed class OpenElsewhere(RecordStore records, BillStore bills, CutStore cuts)
{
    /// <param name="period">That was closed.</param>
    /// <returns>By client, then by period; of periods that had ended by then.</returns>
    public async Task<IReadOnlyList<OpenPeriod>> ListAsync(Period period, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        if (!directory.HasSettings)
        {
            return [];
        }

        var known = await cuts.ListAsync(cancellationToken).ConfigureAwait(false);
        var open = new List<OpenPeriod>();
        foreach (var clientId in directory.ClientIds.Where(directory.IsBilled))
        {
            var schedule = BillingSchedule.Of(directory.BillingOf(clientId)) with { Cuts = [.. known[clientId]] };
            for (var own = schedule.Containing(period.Start); own != period && own.End <= period.End; own = schedule.Containing(own.End))
            {
                if (await bills.OutcomeAsync(own, clientId, cancellationToken).ConfigureAwait(false) is not { State: ClientState.Issued or ClientState.NothingToInvoice })
                {
                    open.Add(new OpenPeriod(clientId, directory.NameOf(clientId), own));
                }
            }
        }

        return open;
    }
}
