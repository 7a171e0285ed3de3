using System.Runtime.CompilerServices;

namespace MspBilling.Core.Time;

/// <summary>A zone's clock, which keeps the offsets of the days that it was asked for: finding one is slow, and a month has few days.</summary>
/// <remarks>It may be read by several threads at a time: what it keeps of a day is never changed, and the same whoever finds it.</remarks>
internal sealed class LocalClock
{
    private const int Kept = 64;
    private static readonly ConditionalWeakTable<TimeZoneInfo, LocalClock> Clocks = [];
    private readonly TimeZoneInfo _zone;
    private readonly UtcDay?[] _days = new UtcDay?[Kept];

    private LocalClock(TimeZoneInfo zone) => _zone = zone;

    public static LocalClock Of(TimeZoneInfo zone) => Clocks.GetValue(zone, static zone => new LocalClock(zone));

    /// <summary>What the clock shows.</summary>
    public DateTime At(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        var number = ticks / TimeSpan.TicksPerDay;
        var day = _days[number % Kept];
        if (day is null || day.Number != number)
        {
            _days[number % Kept] = day = DayOf(number);
        }

        return new DateTime(Math.Clamp(ticks + (day.Offset ?? Offset(ticks)), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
    }

    // No zone has changed its clock twice within a day.
    private UtcDay DayOf(long number)
    {
        var (first, last) = (Offset(number * TimeSpan.TicksPerDay), Offset(((number + 1) * TimeSpan.TicksPerDay) - 1));
        return new UtcDay(number, first == last ? first : null);
    }

    private long Offset(long utcTicks) => _zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;

    /// <param name="Offset">In ticks; null on a day on which the clock is changed.</param>
    private sealed record UtcDay(long Number, long? Offset);
}
