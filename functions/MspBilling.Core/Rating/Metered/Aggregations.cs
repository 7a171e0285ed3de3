using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <param name="Subject">Whom or what it is of; null where the source tells none.</param>
internal readonly record struct Reading(DateOnly Day, decimal Quantity, string? Subject);

internal static class Aggregations
{
    public static decimal Of(Aggregation aggregation, IReadOnlyList<Reading> readings, Period days) => aggregation switch
    {
        Aggregation.Max => readings.Max(reading => reading.Quantity),
        Aggregation.Last => readings.OrderBy(reading => reading.Day).ThenBy(reading => reading.Quantity).Last().Quantity,
        Aggregation.Average => readings.GroupBy(reading => reading.Day).Average(day => day.Max(reading => reading.Quantity)),
        Aggregation.Unique => readings.Select(reading => reading.Subject).Distinct(StringComparer.Ordinal).Count(),
        Aggregation.TimeWeighted => readings.OrderBy(reading => reading.Day).Zip(readings.OrderBy(reading => reading.Day).Skip(1).Select(next => next.Day).Append(days.End), (reading, until) => reading.Quantity * (until.DayNumber - reading.Day.DayNumber)).Sum() / days.Days,
        _ => readings.Sum(reading => reading.Quantity),
    };
}
