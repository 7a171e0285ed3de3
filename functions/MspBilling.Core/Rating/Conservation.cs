using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Nothing is lost and nothing is made up: captured = billed + covered + non-billable + held + written off.</summary>
/// <remarks>
/// Checked activity by activity in hours, units and cost, without tolerance. 1.50 h worked with 1.00 h covered by included
/// hours must have exactly 0.50 h billed.
/// </remarks>
public static class Conservation
{
    /// <returns>A sentence for each activity whose shares do not add up; none when the books balance.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyCollection<Activity> activities, IEnumerable<Disposition> dispositions)
    {
        var shares = new Dictionary<RecordId, CapturedQuantity>();
        foreach (var disposition in dispositions)
        {
            shares[disposition.Activity] = shares.GetValueOrDefault(disposition.Activity) + disposition.Quantity;
        }

        var violations = new List<string>();
        foreach (var activity in activities)
        {
            if (!shares.Remove(activity.Id, out var share))
            {
                violations.Add($"{activity.Id} has no disposition.");
            }
            else if (share != activity.Captured)
            {
                violations.Add(string.Create(CultureInfo.InvariantCulture, $"{activity.Id}: {activity.Captured} was captured, {share} is accounted for."));
            }
        }

        violations.AddRange(shares.Keys.Select(id => $"{id} has a disposition but was not captured in the period."));
        return violations;
    }
}
