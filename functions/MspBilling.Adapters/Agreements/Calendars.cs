using MspBilling.Adapters.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>The settings' <c>calendars</c>: business hours and holidays by name.</summary>
internal static class Calendars
{
    /// <summary>The calendars of an object that has a list <c>calendars</c>, or none.</summary>
    public static IReadOnlyList<WorkCalendar> Read(JsonRecord json) => json.DistinctRecords("calendars", Calendar, calendar => calendar.Name, "name", "each calendar once");

    private static WorkCalendar Calendar(JsonRecord json)
    {
        var calendar = new WorkCalendar(
            json.Text("name"), json.Choice("firstWeekday", DayOfWeek.Monday), Hours(json),
            json.DistinctRecords("holidays", holiday => new Holiday(holiday.Date("day"), holiday.Text("name")), holiday => holiday.Day, "day", "each holiday once"));
        if (calendar.Hours.Count == 0)
            json.Problem("hours", "at least one span of business hours");
        return calendar;
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
}
