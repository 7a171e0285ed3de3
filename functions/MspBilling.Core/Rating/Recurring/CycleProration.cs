using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Which share of a cycle's price some of its days pay.</summary>
/// <remarks>
/// Actual days: the days over those of the cycle, both half-open; 14 to 30 September is 17/30. Thirty days: the same with dates counted as if every
/// month had 30 days, in which the 31st counts as the 30th, and so does February's last day. From 15 January to the cycle's end on
/// 1 February are 16 of 30 days, from 15 February to 1 March 16 of 30, from 31 January 1 of 30, and [30 January, 31 January) is no day
/// at all. A full month has 30, a full year 360; only a cycle that begins on a 28th or 29th has more up to February's last day and as many less after it, and is
/// whole all the same. None: whatever is touched is charged whole. In all of them the shares of a cycle's parts add up to 1, but for None.
/// </remarks>
internal static class CycleProration
{
    public static Fraction Of(Proration proration, Period cycle, Period days) => proration switch
    {
        Proration.ActualDays => cycle.ShareOf(days),
        Proration.ThirtyDays => new Fraction(ThirtyDays(days), ThirtyDays(cycle)),
        Proration.None => Fraction.Whole,
        _ => throw new InvalidOperationException($"{proration} is a proration that no rule foresees."),
    };

    private static int ThirtyDays(Period days) => Count(days.End) - Count(days.Start);

    private static int Count(DateOnly day)
    {
        var isFebruarysLast = day.Month == 2 && day.Day == DateTime.DaysInMonth(day.Year, 2);
        return (day.Year * 360) + (day.Month * 30) + (isFebruarysLast ? 30 : Math.Min(day.Day, 30));
    }
}
