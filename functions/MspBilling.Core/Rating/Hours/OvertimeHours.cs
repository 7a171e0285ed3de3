using System.Globalization;
using System.Runtime.InteropServices;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Which of a technician's hours on an agreement line are overtime: those above the day's or the week's threshold.</summary>
/// <remarks>
/// Worked hours count, in the order in which entries start, each on its own local day and in the week from the calendar's first weekday; an entry is split
/// where the first of the two thresholds is crossed. Hours before the billed period count too: the sum of a week or a day that goes on after
/// the period is carried to the next. With 8 h a day, 5.00 h and then 4.00 h are 8.00 h and 1.00 h of overtime. With 40 h a week, of
/// which 36 h lie in the last month, the first 6.00 h of this month are 4.00 h and 2.00 h of overtime.
/// </remarks>
internal sealed class OvertimeHours(AgreementPart part, TimeLine line, Overtime rule, WorkDays days, RatingOutput output)
{
    private const int DaysOfWeek = 7;

    private readonly Dictionary<Span, decimal> _worked = [];

    // Where nothing was carried to the line, there is no sum to be looked for by a text for each technician and day.
    private readonly bool _isCarriedTo = output.HasTotals(part.Key(line));

    /// <summary>Splits an entry's spans where they become overtime, and counts them.</summary>
    public void Split(string technician, List<WorkSpan> spans)
    {
        for (var i = 0; i < spans.Count; i++)
        {
            var span = spans[i];
            var room = Room(technician, span);
            if (room >= span.Worked)
            {
                continue;
            }

            if (room <= 0)
            {
                spans[i] = span with { IsOvertime = true };
                continue;
            }

            var at = span.Start + (long)((span.End - span.Start) * room / span.Worked);
            spans[i] = span with { End = at, Worked = room };
            spans.Insert(++i, span with { Start = at, Worked = span.Worked - room, IsOvertime = true });
        }
    }

    /// <summary>Carries the sums of days and weeks that go on after the part's days.</summary>
    public void Carry()
    {
        foreach (var (span, worked) in _worked)
        {
            var until = span.From.AddDays(span.Days);
            if (until > part.InForce.End)
            {
                output.Carry(new RunningTotal(KeyOf(span), worked, until));
            }
        }
    }

    // Hours left to the nearer of the thresholds before the span, which is counted with this.
    private decimal Room(string technician, WorkSpan span)
    {
        var room = decimal.MaxValue;
        if (rule.DailyHours is { } daily)
        {
            room = daily - Count(new Span(technician, span.Day, 1), span.Worked);
        }

        if (rule.WeeklyHours is { } weekly)
        {
            room = Math.Min(room, weekly - Count(new Span(technician, days.WeekOf(span.Day), DaysOfWeek), span.Worked));
        }

        return room;
    }

    /// <returns>What was counted before.</returns>
    private decimal Count(Span span, decimal worked)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_worked, span, out var isKnown);
        var before = isKnown || !_isCarriedTo ? sum : output.Total(KeyOf(span));
        sum = before + worked;
        return before;
    }

    private CarriedKey KeyOf(Span span) => part.Key(
        line, string.Create(CultureInfo.InvariantCulture, $"{(span.Days == DaysOfWeek ? "overtime" : "overtime-day")}/{span.Technician}/{span.From:yyyy-MM-dd}"));

    private readonly record struct Span(string Technician, DateOnly From, int Days);
}
