using MspBilling.Core.Time;

namespace MspBilling.Core.Clients;

/// <summary>The periods that a client is billed by, and the day on which each is due.</summary>
/// <remarks>
/// <para>Cycles of calendar months that follow each other; before the first day of the schedule the client is billed by the month. A first cycle that had begun before that day has what
/// is left of it: quarters from January, and a schedule from 1 February 2024, give January, [1 February, 1 April) and the second quarter.</para>
/// <para>Where somebody asked for an invoice on a day, a period ends before that day and the next begins with it: cut on 16 October, October is [1 October, 16 October) and [16 October, 1 November).</para>
/// <para>A period is due so many days of grace after its last day, by the client's own calendar: with three, September is due on 4 October, and what was worked in September and entered by
/// then is on its invoice. The invoice is dated on the first day after the period, whenever it is made, so that a day that was missed and a second attempt print the same.</para>
/// </remarks>
/// <param name="From">The first of a month; null where it always was so.</param>
/// <param name="Months">Of a cycle.</param>
/// <param name="FirstMonth">In which a cycle begins: 1 for January.</param>
/// <param name="GraceDays">After the last day of a period.</param>
public sealed record BillingSchedule(DateOnly? From, int Months, int FirstMonth, int GraceDays)
{
    /// <summary>Days on which a period was ended early and the next one began; in any order.</summary>
    public IReadOnlyList<DateOnly> Cuts { get; init; } = [];

    public static BillingSchedule Of(BillingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.From, settings.CycleMonths ?? 1, settings.FirstMonth ?? 1, settings.GraceDays ?? 0);
    }

    /// <summary>The period that a day is billed with.</summary>
    public Period Containing(DateOnly day)
    {
        var cycle = CycleOf(day);
        var begun = Cuts.Where(cut => cut > cycle.Start && cut <= day).DefaultIfEmpty(cycle.Start).Max();
        var ends = Cuts.Where(cut => cut > day && cut < cycle.End).DefaultIfEmpty(cycle.End).Min();
        return new Period(begun, ends);
    }

    /// <summary>Whether it is one of the client's periods, and not a part or several of them.</summary>
    public bool Has(Period period) => Containing(period.Start) == period;

    /// <summary>The day from which on it is billed without anybody's asking.</summary>
    public DateOnly DueOn(Period period) => period.End.AddDays(GraceDays);

    /// <summary>Those that are due by a day, oldest first.</summary>
    /// <param name="since">The first day that is to be billed.</param>
    /// <param name="today">At the client.</param>
    public IEnumerable<Period> Due(DateOnly since, DateOnly today)
    {
        for (var period = Containing(since); DueOn(period) <= today; period = Containing(period.End))
        {
            yield return period;
        }
    }

    private Period CycleOf(DateOnly day)
    {
        if (day < From)
        {
            return Period.MonthOf(day);
        }

        var cycle = new BillingCycle(new DateOnly(2000, FirstMonth, 1), Months).Containing(day);
        return new Period(cycle.Start < From ? From.Value : cycle.Start, cycle.End);
    }
}
