using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Not to exceed: what time comes to above the cap of its ticket, its project or the month is written down.</summary>
/// <remarks>
/// A time line's caps are applied in the order ticket, project, month, each to what the ones before leave. A cap that names a subject goes before one
/// for each. What was billed under the cap of a ticket or a project is carried on from period to period, a month's from version to version.
/// The write-down is rounded once, and is never more than the period's own time: 1,000.00 agreed, 600.00 billed before, 650.00 now: 250.00 written
/// down, so that 400.00 is billed. The latest work is written down first.
/// </remarks>
internal static class TimeCaps
{
    private struct Capped
    {
        public string Subject;
        public string Name;
        public decimal Cap;
        public decimal Before;
        public decimal Now;
        public decimal Down;
    }

    /// <summary>Adds write-down lines for what the pieces come to above the caps of their lines, and carries on what is used of them.</summary>
    /// <remarks>
    /// Of each piece the exact amount is written down, never more than it comes to. Together they are what the lines say; only where a
    /// subject is written down whole, its line may differ from it by the rounding.
    /// </remarks>
    public static void WriteDown(AgreementPart part, Span<TimePiece> pieces, RatingOutput output)
    {
        foreach (var line in part.Version.Lines)
        {
            if (line is TimeLine { Caps.Count: > 0 } time)
            {
                Apply(part, time, CapScope.Ticket, pieces, output);
                Apply(part, time, CapScope.Project, pieces, output);
                Apply(part, time, CapScope.Month, pieces, output);
            }
        }
    }

    private static void Apply(AgreementPart part, TimeLine line, CapScope scope, Span<TimePiece> pieces, RatingOutput output)
    {
        var caps = line.Caps.Where(cap => cap.Scope == scope).OrderBy(cap => cap.Subject is null).ToArray();
        if (caps.Length == 0)
        {
            return;
        }

        var capped = new List<Capped>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var placeOf = ArrayPool<int>.Shared.Rent(pieces.Length);
        for (var i = 0; i < pieces.Length; i++)
        {
            placeOf[i] = -1;
            if (!ReferenceEquals(pieces[i].Line, line))
            {
                continue;
            }

            // A ticket and a project have one cap, whatever they are called from entry to entry; a month's is asked for by each entry.
            var entry = pieces[i].Entry;
            var cap = scope == CapScope.Month ? CapOf(caps, entry) : null;
            if ((scope switch { CapScope.Ticket => entry.TicketId, CapScope.Project => entry.ProjectId, _ => cap is null ? null : cap.Subject ?? "" }) is not { } id)
            {
                continue;
            }

            if (!places.TryGetValue(id, out var place))
            {
                cap ??= CapOf(caps, entry);
                place = cap is null ? -1 : capped.Count;
                places.Add(id, place);
                if (cap is not null)
                {
                    capped.Add(Start(part, line, cap, id, entry, output));
                }
            }

            placeOf[i] = place;
            if (place < 0)
            {
                continue;
            }

            CollectionsMarshal.AsSpan(capped)[place].Now += pieces[i].Amount - pieces[i].WrittenDown;
        }

        var isAbove = false;
        foreach (ref var subject in CollectionsMarshal.AsSpan(capped))
        {
            Settle(part, line, scope, ref subject, output);
            isAbove |= subject.Down != 0;
        }

        for (var i = pieces.Length - 1; isAbove && i >= 0; i--)
        {
            if (placeOf[i] >= 0)
            {
                ref var subject = ref CollectionsMarshal.AsSpan(capped)[placeOf[i]];
                var share = Math.Min(pieces[i].Amount - pieces[i].WrittenDown, subject.Down);
                pieces[i].WrittenDown += share;
                subject.Down -= share;
            }
        }

        ArrayPool<int>.Shared.Return(placeOf);
    }

    private static TimeCap? CapOf(TimeCap[] caps, TimeEntry entry)
    {
        foreach (var cap in caps)
        {
            var isOf = cap.Scope switch
            {
                CapScope.Ticket => IsFor(cap.Subject, entry.TicketId, entry.TicketSummary),
                CapScope.Project => IsFor(cap.Subject, entry.ProjectId, entry.ProjectName),
                _ => IsFor(cap.Subject, entry.TicketId, entry.TicketSummary) || IsFor(cap.Subject, entry.ProjectId, entry.ProjectName),
            };
            if (isOf)
            {
                return cap;
            }
        }

        return null;
    }

    private static bool IsFor(string? subject, string? id, string? name) => subject is null || Conditions.Fits(subject, id) || Conditions.Fits(subject, name);

    private static Capped Start(AgreementPart part, TimeLine line, TimeCap cap, string id, TimeEntry entry, RatingOutput output)
    {
        var (subject, name) = cap.Scope switch
        {
            CapScope.Ticket => ("ticket/" + id, "Ticket #" + id),
            CapScope.Project => ("project/" + id, "Project " + (entry.ProjectName ?? id)),
            _ => id.Length == 0 ? ("month", MonthOf(part.Period)) : ("month/" + id, $"{id}, {MonthOf(part.Period)}"),
        };
        return new Capped { Subject = subject, Name = name, Cap = cap.Amount, Before = output.Total(part.Key(line, subject)) };
    }

    private static string MonthOf(Period period) => period == Period.MonthOf(period.Start)
        ? period.Start.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{period.Start:yyyy-MM-dd} to {period.LastDay:yyyy-MM-dd}");

    private static void Settle(AgreementPart part, TimeLine line, CapScope scope, ref Capped subject, RatingOutput output)
    {
        var above = Math.Min(Math.Max(subject.Before + subject.Now - subject.Cap, 0), subject.Now);
        var down = Rounding.ToMoney(above, part.Currency);
        subject.Down = down.Amount;
        output.Carry(new RunningTotal(part.Key(line, subject.Subject), subject.Before + subject.Now - down.Amount, scope == CapScope.Month ? part.Period.End : Period.NoEnd));
        if (down.IsZero)
        {
            return;
        }

        var before = Rounding.ToMoney(subject.Before, part.Currency);
        var soFar = Rounding.ToMoney(subject.Before + subject.Now, part.Currency);
        var cap = new UnitPrice(subject.Cap, part.Currency);
        var sum = before.IsZero ? $"{Figures.Of(soFar)} so far" : $"{Figures.Of(before)} billed before + {Figures.Of(soFar - before)} now = {Figures.Of(soFar)}";
        var explanation = part.Explain(
            nameof(TimeCaps),
            $"{subject.Name}: {sum}, agreed not to exceed {Figures.Of(cap)}: {Figures.Of(down)} written down.",
            Figure("billedBefore", subject.Before),
            Figure("now", subject.Now),
            Figure("cap", subject.Cap),
            Figure("amount", -down.Amount));
        output.Add(part, line, part.Line(
            line, subject.Subject, $"Above the agreed limit: {subject.Name}", 1, "limit", new UnitPrice(-down.Amount, part.Currency), -down, explanation) with
        {
            Kind = LineKind.WriteDown,
        });

        ExplainedFigure Figure(string name, decimal value) => new(name, value, part.Currency.Code);
    }
}
