using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>What came, or was changed, after its period was invoiced: held, so that nothing is billed twice and nothing is forgotten.</summary>
/// <remarks>
/// An activity that changed keeps the disposition of the revision that was invoiced, and its difference is held: 2.00 h now, 1.50 h
/// then holds 0.50 h. A difference below zero means that less was done than was billed: what has moved to another client or month
/// holds all of it below zero, because it is captured there and was billed here. What would not be billed anyway (marked so, or
/// held for a reason of its own) is not late but just that. What was held when the invoice was issued stands as it is now: once its
/// time sheet is approved or its rate is set, it is late, with its worth.
/// </remarks>
public static class LateActivities
{
    /// <param name="issued">The bill that was issued.</param>
    /// <param name="now">The bill as the records are now.</param>
    /// <param name="activities">The activities of the period as they are now.</param>
    /// <param name="directory">What tells the worth of them.</param>
    /// <returns>The dispositions of the period as they stand now; those that the issued bill billed are among them, unchanged.</returns>
    public static IReadOnlyList<Disposition> Dispositions(ClientBill issued, ClientBill now, IEnumerable<Activity> activities, ClientDirectory directory)
    {
        var invoiced = issued.Inputs.ToDictionary(input => input.Id, input => input.Hash);
        var captured = issued.Dispositions.ToLookup(d => d.Activity);
        var current = now.Dispositions.ToLookup(d => d.Activity);
        var counted = now.Inputs.ToDictionary(input => input.Id, input => input.Hash);
        var onlyHeld = captured.Where(shares => shares.All(d => d.Kind == DispositionKind.Held)).Select(shares => shares.Key).ToHashSet();
        var worth = WorthOf(issued, directory);
        var late = activities
            .Where(activity => counted.TryGetValue(activity.Id, out var hash) && (onlyHeld.Contains(activity.Id) || invoiced.GetValueOrDefault(activity.Id) != hash))
            .SelectMany(activity =>
            {
                if (onlyHeld.Contains(activity.Id) || !invoiced.ContainsKey(activity.Id))
                {
                    var detail = onlyHeld.Contains(activity.Id) ? "Could be billed now, but the invoice was issued without it." : "Captured after the invoice was issued.";
                    return current[activity.Id].All(d => d.Kind is DispositionKind.NonBillable or DispositionKind.WrittenOff or DispositionKind.Held)
                        ? current[activity.Id]
                        : [Disposition.Held(activity, Reason.Late, detail, worth(activity))];
                }

                var then = captured[activity.Id].Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity);
                return [new Disposition(activity.Id, DispositionKind.Held, Reason.Late, "Changed after the invoice was issued.", activity.Captured - then)];
            });
        var gone = captured.Where(shares => !counted.ContainsKey(shares.Key) && !onlyHeld.Contains(shares.Key)).OrderBy(shares => shares.Key.ToString(), StringComparer.Ordinal).Select(shares => new Disposition(
            shares.Key,
            DispositionKind.Held,
            Reason.Late,
            "Moved to another client or month after the invoice was issued.",
            default(CapturedQuantity) - shares.Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity)));
        return [.. issued.Dispositions.Where(d => !onlyHeld.Contains(d.Activity)), .. late, .. gone];
    }

    private static Func<Activity, Money?> WorthOf(ClientBill issued, ClientDirectory directory)
    {
        if (directory.ClientOf(issued.ClientId).Client is not { } client)
        {
            return _ => null;
        }

        var @case = new RatingCase(client, issued.Period, directory.AgreementsOf(client), directory, []);
        return activity => Worth.Of(activity, @case);
    }
}
