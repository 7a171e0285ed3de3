using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>One measured value.</summary>
/// <param name="Subject">Whom or what it is of; null where the source does not tell.</param>
internal readonly record struct Reading(DateOnly Day, decimal Quantity, string? Subject);

/// <summary>How the readings of a period become one quantity: over all of it at once, never record by record.</summary>
/// <remarks>
/// <para>10 on the 1st, 30 and 20 on the 3rd, of a period of four days:</para>
/// <list type="bullet">
/// <item>sum: 60</item>
/// <item>max: 30</item>
/// <item>average: the mean of 10 and 30, over the two days that have a reading: 20</item>
/// <item>last: of the 3rd, the larger: 30</item>
/// <item>unique: how many subjects, whatever the quantities; readings without a subject do not count</item>
/// <item>time-weighted: a day's largest value holds until a later day has one: (10 + 10 + 30 + 30) / 4 = 20</item>
/// </list>
/// <para>
/// Without readings the quantity is 0. Readings outside the days are left out, but the latest before them is the value that a time-weighted
/// period begins with. Values below zero count as they are. Subjects are compared to the letter.
/// </para>
/// </remarks>
internal static class Aggregations
{
    public static decimal Of(Aggregation aggregation, IReadOnlyList<Reading> readings, Period days)
    {
        var tally = new Tally(aggregation, days);
        for (var i = 0; i < readings.Count; i++)
        {
            tally.Add(readings[i].Day, readings[i].Quantity, readings[i].Subject);
        }

        return tally.Quantity;
    }
}
