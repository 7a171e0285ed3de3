using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Reads what a client's period is billed from: its activities, what earlier periods left to it, and what of them it adjusts.</summary>
/// <remarks>
/// An earlier period is looked at when it is marked, when it holds work for the lack of a reference record and the references have changed, or when
/// an adjustment of one before it changes the balances that it started from.
/// </remarks>
public sealed partial class ClientMonthReader(RecordStore records, ILogger<ClientMonthReader> logger)
{
    public async Task<ClientMonth> ReadAsync(string clientId, Period period, ClientDirectory directory, OtherPeriods others, CancellationToken cancellationToken)
    {
        var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
        if (!directory.IsBilled(clientId))
        {
            return new ClientMonth(clientId, period, stored.Activities, null, [], [], null, null, null, stored.Unreadable);
        }

        var before = await others.BeforeAsync(clientId).ConfigureAwait(false);
        if (await others.SameDaysAsync(clientId).ConfigureAwait(false) is { } same)
        {
            return new ClientMonth(clientId, period, [], before, [], [], null, null, null, []) { SameDays = same };
        }

        var later = await others.LaterAsync(clientId).ConfigureAwait(false);
        var waiting = await others.WaitingAsync(clientId).ConfigureAwait(false);

        // What a later period has adjusted must not be adjusted once more: the next one does what is left.
        var (adjustments, lookedAt, notAdjusted) = before is null || later is not null || waiting is not null
            ? ([], [], null)
            : await AdjustmentsAsync(clientId, before, [.. directory.RecordsBehind(clientId)], others, cancellationToken).ConfigureAwait(false);
        return new ClientMonth(clientId, period, stored.Activities, before, adjustments, lookedAt, notAdjusted, later?.Period, waiting?.Period, stored.Unreadable);
    }

    private async Task<(IReadOnlyList<Adjustment> Adjustments, IReadOnlyList<TouchedPeriod> LookedAt, UnadjustedPeriod? NotAdjusted)> AdjustmentsAsync(
        string clientId, ClientOutcome before, IReadOnlyList<CapturedRecord> references, OtherPeriods others, CancellationToken cancellationToken)
    {
        var marks = others.MarksOf(clientId).Select(mark => mark.Touched).Where(touched => others.Earlier.Contains(touched.Period)).OrderBy(touched => touched.Period.Start).ToList();
        var open = before.Past is { } past && past.References != others.References ? past.Open : [];
        var toLookAt = marks.Select(mark => mark.Period).Concat(open).ToHashSet();
        var adjustments = new List<Adjustment>();
        CarriedState? carried = null;
        var notBilled = new HashSet<Period>();
        foreach (var period in others.Earlier.Where(_ => toLookAt.Count > 0))
        {
            if (carried is null && !toLookAt.Contains(period))
            {
                continue;
            }

            if (await others.StandingAsync(clientId, period, before).ConfigureAwait(false) is not { } stands)
            {
                // Its mark stays: the bill that its numbers were given for may not have what came since.
                notBilled.Add(period);
                continue;
            }

            var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
            var (adjustment, problem) = Adjust(clientId, stands, references, stored, carried);
            if (adjustment is null)
            {
                // All or none: a period after it may start from what it leaves.
                LogNotAdjusted(clientId, period.ToString(), problem);
                return ([], [], new UnadjustedPeriod(period, problem!));
            }

            if (adjustment.Changes)
            {
                adjustments.Add(adjustment);
            }

            carried = adjustment.Period.MovesCarried ? adjustment.Period.Now.CarriedOut : null;
        }

        return (adjustments, [.. marks.Where(mark => !notBilled.Contains(mark.Period))], null);
    }

    /// <summary>What a period comes to now, or why that cannot be told.</summary>
    internal static (Adjustment? Adjustment, string? Problem) Adjust(
        string clientId, (StandingPeriod Standing, BillName Where, IReadOnlyList<CapturedRecord> References) stands, IReadOnlyList<CapturedRecord> references, ClientActivities stored,
        CarriedState? carried = null)
    {
        if (stored.Unreadable.Count > 0)
        {
            return (null, $"A stored activity cannot be read: {stored.Unreadable[0]}. Import its file again.");
        }

        try
        {
            return Adjustments.Of(stands.Standing, stands.Where, clientId, stands.References, references, stored.Activities, carried);
        }
        catch (Exception e) when (e is not RequestFailedException and not OperationCanceledException)
        {
            // Data that no rule foresaw: the period stays as it was billed, and what is late in it stays held.
            return (null, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The invoiced period {Period} of client {ClientId} cannot be adjusted: {Problem}")]
    private partial void LogNotAdjusted(string clientId, string period, string? problem);
}
