using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>What came, or was changed, after its period was invoiced: held, so that nothing is billed twice and nothing is forgotten.</summary>
/// <remarks>
/// An activity that changed keeps the disposition of the revision that was invoiced, and its difference is held: 2.00 h now, 1.50 h
/// then holds 0.50 h. A difference below zero means that less was done than was billed: what has moved to another client or month
/// holds all of it below zero, because it is captured there and was billed here.
/// </remarks>
public static class LateActivities
{
    /// <param name="issued">The bill that was issued.</param>
    /// <param name="now">The bill as the records are now.</param>
    /// <param name="activities">The activities of the period as they are now.</param>
    /// <returns>The dispositions of the period as they stand now; those of the issued bill are among them, unchanged.</returns>
    public static IReadOnlyList<Disposition> Dispositions(ClientBill issued, ClientBill now, IEnumerable<Activity> activities)
    {
        var invoiced = issued.Inputs.ToDictionary(input => input.Id, input => input.Hash);
        var captured = issued.Dispositions.ToLookup(d => d.Activity);
        var values = now.Dispositions.ToLookup(d => d.Activity, d => d.Value);
        var counted = now.Inputs.ToDictionary(input => input.Id, input => input.Hash);
        var late =
            from activity in activities
            where counted.TryGetValue(activity.Id, out var hash) && invoiced.GetValueOrDefault(activity.Id) != hash
            let then = captured[activity.Id].Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity)
            let isNew = !invoiced.ContainsKey(activity.Id)
            select new Disposition(
                activity.Id,
                DispositionKind.Held,
                Reason.Late,
                isNew ? "Captured after the invoice was issued." : "Changed after the invoice was issued.",
                activity.Captured - then,
                isNew ? values[activity.Id].FirstOrDefault(v => v is not null) : null);
        var gone = captured.Where(shares => !counted.ContainsKey(shares.Key)).OrderBy(shares => shares.Key.ToString(), StringComparer.Ordinal).Select(shares => new Disposition(
            shares.Key,
            DispositionKind.Held,
            Reason.Late,
            "Moved to another client or month after the invoice was issued.",
            default(CapturedQuantity) - shares.Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity)));
        return [.. issued.Dispositions, .. late, .. gone];
    }
}
