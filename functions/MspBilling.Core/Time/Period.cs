using System.Globalization;

namespace MspBilling.Core.Time;

/// <summary>A span of local dates, half-open: <c>[Start, End)</c>. The first of the next month is not in this one.</summary>
/// <remarks>September 2024 is [2024-09-01, 2024-10-01) and has 30 days. Dates are those of the client's time zone.</remarks>
public readonly record struct Period
{
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    public Period(DateOnly start, DateOnly end)
    {
        if (end <= start)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A period ends after it starts; [{start:yyyy-MM-dd}, {end:yyyy-MM-dd}) does not."), nameof(end));
        }

        (Start, End) = (start, end);
    }

    /// <summary>An end for what has none: later than any date that is billed.</summary>
    public static DateOnly NoEnd => DateOnly.MaxValue;

    /// <summary>First day in the period.</summary>
    public DateOnly Start { get; }

    /// <summary>First day after the period; <see cref="NoEnd"/> when it is open.</summary>
    public DateOnly End { get; }

    public int Days => End.DayNumber - Start.DayNumber;

    public DateOnly LastDay => End.AddDays(-1);

    /// <summary>The months that have days of it, in their order.</summary>
    public IEnumerable<Period> Months()
    {
        for (var month = MonthOf(Start); month.Start < End; month = MonthOf(month.End))
        {
            yield return month;
        }
    }

    public static Period Month(int year, int month)
    {
        var start = new DateOnly(year, month, 1);
        return new Period(start, start.AddMonths(1));
    }

    public static Period MonthOf(DateOnly date) => Month(date.Year, date.Month);

    /// <summary>Reads a month as <c>2024-09</c>.</summary>
    public static bool TryParseMonth(string? text, out Period month)
    {
        var read = DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) && start.Year < 9999;
        month = read ? MonthOf(start) : default;
        return read;
    }

    /// <summary>Reads what <see cref="ToString"/> writes: a month, or the first day and the first day after.</summary>
    public static bool TryParse(string? text, out Period period)
    {
        if (TryParseMonth(text, out period))
        {
            return true;
        }

        if (text?.Split("..") is [var from, var to] && TryParseDay(from, out var start) && TryParseDay(to, out var end) && end > start)
        {
            period = new Period(start, end);
            return period.ToString() == text;
        }

        return false;
    }

    public bool Contains(DateOnly date) => date >= Start && date < End;

    /// <summary>The days that both have, or null when there are none.</summary>
    public Period? Overlap(Period other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return end > start ? new Period(start, end) : null;
    }

    /// <summary>The share of this period's actual days that the part has: [14 Sep, 1 Oct) of September is 17/30.</summary>
    public Fraction ShareOf(Period part) => new(Overlap(part)?.Days ?? 0, Days);

    private static bool TryParseDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A month as <c>2024-09</c>, anything else as <c>2024-09-14..2024-10-01</c>; used in keys and messages.</summary>
    public override string ToString() => this == MonthOf(Start)
        ? Start.ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-dd}..{End:yyyy-MM-dd}");
}
