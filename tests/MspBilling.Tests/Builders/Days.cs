using System.Globalization;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>Dates as they are written: <c>Days.On("2024-09-14")</c>, and half-open spans of them.</summary>
internal static class Days
{
    public static Period September { get; } = Period.Month(2024, 9);

    public static DateOnly On(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Period From(string start) => new(On(start), Period.NoEnd);

    /// <summary>The end is the first day after.</summary>
    public static Period Between(string start, string end) => new(On(start), On(end));

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
