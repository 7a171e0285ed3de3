using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Reads what a client's month is billed from: its activities, what earlier periods left to it, and what of them it adjusts.</summary>
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
            return new ClientMonth(clientId, period, stored.Activities, null, [], [], null, stored.Unreadable);
        }

        var before = await others.BeforeAsync(clientId).ConfigureAwait(false);
        var later = await others.LaterAsync(clientId).ConfigureAwait(false);

        // What a later period has adjusted must not be adjusted once more: the next one does what is left.
        var (adjustments, lookedAt) = before is null || later is not null
            ? ([], [])
            : await AdjustmentsAsync(clientId, before, [.. directory.RecordsBehind(clientId)], others, cancellationToken).ConfigureAwait(false);
        return new ClientMonth(clientId, period, stored.Activities, before, adjustments, lookedAt, later?.Period, stored.Unreadable);
    }

    private async Task<(IReadOnlyList<Adjustment> Adjustments, IReadOnlyList<TouchedPeriod> LookedAt)> AdjustmentsAsync(
        string clientId, ClientOutcome before, IReadOnlyList<CapturedRecord> references, OtherPeriods others, CancellationToken cancellationToken)
    {
        var marks = others.MarksOf(clientId).Select(mark => mark.Touched).Where(touched => others.Earlier.Contains(touched.Period)).OrderBy(touched => touched.Period.Start).ToList();
        var open = before.Past is { } past && past.References != others.References ? past.Open : [];
        var toLookAt = marks.Select(mark => mark.Period).Concat(open).ToHashSet();
        var adjustments = new List<Adjustment>();
        CarriedState? carried = null;
        foreach (var period in others.Earlier.Where(_ => toLookAt.Count > 0))
        {
            if ((carried is null && !toLookAt.Contains(period)) || await others.StandingAsync(clientId, period, before).ConfigureAwait(false) is not { } stands)
            {
                continue;
            }

            var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
            var (adjustment, problem) = stored.Unreadable.Count == 0
                ? Adjust(() => Adjustments.Of(stands.Standing, stands.Where, clientId, stands.References, references, stored.Activities, carried))
                : (null, $"A stored activity cannot be read: {stored.Unreadable[0]}.");
            if (adjustment is null)
            {
                // All or none: a period after it may start from what it leaves.
                LogNotAdjusted(clientId, period.ToString(), problem);
                return ([], []);
            }

            if (adjustment.Changes)
            {
                adjustments.Add(adjustment);
            }

            carried = adjustment.Period.MovesCarried ? adjustment.Period.Now.CarriedOut : null;
        }

        return (adjustments, marks);
    }

    private static (Adjustment? Adjustment, string? Problem) Adjust(Func<(Adjustment? Adjustment, string? Problem)> compute)
    {
        try
        {
            return compute();
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
