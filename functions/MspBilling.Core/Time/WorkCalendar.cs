namespace MspBilling.Core.Time;

/// <summary>Business hours by weekday and holidays, in the client's local time.</summary>
/// <param name="FirstWeekday">On which a week of overtime begins.</param>
/// <param name="Hours">A weekday without any is a weekend.</param>
/// <param name="Holidays">Local dates.</param>
public sealed record WorkCalendar(string Name, DayOfWeek FirstWeekday, IReadOnlyList<BusinessHours> Hours, IReadOnlyList<Holiday> Holidays)
{
    public const string StandardName = "standard";

    /// <summary>Monday to Friday, 08:00 to 18:00, no holidays.</summary>
    public static WorkCalendar Standard { get; } = new(
        StandardName,
        DayOfWeek.Monday,
        [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => new BusinessHours((DayOfWeek)day, new TimeOnly(8, 0), new TimeOnly(18, 0)))],
        []);
}

/// <param name="To">The first moment after; 00:00 is the day's end.</param>
public sealed record BusinessHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <param name="Name">As printed.</param>
public sealed record Holiday(DateOnly Day, string Name);
