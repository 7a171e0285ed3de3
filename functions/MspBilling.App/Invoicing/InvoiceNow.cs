using System.Globalization;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>What a client's invoice on demand came to.</summary>
/// <param name="Period">That was billed; null where nothing was.</param>
/// <param name="Problem">Why nothing was, and what to do.</param>
public sealed record NowReport(Period? Period, string? Problem);

/// <summary>Bills a client now: its period ends with yesterday, and the next one begins today.</summary>
/// <remarks>
/// <para>So nothing is billed twice and nothing is left out, whoever closes what afterwards: days belong to one period. Asked for on 16 October, a client by the month is billed for
/// [1 October, 16 October), dated 16 October, and with the others for [16 October, 1 November). A fee in arrears comes with the part that has its cycle's last day, one in advance with the
/// part that has its first. What comes late for the first part is adjusted with the second. Asked for twice on a day, it is one invoice.</para>
/// <para>Tiers, minimums and limits count over a billed period, and so over each part.</para>
/// </remarks>
public sealed class InvoiceNow(RecordStore records, BillStore bills, RunStore runs, CutStore cuts, BillingRunner runner, TimeProvider clock)
{
    /// <param name="on">The day of the invoice; null for today at the client.</param>
    public async Task<NowReport> RunAsync(string clientId, DateOnly? on, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        if (!directory.HasSettings || !directory.IsBilled(clientId))
        {
            return new NowReport(null, $"{clientId} is no client that is billed.");
        }

        var today = directory.LocalDate(clientId, clock.GetUtcNow());
        var day = on ?? today;
        if (day > today)
        {
            return new NowReport(null, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} has not come yet at {directory.NameOf(clientId)}; work is billed up to the day before today at most."));
        }

        var schedule = BillingSchedule.Of(directory.BillingOf(clientId)) with { Cuts = [.. (await cuts.ListAsync(cancellationToken).ConfigureAwait(false))[clientId]] };
        var period = schedule.Containing(day.AddDays(-1));
        if (await NotBilledBeforeAsync(clientId, schedule, period, cancellationToken).ConfigureAwait(false) is { } before)
        {
            return new NowReport(null, $"{before} is not billed yet for {directory.NameOf(clientId)}. Close it first, then ask again.");
        }

        if (day < period.End)
        {
            if (await bills.OutcomeAsync(period, clientId, cancellationToken).ConfigureAwait(false) is { State: not ClientState.Quarantined })
            {
                return new NowReport(null, $"{period} was billed already for {directory.NameOf(clientId)}, or waits for approval. What came since is on its next invoice.");
            }

            await cuts.AddAsync(clientId, day, cancellationToken).ConfigureAwait(false);
            period = new Period(period.Start, day);
        }

        await runner.BillAsync(period, [clientId]).WaitAsync(cancellationToken).ConfigureAwait(false);
        return new NowReport(period, null);
    }

    // It would start from what that leaves. Before the first close of all there is nothing to start from.
    private async Task<Period?> NotBilledBeforeAsync(string clientId, BillingSchedule schedule, Period period, CancellationToken cancellationToken)
    {
        var before = schedule.Containing(period.Start.AddDays(-1));
        return (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).Any(run => run.Period.Start < period.Start)
            && await bills.OutcomeAsync(before, clientId, cancellationToken).ConfigureAwait(false) is not { State: ClientState.Issued or ClientState.NothingToInvoice }
            ? before
            : null;
    }
}
