using System.Buffers;
using System.Runtime.InteropServices;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Which records of a group the included units cover: the earliest by day, then by id, until the units are used up.</summary>
/// <remarks>
/// 30 of 100 units included, with records of 20, 20 and 60: the first is covered, of the second 10 are covered and 10 billed, the third is
/// billed. A record's cost is shared as its units are, to twelve places, and the billed share is the rest. Credits are billed: what is included
/// is taken off what they leave. Where all of a group is included, its credits are too.
/// </remarks>
internal static class IncludedUnits
{
    private const int Places = 12;

    /// <param name="charges">What became of each group, for those that are covered in part.</param>
    public static void Settle(ArraySegment<Matched> activities, UsageSlot?[] slots, IReadOnlyDictionary<UsageGroup, UsageCharge> charges, RatingOutput output)
    {
        if (charges.Count == 0)
        {
            return;
        }

        var order = ArrayPool<long>.Shared.Rent(activities.Count);
        var count = 0;
        for (var i = 0; i < activities.Count; i++)
        {
            if (slots[i] is { } slot && charges.ContainsKey(slot.Group))
            {
                // The activities come in the order of their ids: a number of day and place sorts as both do.
                var day = activities[i].Activity is UsageRecord usage ? usage.Day : ((Count)activities[i].Activity).Day;
                order[count++] = ((long)day.DayNumber << 32) | (uint)i;
            }
        }

        order.AsSpan(0, count).Sort();
        var left = charges.ToDictionary(charge => charge.Key, charge => charge.Value.Covered);
        foreach (var place in order.AsSpan(0, count))
        {
            var i = (int)(place & int.MaxValue);
            var group = slots[i]!.Group;
            ref var units = ref CollectionsMarshal.GetValueRefOrNullRef(left, group);
            if (units > 0)
            {
                units -= Settle(activities[i], units, charges[group].Billing!, output);
            }
            else
            {
                output.Billed(activities[i], charges[group].Billing!);
            }
        }

        ArrayPool<long>.Shared.Return(order);
    }

    /// <returns>How many units of the record are covered.</returns>
    private static decimal Settle(in Matched matched, decimal left, string billing, RatingOutput output)
    {
        var captured = matched.Activity.Captured;
        if (captured.Units <= 0)
        {
            output.Billed(matched, billing);
            return 0;
        }

        if (captured.Units <= left)
        {
            output.Covered(matched, Reason.IncludedUnits);
            return captured.Units;
        }

        var share = new CapturedQuantity(0, left, Rounding.ToPlaces(captured.Cost * left / captured.Units, Places));
        output.Share(matched, DispositionKind.Billed, null, billing, captured - share);
        output.Share(matched, DispositionKind.Covered, Reason.IncludedUnits, null, share);
        return left;
    }
}
