namespace MspBilling.Core.Time;

/// <summary>What a moment of the local day is to a calendar.</summary>
public enum WorkTime
{
    BusinessHours,
    AfterHours,
}

/// <summary>A calendar's days as moments in time: from one local midnight to the next, in stretches of business hours and the time between them.</summary>
/// <remarks>
/// A day on which the clock is changed is 23 or 25 hours long, or 23.5 or 24.5 on Lord Howe. Business hours are those that the local clock
/// shows: on 31 March 2024 in Dublin, midnight to 08:00 is seven hours.
/// </remarks>
internal sealed class WorkDays(WorkCalendar calendar, TimeZoneInfo zone)
{
    private readonly Dictionary<DateOnly, WorkDay> _days = [];
    private readonly HashSet<DateOnly> _holidays = [.. calendar.Holidays.Select(holiday => holiday.Day)];

    public WorkDay On(DateOnly day)
    {
        if (!_days.TryGetValue(day, out var found))
        {
            _days.Add(day, found = Find(day));
        }

        return found;
    }

    /// <summary>The first day of the week that a day is in.</summary>
    public DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek - (int)calendar.FirstWeekday + 7) % 7));

    private WorkDay Find(DateOnly day) => new(day, _holidays.Contains(day), calendar.Hours.All(hours => hours.Day != day.DayOfWeek), Stretches(day));

    private Stretch[] Stretches(DateOnly day)
    {
        var stretches = new List<Stretch>();
        var (at, end) = (LocalDates.UtcTicks(zone, day), LocalDates.UtcTicks(zone, day.AddDays(1)));
        foreach (var hours in calendar.Hours.Where(hours => hours.Day == day.DayOfWeek).OrderBy(hours => hours.From))
        {
            var from = Math.Max(at, LocalDates.UtcTicks(zone, day, hours.From));
            var to = hours.To == TimeOnly.MinValue ? end : LocalDates.UtcTicks(zone, day, hours.To);
            if (to <= from)
            {
                continue;
            }

            if (from > at)
            {
                stretches.Add(new Stretch(from, WorkTime.AfterHours));
            }

            stretches.Add(new Stretch(to, WorkTime.BusinessHours));
            at = to;
        }

        if (at < end)
        {
            stretches.Add(new Stretch(end, WorkTime.AfterHours));
        }

        return [.. stretches];
    }
}

/// <param name="IsWeekend">Whether its weekday has no business hours.</param>
/// <param name="Stretches">In order, without a gap, to the next midnight.</param>
internal sealed record WorkDay(DateOnly Date, bool IsHoliday, bool IsWeekend, Stretch[] Stretches);

/// <param name="End">The first moment after it, in UTC ticks.</param>
internal readonly record struct Stretch(long End, WorkTime Time);
