using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>What the other versions of an agreement charge for the same thing.</summary>
/// <remarks>
/// A cycle that is charged whole is charged once: by the last version that is in force in it together with what is charged.
/// </remarks>
internal static class OtherVersions
{
    /// <summary>Whether a later version charges the whole of the cycle.</summary>
    /// <param name="inForce">Days of what is charged; all for a fee.</param>
    /// <param name="activity">Null for a fee.</param>
    public static bool ChargeWhole(AgreementPart part, RecurringLine line, Period cycle, Period inForce, Activity? activity) =>
        part.Agreement.Versions.Count > 1 && LaterChargesWhole(part, part.Version, line, cycle, inForce, activity);

    /// <summary>Whether another version has a cycle due in this period that bills the activity, and does not leave it to a later one that is not due yet.</summary>
    public static bool Bill(AgreementPart part, RecurringLine line, Period inForce, Activity activity) => part.Agreement.Versions.Any(version =>
        version != part.Version
        && LineOf(version, part.Case, line, activity) is { } other
        && DueCycles.Of(part.Agreement, version, other, part.Period).Any(due =>
            due.Days.Overlap(inForce) is not null && !(IsWhole(other, activity) && LaterChargesWhole(part, version, other, due.Cycle, inForce, activity))));

    private static bool LaterChargesWhole(AgreementPart part, AgreementVersion than, RecurringLine line, Period cycle, Period inForce, Activity? activity) => part.Agreement.Versions.Any(version =>
        version.InForce.Start >= than.InForce.End
        && version.InForce.Overlap(cycle)?.Overlap(inForce) is not null
        && LineOf(version, part.Case, line, activity) is { } later
        && IsWhole(later, activity)
        && DueCycles.CycleOf(part.Agreement, later).Containing(cycle.Start) == cycle);

    private static bool IsWhole(RecurringLine line, Activity? activity) => line.Proration == Proration.None || activity is Addition { Prorate: false };

    private static RecurringLine? LineOf(AgreementVersion version, RatingCase @case, RecurringLine line, Activity? activity) => version.Lines.OfType<RecurringLine>().FirstOrDefault(other =>
        activity is null ? other.Id == line.Id : AgreementMatch.Prices(other, Conditions.KindOf(activity)) && activity.Meets(other.Match, @case));
}
