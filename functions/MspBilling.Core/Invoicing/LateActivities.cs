using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>What came, or was changed, after its period was invoiced, until the close of the next period adjusts it: held, so that nothing is forgotten.</summary>
/// <remarks>
/// An activity that changed keeps the disposition of the revision that was invoiced, and its difference is held: 2.00 h now, 1.50 h
/// then holds 0.50 h. A difference below zero means that less was done than was billed: what has moved to another client or month
/// holds all of it below zero, because it is captured there and was billed here. What would not be billed anyway (marked so, or
/// held for a reason of its own) is not late but just that. What was held when the invoice was issued stands as it is now: once its
/// time sheet is approved or its rate is set, it is late, with its worth.
/// </remarks>
public static class LateActivities
{
    /// <param name="then">The period as it was billed and adjusted so far.</param>
    /// <param name="now">What it comes to as the records are now.</param>
    /// <param name="clientId">Whose it is.</param>
    /// <returns>The dispositions of the period as they stand now; those of what was billed are among them, unchanged.</returns>
    public static IReadOnlyList<Disposition> Dispositions(StandingPeriod then, Adjustment now, string clientId)
    {
        var invoiced = then.Inputs.ToDictionary(input => input.Id, input => input.Hash);
        var captured = then.Dispositions.ToLookup(d => d.Activity);
        var current = now.Period.Now.Dispositions.ToLookup(d => d.Activity);
        var counted = now.Period.Now.Inputs.ToDictionary(input => input.Id, input => input.Hash);
        var onlyHeld = captured.Where(shares => shares.All(d => d.Kind == DispositionKind.Held && d.Reason != Reason.LessThanBilled && d.Reason != Reason.Credited)).Select(shares => shares.Key).ToHashSet();
        var worth = WorthOf(then, now, clientId);
        var late = now.Activities
            .Where(activity => onlyHeld.Contains(activity.Id) || invoiced.GetValueOrDefault(activity.Id) != counted[activity.Id])
            .SelectMany(activity =>
            {
                if (onlyHeld.Contains(activity.Id) || !invoiced.ContainsKey(activity.Id))
                {
                    var detail = onlyHeld.Contains(activity.Id) ? "Could be billed now, but the invoice was issued without it." : "Captured after the invoice was issued.";
                    return current[activity.Id].All(d => d.Kind is DispositionKind.NonBillable or DispositionKind.WrittenOff or DispositionKind.Held)
                        ? current[activity.Id]
                        : [Disposition.Held(activity, Reason.Late, detail, worth(activity))];
                }

                var before = captured[activity.Id].Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity);
                return [new Disposition(activity.Id, DispositionKind.Held, Reason.Late, "Changed after the invoice was issued.", activity.Captured - before)];
            });
        var gone = captured.Where(shares => !counted.ContainsKey(shares.Key) && !onlyHeld.Contains(shares.Key)).OrderBy(shares => shares.Key.ToString(), StringComparer.Ordinal).Select(shares => new Disposition(
            shares.Key,
            DispositionKind.Held,
            Reason.Late,
            "Moved to another client or month after the invoice was issued.",
            default(CapturedQuantity) - shares.Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity)));
        return Decided(ClientDirectory.Of(now.References), clientId, then.Period, now.Activities, [.. then.Dispositions.Where(d => !onlyHeld.Contains(d.Activity)), .. late, .. gone]);
    }

    /// <summary>The same where the period cannot be computed again: what is new, and the difference of what changed, is held with that problem, and the rest stands.</summary>
    /// <param name="then">The period as it was billed and adjusted so far.</param>
    /// <param name="references">The records that it was priced by.</param>
    /// <param name="clientId">Whose it is.</param>
    /// <param name="activities">As they are now, those that can be read.</param>
    /// <param name="problem">Why it cannot be computed.</param>
    public static IReadOnlyList<Disposition> Unpriced(
        StandingPeriod then, IReadOnlyCollection<CapturedRecord> references, string clientId, IEnumerable<Activity> activities, string problem)
    {
        var directory = ClientDirectory.Of(references);
        var counted = then.AsBilled.In(ClientBilling.Counted(directory, clientId, activities, then.Period), then.Period, ClientBilling.ChargedDays(directory, clientId, then.Period));
        var versions = then.Inputs.ToHashSet();
        var captured = then.Dispositions.ToLookup(d => d.Activity);
        return Decided(directory, clientId, then.Period, counted,
        [
            .. then.Dispositions,
            .. from activity in counted
               where !versions.Contains(RecordVersion.Of(activity))
               let before = captured[activity.Id].Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity)
               select new Disposition(activity.Id, DispositionKind.Held, Reason.NotAdjusted, problem, activity.Captured - before),
        ]);
    }

    private static IReadOnlyList<Disposition> Decided(
        ClientDirectory directory, string clientId, Period period, IReadOnlyList<Activity> counted, IReadOnlyList<Disposition> dispositions) =>
        StandingDecisions.Of(directory, clientId, period, counted)?.Apply(dispositions) ?? dispositions;

    private static Func<Activity, Money?> WorthOf(StandingPeriod then, Adjustment now, string clientId)
    {
        var directory = ClientDirectory.Of(now.References);
        var client = directory.ClientOf(clientId).Client!;
        var @case = new RatingCase(client, then.Period, directory.AgreementsOf(client), directory, []);
        return activity => Worth.Of(directory.InOurWords(activity), @case);
    }
}
