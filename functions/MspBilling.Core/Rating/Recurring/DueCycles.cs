using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>A cycle that is billed now, and the days of it that are charged.</summary>
/// <param name="Cycle">Whole, whatever of it is in force.</param>
/// <param name="Days">Those of the cycle on which the line is in force as it is.</param>
internal readonly record struct DueCycle(Period Cycle, Period Days);

/// <summary>Which cycles of a recurring line a billed period bills.</summary>
/// <remarks>
/// What counts is the part of the cycle on which the line is in force unchanged (<see cref="UnchangedTerms"/>): in advance it is billed in the period with its first day, in
/// arrears in the period with its last. So a quarter from 1 July in arrears is billed with September; when the agreement ends on 10 August, the
/// quarter's first 41 days are billed with August. A new version with other terms of the line settles what the old one has of the cycle in the same way, and the parts of a
/// cycle are its days once each. A monthly cycle of calendar months is billed in the same period either way.
/// </remarks>
internal static class DueCycles
{
    public static BillingCycle CycleOf(Agreement agreement, RecurringLine line) => BillingCycle.Of(line.CycleMonths, line.Anchor, agreement.Term.Start);

    /// <summary>In their order.</summary>
    public static IEnumerable<DueCycle> Of(Agreement agreement, AgreementVersion version, RecurringLine line, Period period)
    {
        if (version.InForce.Overlap(period) is not { } inForce)
        {
            yield break;
        }

        var unchanged = UnchangedTerms.Of(agreement, version, line);
        foreach (var cycle in CycleOf(agreement, line).Overlapping(inForce))
        {
            var days = cycle.Overlap(unchanged)!.Value;
            if (inForce.Contains(line.Timing == BillingTiming.Advance ? days.Start : days.LastDay))
            {
                yield return new DueCycle(cycle, days);
            }
        }
    }

    /// <summary>From the first to the last day that a period's bill has to do with additions of a version: its own days, and those of due cycles.</summary>
    /// <returns>Null where the version is not in force in the period.</returns>
    public static Period? Charged(Agreement agreement, AgreementVersion version, Period period)
    {
        var charged = version.InForce.Overlap(period);
        foreach (var line in version.Lines)
        {
            if (charged is not null && line is RecurringLine { Quantity: AdditionQuantity } additions)
            {
                charged = Of(agreement, version, additions, period).Aggregate(charged, (hull, due) => Hull(hull!.Value, due.Days));
            }
        }

        return charged;
    }

    /// <summary>The same over all versions of the agreement: what an addition has to overlap to be of the period's bill.</summary>
    public static Period Charged(Agreement agreement, Period period) =>
        agreement.Versions.Select(version => Charged(agreement, version, period)).OfType<Period>().Aggregate(period, Hull);

    private static Period Hull(Period left, Period right) =>
        new(left.Start < right.Start ? left.Start : right.Start, left.End > right.End ? left.End : right.End);
}
