using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>By what an hour's rate is multiplied: the calendar's factor or that of overtime, the higher of the two and never both, and that of travel.</summary>
/// <remarks>
/// A holiday goes before a weekend, and a weekend before after hours. An hour of overtime at 1.5 on a Sunday at 2 is at 2, and on a
/// Tuesday at 1.5; the calendar is named where both are the same. Travel at 0.5 on that Sunday is at 0.5 x 2.
/// </remarks>
internal sealed class TimeFactors
{
    private readonly TimeFactor[] _factors = new TimeFactor[2 * (int)(DayPart.Holiday + 1)];

    /// <param name="travel">Of travel; null for time that is none.</param>
    public TimeFactors(TimeLine line, decimal? travel)
    {
        foreach (var dayPart in Enum.GetValues<DayPart>())
        {
            _factors[2 * (int)dayPart] = With(travel, OfCalendar(line, dayPart), Words(dayPart));
            _factors[(2 * (int)dayPart) + 1] = line.Overtime is { } overtime && overtime.Factor > OfCalendar(line, dayPart)
                ? With(travel, overtime.Factor, "overtime")
                : _factors[2 * (int)dayPart];
        }
    }

    public TimeFactor this[DayPart dayPart, bool isOvertime] => _factors[(2 * (int)dayPart) + (isOvertime ? 1 : 0)];

    /// <summary>The factor that a label stands for; null where it is not of these.</summary>
    public TimeFactor? Labelled(string label) => Array.FindIndex(_factors, factor => factor.Label == label) is >= 0 and var found ? _factors[found] : null;

    public static bool DependOnTime(TimeLine line) => line.AfterHoursFactor is not null || line.WeekendFactor is not null || line.HolidayFactor is not null || line.Overtime is not null;

    /// <summary>What a moment is to the line: a day part that makes no difference to it is business hours.</summary>
    public static DayPart PartOf(TimeLine line, WorkDay day, WorkTime time) =>
        day.IsHoliday && line.HolidayFactor is not null ? DayPart.Holiday
        : day.IsWeekend ? (line.WeekendFactor is null ? DayPart.BusinessHours : DayPart.Weekend)
        : time == WorkTime.AfterHours && line.AfterHoursFactor is not null ? DayPart.AfterHours
        : DayPart.BusinessHours;

    private static decimal OfCalendar(TimeLine line, DayPart dayPart) => dayPart switch
    {
        DayPart.AfterHours => line.AfterHoursFactor ?? 1,
        DayPart.Weekend => line.WeekendFactor ?? 1,
        DayPart.Holiday => line.HolidayFactor ?? 1,
        _ => 1,
    };

    private static string Words(DayPart dayPart) => dayPart switch
    {
        DayPart.AfterHours => "after hours",
        DayPart.Weekend => "weekend",
        DayPart.Holiday => "holiday",
        _ => "",
    };

    private static TimeFactor With(decimal? travel, decimal factor, string words)
    {
        var label = factor == 1 ? null : $"{words} x {Figures.Quantity(factor)}";
        return travel is { } by
            ? new TimeFactor(by * factor, $"travel x {Figures.Quantity(by)}{(label is null ? "" : ", " + label)}", label is null ? "travel" : null)
            : new TimeFactor(factor, label, words);
    }
}

/// <param name="Label">Such as <c>after hours x 1.5</c>; null where it makes no difference.</param>
/// <param name="Words">The label without its number; null where it has two numbers.</param>
internal readonly record struct TimeFactor(decimal Factor, string? Label, string? Words);

/// <summary>What a moment is, as far as a line prices it differently.</summary>
internal enum DayPart
{
    BusinessHours,
    AfterHours,
    Weekend,
    Holiday,
}
