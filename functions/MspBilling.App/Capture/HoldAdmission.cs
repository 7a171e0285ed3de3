using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.App.Capture;

/// <summary>Whether something can be decided about held work.</summary>
/// <remarks>What a release means for each reason stands with the reason (<see cref="Reason.Released"/>); where it means nothing, what settles it is said instead.</remarks>
internal static class HoldAdmission
{
    /// <param name="standing">What was decided about it before, the last one first.</param>
    /// <param name="stored">Hash of the activity's content as it is now; null where it is not stored any more.</param>
    /// <returns>Why not, or null.</returns>
    public static string? Refusal(Hold hold, DecisionKind kind, IEnumerable<Decision> standing, string? stored)
    {
        if (hold.Hash is null || stored is null)
        {
            return $"It is not in {hold.Period} of {hold.ClientName} any more. {hold.Reason.Action}";
        }

        // What a source tells as it is now, and not since when, stays in an invoiced period as it was billed.
        if (stored != hold.Hash && hold.Activity.Kind is not (RecordKind.Device or RecordKind.Addition))
        {
            return $"It has changed since it was held. Close {hold.Period} again and look at it as it is now.";
        }

        if (standing.FirstOrDefault(decision => decision.Kind != kind || decision.Reason == hold.Reason.Code) is { } other)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(other.Kind == DecisionKind.Release ? "It was released" : "It was written off")} by {other.By} on {other.At.UtcDateTime:yyyy-MM-dd} already ({other.Why}). Withdraw that first.");
        }

        return kind switch
        {
            DecisionKind.Release when hold.Reason.Released is null => $"{hold.Reason.Title}: no release settles that. {hold.Reason.Action}",
            DecisionKind.WriteOff when hold.OfPart && (hold.Reason == Reason.Late || hold.Reason == Reason.NotAdjusted) => $"Its invoice has the rest of it already, so it cannot be written off here. {hold.Reason.Action}",
            _ => null,
        };
    }
}
