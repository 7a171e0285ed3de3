namespace MspBilling.Core.Time;

/// <summary>Cycles of some months that follow each other without gap or overlap, counted from a day on which one begins.</summary>
/// <remarks>
/// In a month without the anchor's day a cycle begins on the month's last day, and the next one again on the anchor's: each start is counted from the
/// anchor itself and never from the start before. Anchored on 31 January, months begin on 31 January, 29 February and 31 March 2024.
/// </remarks>
public readonly record struct BillingCycle
{
    private const int FirstMonth = 12;
    private const int MonthAfterLast = 10_000 * 12;

    /// <exception cref="ArgumentOutOfRangeException">The months are not positive.</exception>
    public BillingCycle(DateOnly anchor, int months)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(months);
        (Anchor, Months) = (anchor, months);
    }

    /// <summary>A day on which a cycle begins; there are cycles before it too.</summary>
    public DateOnly Anchor { get; }

    public int Months { get; }

    /// <param name="anchor">Null is the first of the month of <paramref name="begins"/>.</param>
    /// <param name="begins">The first day of the agreement.</param>
    public static BillingCycle Of(int months, DateOnly? anchor, DateOnly begins) => new(anchor ?? new DateOnly(begins.Year, begins.Month, 1), months);

    public Period Containing(DateOnly day)
    {
        var months = MonthOf(day) - MonthOf(Anchor);
        var number = (months / Months) - (months % Months < 0 ? 1 : 0);
        number -= Start(number) > day ? 1 : 0;
        return new Period(Start(number), Start(number + 1));
    }

    /// <summary>The cycles that share days with these, in their order.</summary>
    public IEnumerable<Period> Overlapping(Period days)
    {
        for (var cycle = Containing(days.Start); ; cycle = Containing(cycle.End))
        {
            yield return cycle;
            if (cycle.End >= days.End)
            {
                yield break;
            }
        }
    }

    // Before the first and after the last date that can be written, a cycle begins on that date.
    private DateOnly Start(int number)
    {
        var month = MonthOf(Anchor) + ((long)number * Months);
        return month < FirstMonth ? DateOnly.MinValue : month >= MonthAfterLast ? DateOnly.MaxValue : Anchor.AddMonths(number * Months);
    }

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;
}
