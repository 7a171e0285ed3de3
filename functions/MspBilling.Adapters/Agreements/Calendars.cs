using MspBilling.Adapters.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>The settings' <c>calendars</c>: business hours and holidays by name.</summary>
internal static class Calendars
{
    /// <summary>The calendars of an object that has a list <c>calendars</c>, or none.</summary>
    public static IReadOnlyList<WorkCalendar> Read(JsonRecord json)
    {
        var calendars = new List<WorkCalendar>();
        foreach (var record in json.Records("calendars"))
        {
            var calendar = new WorkCalendar(record.Text("name"), record.Choice("firstWeekday", DayOfWeek.Monday), Hours(record), Holidays(record));
            record.RefuseOthers();
            if (calendars.Exists(other => other.Name == calendar.Name) && record.Has("name"))
                record.Problem("name", "each calendar once");
            if (calendar.Hours.Count == 0)
                record.Problem("hours", "at least one span of business hours");
            calendars.Add(calendar);
        }

        return calendars;
    }

    private static List<BusinessHours> Hours(JsonRecord json)
    {
        var hours = new List<BusinessHours>();
        foreach (var record in json.Records("hours"))
        {
            var before = record.Problems;
            var span = new BusinessHours(record.Choice<DayOfWeek>("day"), record.TimeOfDay("from"), record.TimeOfDay("to"));
            record.RefuseOthers();
            if (record.Problems > before)
                continue;

            if (End(span) <= span.From.Ticks)
                record.Problem("to", "a time after from; 00:00 is the day's end");
            else if (hours.Exists(other => other.Day == span.Day && other.From.Ticks < End(span) && span.From.Ticks < End(other)))
                record.Problem("from", "hours that no other span of the day has");
            hours.Add(span);
        }

        return hours;
    }

    private static long End(BusinessHours span) => span.To == TimeOnly.MinValue ? TimeSpan.TicksPerDay : span.To.Ticks;

    private static List<Holiday> Holidays(JsonRecord json)
    {
        var holidays = new List<Holiday>();
        foreach (var record in json.Records("holidays"))
        {
            var holiday = new Holiday(record.Date("day"), record.Text("name"));
            record.RefuseOthers();
            if (holidays.Exists(other => other.Day == holiday.Day) && record.Has("day"))
                record.Problem("day", "each holiday once");
            holidays.Add(holiday);
        }

        return holidays;
    }
}
