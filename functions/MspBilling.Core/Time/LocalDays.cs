namespace MspBilling.Core.Time;

/// <summary>Local dates of many instants that come in order: the day found last is tried first, because converting between zones is slow.</summary>
internal sealed class LocalDays(TimeZoneInfo zone)
{
    private DateOnly _day;
    private long _from;
    private long _to;

    public DateOnly Of(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        if (ticks < _from || ticks >= _to)
        {
            _day = LocalDates.In(zone, instant);
            _from = LocalDates.UtcTicks(zone, _day);
            _to = LocalDates.UtcTicks(zone, _day.AddDays(1));
        }

        return _day;
    }
}
