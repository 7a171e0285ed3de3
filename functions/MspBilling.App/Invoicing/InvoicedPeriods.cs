using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Keeps the rows of periods that were billed: as a later bill has adjusted them, and with what came late since.</summary>
/// <remarks>
/// Rows of two periods cannot be written in one transaction. The bill that adjusts is the truth; the rows of the period that it adjusts are made
/// of it, again as often as the bill's own period is closed.
/// </remarks>
public sealed partial class InvoicedPeriods(RecordStore records, BillStore bills, TouchedPeriodStore touched, ILogger<InvoicedPeriods> logger)
{
    /// <summary>Writes what a client's bill has made of earlier periods into their rows, and takes off the marks that it has dealt with.</summary>
    /// <param name="outcome">Of the bill.</param>
    public async Task SettleAsync(ClientOutcome outcome, OtherPeriods others, CancellationToken cancellationToken)
    {
        var name = new BillName(outcome.Period, outcome.BillHash);
        ClientBill? bill = null;
        foreach (var stands in (outcome.Past?.Adjusted ?? []).Where(known => known.Bill == name))
        {
            var rows = await bills.ClientRowsAsync(stands.Period, outcome.ClientId, cancellationToken).ConfigureAwait(false);
            if (rows.Outcome is null || (rows.Outcome.StandsIn is { } written && (written == name || written.Period.Start > name.Period.Start)))
            {
                continue;
            }

            bill ??= await bills.GetBillAsync(name.Period, outcome.ClientId, name.Hash, cancellationToken).ConfigureAwait(false);
            var now = bill.Adjusted.Single(adjusted => adjusted.Now.Period == stands.Period).Now;
            var stored = await records.ActivitiesAsync(outcome.ClientId, stands.Period, cancellationToken).ConfigureAwait(false);
            await WriteAsync(rows.Outcome.With(now, now.Dispositions, rows.Invoices, name), now.Dispositions, [.. stored.Activities.ExceptBy(now.AsBilled.Devices.Select(d => d.Id), a => a.Id), .. now.AsBilled.Devices], rows, cancellationToken).ConfigureAwait(false);
        }

        // While nothing is issued, a close that is started again must find them.
        foreach (var mark in others.MarksOf(outcome.ClientId).Where(mark => outcome.State == ClientState.Issued && (outcome.LookedAt ?? []).Contains(mark.Touched)))
        {
            await touched.RemoveAsync(mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Holds what came late or was changed since the period was billed, until the next close adjusts it.</summary>
    public async Task HoldLateAsync(string clientId, Period period, ClientDirectory directory, BillStore.ClientRows rows, OtherPeriods others, CancellationToken cancellationToken)
    {
        var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
        var stands = await others.StandingAsync(clientId, period, await others.LaterAsync(clientId).ConfigureAwait(false), rows).ConfigureAwait(false);
        if (stored.Unreadable.Count > 0 || stands is not { } then)
        {
            // Nothing can be told of what came late; the invoices stay, and so does what is known.
            LogUnreadable(clientId, stored.Unreadable.Count > 0 ? stored.Unreadable[0] : "its bill");
            return;
        }

        var (now, problem) = Adjustments.Of(then.Standing, then.Where, clientId, then.References, [.. directory.RecordsBehind(clientId)], stored.Activities);
        if (now is null)
        {
            LogUnreadable(clientId, problem);
        }
        else if (now.Period.Now.InputsHash != rows.Outcome!.Inputs)
        {
            var dispositions = LateActivities.Dispositions(then.Standing, now, clientId);
            await WriteAsync(rows.Outcome.With(now.Period.Now, dispositions, rows.Invoices, rows.Outcome.StandsIn), dispositions, now.Activities, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task WriteAsync(ClientOutcome outcome, IReadOnlyList<Disposition> dispositions, IEnumerable<Activity> activities, BillStore.ClientRows rows, CancellationToken cancellationToken) =>
        bills.WriteOutcomeAsync(outcome, Hold.Of(outcome, dispositions, activities), rows.HoldKeys, cancellationToken);

    [LoggerMessage(LogLevel.Error, "What came late for client {ClientId} cannot be told: {What}")]
    private partial void LogUnreadable(string clientId, string? what);
}
