using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Splits an entry at the client's midnight and where its line's price changes by the calendar.</summary>
/// <remarks>
/// The span is from the start to the end, or to the start and the hours where no end is told or it is too early for the hours. Elapsed
/// time counts: 22:00 to 06:00 in Dublin is 9 h on the night to 27 October 2024 and 7 h on that to 31 March. Where the span is longer than the hours, the hours are
/// spread evenly over it: 4.00 h in the 5 h from 15:00 to 20:00 with business until 18:00 are 2.40 h and 1.60 h. Shares have four
/// places and add up to the hours: each ends at its rounded share of the hours so far, the last at all of them.
/// </remarks>
internal sealed class WorkSpans(TimeLine line, WorkDays days)
{
    /// <param name="day">Local date of the start.</param>
    public void Split(TimeEntry entry, DateOnly day, List<WorkSpan> into)
    {
        into.Clear();
        var start = entry.Start.UtcTicks;
        var end = start + (long)(entry.Hours * TimeSpan.TicksPerHour);
        if (entry.End is { } told && told.UtcTicks > end)
        {
            end = told.UtcTicks;
        }

        var at = start;
        for (var workDay = days.On(day); at < end; workDay = days.On(workDay.Date.AddDays(1)))
        {
            foreach (var stretch in workDay.Stretches)
            {
                if (at < stretch.End && at < end)
                {
                    var to = Math.Min(stretch.End, end);
                    Add(new WorkSpan(at, to, workDay.Date, TimeFactors.PartOf(line, workDay, stretch.Time), false, 0), into);
                    at = to;
                }
            }
        }

        if (into.Count == 0)
        {
            into.Add(new WorkSpan(start, end, day, TimeFactors.PartOf(line, days.On(day), WorkTime.BusinessHours), false, 0));
        }

        Share(entry.Hours, start, end, into);
    }

    private static void Add(WorkSpan span, List<WorkSpan> into)
    {
        if (into.Count > 0 && into[^1] is var last && last.Day == span.Day && last.DayPart == span.DayPart)
        {
            into[^1] = last with { End = span.End };
        }
        else
        {
            into.Add(span);
        }
    }

    private static void Share(decimal hours, long start, long end, List<WorkSpan> spans)
    {
        var shared = 0m;
        for (var i = 0; i < spans.Count; i++)
        {
            var upTo = i == spans.Count - 1 ? hours : TimeRounding.Share(hours, spans[i].End - start, end - start);
            spans[i] = spans[i] with { Worked = upTo - shared };
            shared = upTo;
        }
    }
}

/// <summary>A stretch of an entry that has one price.</summary>
/// <param name="Start">In UTC ticks.</param>
/// <param name="End">The first tick after it.</param>
/// <param name="Day">Local date.</param>
/// <param name="Worked">Of the entry's hours.</param>
internal readonly record struct WorkSpan(long Start, long End, DateOnly Day, DayPart DayPart, bool IsOvertime, decimal Worked);
