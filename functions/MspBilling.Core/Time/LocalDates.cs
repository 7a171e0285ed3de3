namespace MspBilling.Core.Time;

/// <summary>Which local date an instant falls on: the client's own, because periods are the client's.</summary>
public static class LocalDates
{
    /// <summary>2024-10-01T03:00Z is 30 September in Chicago and 1 October in Dublin.</summary>
    public static DateOnly In(TimeZoneInfo zone, DateTimeOffset instant) => DateOnly.FromDateTime(LocalClock.Of(zone).At(instant));

    /// <summary>When the local clock first shows a time, in UTC ticks; where the clock is put forward over the time, the moment at which it is.</summary>
    /// <remarks>
    /// 01:30 of 27 October 2024 comes twice in Dublin, and is 00:30Z, the first of them. 01:30 of 31 March 2024 never comes there, and is
    /// 01:00Z, when the clock goes from 01:00 to 02:00.
    /// </remarks>
    public static long UtcTicks(TimeZoneInfo zone, DateOnly day, TimeOnly time = default)
    {
        var wall = day.ToDateTime(time).Ticks;

        // No offset is more than 14 hours, so the clock is changed at most once between these two.
        var before = Offset(zone, wall - TimeSpan.TicksPerDay);
        var after = Offset(zone, wall + TimeSpan.TicksPerDay);
        var (early, late) = (wall - before, wall - after);
        if (before == after || Offset(zone, early) == before)
        {
            return early;
        }

        return Offset(zone, late) == after ? late : Change(zone, late, early, after);
    }

    private static long Offset(TimeZoneInfo zone, long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;

    /// <summary>The first moment in the span, which ends after the change, that has the offset.</summary>
    private static long Change(TimeZoneInfo zone, long from, long to, long offset)
    {
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = Offset(zone, middle) == offset ? (from, middle) : (middle + 1, to);
        }

        return to;
    }
}
