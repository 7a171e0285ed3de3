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
            await WriteAsync(rows.Outcome.With(now, now.Dispositions, rows.Invoices, name).With(stands.Period, null), now.Dispositions, AsBilledAmong(stored.Activities, now.AsBilled), rows, cancellationToken).ConfigureAwait(false);
        }

        await ForgetUnadjustedAsync(outcome, others, cancellationToken).ConfigureAwait(false);

        // While nothing is issued, a close that is started again must find them.
        foreach (var mark in others.MarksOf(outcome.ClientId).Where(mark => outcome.State == ClientState.Issued && (outcome.LookedAt ?? []).Contains(mark.Touched)))
        {
            await touched.RemoveAsync(mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Holds what came late or was changed since the period was billed, until the next close adjusts it.</summary>
    /// <param name="latest">The client's latest outcome that is known, which tells where the period stands.</param>
    public async Task HoldLateAsync(
        string clientId, Period period, ClientDirectory directory, BillStore.ClientRows rows, OtherPeriods others, ClientOutcome? latest, CancellationToken cancellationToken)
    {
        var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
        if (await others.StandingAsync(clientId, period, latest, rows).ConfigureAwait(false) is not { } then)
        {
            return;
        }

        var outcome = rows.Outcome!;
        var (now, problem) = ClientMonthReader.Adjust(clientId, then, [.. directory.RecordsBehind(clientId)], stored);
        if (now is null)
        {
            // The invoices stay; what came late cannot be priced, and is not forgotten.
            LogNotTold(clientId, problem);
            var held = LateActivities.Unpriced(then.Standing, then.References, clientId, stored.Activities, problem!);
            await WriteAsync(outcome.With(then.Standing, held, rows.Invoices, outcome.StandsIn).With(period, problem), held, stored.Activities, rows, cancellationToken).ConfigureAwait(false);
        }
        else if (now.Period.Now.InputsHash != outcome.Inputs || (outcome.NotAdjusted ?? []).Any(unadjusted => unadjusted.Period == period))
        {
            var dispositions = LateActivities.Dispositions(then.Standing, now, clientId);
            await WriteAsync(outcome.With(now.Period.Now, dispositions, rows.Invoices, outcome.StandsIn).With(period, null), dispositions, now.Activities, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<Activity> AsBilledAmong(IReadOnlyList<Activity> activities, AsBilled billed)
    {
        IReadOnlyList<Activity> known = [.. billed.Devices, .. billed.Additions];
        return activities.ExceptBy(known.Select(activity => activity.Id), activity => activity.Id).Concat(known);
    }

    private Task WriteAsync(ClientOutcome outcome, IReadOnlyList<Disposition> dispositions, IEnumerable<Activity> activities, BillStore.ClientRows rows, CancellationToken cancellationToken) =>
        bills.WriteOutcomeAsync(outcome, Hold.Of(outcome, dispositions, activities), rows.HoldKeys, cancellationToken);

    // Once a later bill could look at the earlier periods, or says itself that it could not, the one before it has nothing to say of them.
    private async Task ForgetUnadjustedAsync(ClientOutcome outcome, OtherPeriods others, CancellationToken cancellationToken)
    {
        if (outcome.State is ClientState.Issued or ClientState.NothingToInvoice
            && await others.BeforeAsync(outcome.ClientId).ConfigureAwait(false) is { NotAdjusted: not null } known
            && await bills.OutcomeAsync(known.Period, known.ClientId, cancellationToken).ConfigureAwait(false) is { NotAdjusted: not null } before)
        {
            var forgotten = before.NotAdjusted.Where(unadjusted => unadjusted.Period != before.Period).Aggregate(before, (left, unadjusted) => left.With(unadjusted.Period, null));
            await bills.WriteOutcomeAsync(forgotten, [], [], cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Error, "What came late for client {ClientId} cannot be priced: {Problem}")]
    private partial void LogNotTold(string clientId, string? problem);
}
