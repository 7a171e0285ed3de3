using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The order in which a case's activities are rated: that of their ids, by kind, source and the source's own.</summary>
/// <remarks>
/// Storage hands them over so. Whether they are is looked at while they are matched and not beforehand: a month's records are larger than what a
/// processor keeps at hand, and to go through them once more is what most of the time is spent on.
/// </remarks>
internal static class ActivityOrder
{
    public static Activity[] Sorted(Activity[] activities)
    {
        Activity[] sorted = [.. activities];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    public static int Compare(Activity left, Activity right)
    {
        if (left.Id.Kind != right.Id.Kind)
        {
            return left.Id.Kind < right.Id.Kind ? -1 : 1;
        }

        var bySource = string.CompareOrdinal(left.Id.Source, right.Id.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(left.Id.ExternalId, right.Id.ExternalId);
    }
}
