using System.Buffers;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Makes the pieces of all of a part's time, in the order of their start; of two that start together, that of the earlier activity.</summary>
/// <remarks>
/// What needs no price, such as included travel, and what has none is settled here and is no piece. Pieces are large and live only while the part is rated, so
/// that they stand in a pooled array, which goes back to the pool when this is disposed of.
/// </remarks>
internal sealed class TimePieces : IDisposable
{
    private readonly AgreementPart _part;
    private readonly RatingOutput _output;
    private readonly LocalClock _clock;
    private readonly WorkDays _workDays;
    private TimePiece[] _pieces;
    private long[] _starts;
    private int _count;

    private TimePieces(AgreementPart part, int entries, RatingOutput output)
    {
        (_part, _output) = (part, output);
        _clock = LocalClock.Of(part.Client.Zone);
        _workDays = new WorkDays(part.Calendar, part.Client.Zone);
        _pieces = ArrayPool<TimePiece>.Shared.Rent(entries);
        _starts = ArrayPool<long>.Shared.Rent(entries);
    }

    public Span<TimePiece> All => _pieces.AsSpan(0, _count);

    public static TimePieces Of(AgreementPart part, IReadOnlyList<(TimeLine Line, ArraySegment<Matched> Entries)> lines, RatingOutput output)
    {
        var entries = 0;
        foreach (var (_, matched) in lines)
        {
            entries += matched.Count;
        }

        var all = new TimePieces(part, entries, output);
        foreach (var (line, matched) in lines)
        {
            if (matched.Count > 0)
            {
                all.Add(line, matched);
            }
        }

        all.Order();
        return all;
    }

    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_starts);
        Return(_pieces);
    }

    private void Add(TimeLine line, ReadOnlySpan<Matched> entries)
    {
        var pricing = new TimePricing(_part, line);
        var spans = TimeFactors.DependOnTime(line) ? new WorkSpans(line, _workDays) : null;
        var overtime = line.Overtime is { } rule ? new OvertimeHours(_part, line, rule, _workDays, _output) : null;
        var rounding = new TimeRounding(line);
        var included = new List<Matched>();
        var buffer = new List<WorkSpan>();

        var order = ArrayPool<int>.Shared.Rent(entries.Length);
        OrderOf(line, entries, order.AsSpan(0, entries.Length));
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var matched = ref entries[order[i]];
            var entry = (TimeEntry)matched.Activity;
            var start = entry.Start.UtcTicks;
            var day = DateOnly.FromDateTime(_clock.At(entry.Start));
            var price = pricing.Of(matched, entry, day);
            if (spans is not null)
            {
                spans.Split(entry, day, buffer);
                overtime?.Split(entry.TechnicianId, buffer);
            }

            if (price.Held is { } reason)
            {
                _output.Held(matched, reason, reason == Reason.MissingRole ? null : TimeCharges.Missing(matched, _part));
            }
            else if (price.IsIncluded)
            {
                included.Add(matched);
                _output.Covered(matched, Reason.IncludedTravel);
            }
            else if (price.IsTrip)
            {
                Append(start, new TimePiece { Entry = entry, Index = matched.Index, Effects = matched.Effects, Line = line, Day = day, Name = price.Name, Worked = entry.Hours, IsWhole = true, Rate = price.Rate, IsTrip = true });
            }
            else
            {
                var first = _count;
                if (spans is null || price.Factors is null)
                {
                    Append(start, new TimePiece { Entry = entry, Index = matched.Index, Effects = matched.Effects, Line = line, Day = day, Name = price.Name, Worked = entry.Hours, IsWhole = true, Charged = entry.Hours, Rate = price.Rate, Label = price.Label });
                }
                else
                {
                    AppendEach(buffer, entry, matched, line, price);
                }

                rounding.Raise(entry, day, _pieces.AsSpan(first, _count - first), first);
            }
        }

        ArrayPool<int>.Shared.Return(order);
        rounding.Finish(_pieces.AsSpan(0, _count));
        overtime?.Carry();
        if (included.Count > 0)
        {
            TravelTime.AddIncluded(_part, line, included, _output);
        }
    }

    /// <summary>
    /// The order of their start, for a line whose entries count on those before; else the order in which they stand, and so most likely in memory too: the
    /// pieces are brought in order when all of them are there.
    /// </summary>
    private static void OrderOf(TimeLine line, ReadOnlySpan<Matched> entries, Span<int> order)
    {
        if (line is { Overtime: null, RoundedBy: RoundingScope.Entry, Travel: not { IsIncluded: true } })
        {
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            return;
        }

        var starts = ArrayPool<long>.Shared.Rent(entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            starts[i] = ((TimeEntry)entries[i].Activity).Start.UtcTicks;
        }

        ByStart.Sort(starts.AsSpan(0, entries.Length), order);
        ArrayPool<long>.Shared.Return(starts);
    }

    private void AppendEach(List<WorkSpan> spans, TimeEntry entry, in Matched matched, TimeLine line, in TimePrice price)
    {
        foreach (var span in spans)
        {
            if (span.Worked == 0)
            {
                continue; // less of the hours than is counted
            }

            var (factor, label, _) = price.Factors![span.DayPart, span.IsOvertime];
            Append(span.Start, new TimePiece
            {
                Entry = entry,
                Index = matched.Index,
                Effects = matched.Effects,
                Line = line,
                Day = span.Day,
                Name = price.Name,
                Worked = span.Worked,
                IsWhole = spans.Count == 1,
                Charged = span.Worked,
                Rate = price.Rate * factor,
                Label = label,
            });
        }
    }

    private void Append(long start, in TimePiece piece)
    {
        if (_count == _pieces.Length)
        {
            var more = ArrayPool<TimePiece>.Shared.Rent(Math.Max(4, _count * 2));
            _pieces.AsSpan(0, _count).CopyTo(more);
            Return(_pieces);
            _pieces = more;
        }

        if (_count == _starts.Length)
        {
            var more = ArrayPool<long>.Shared.Rent(Math.Max(4, _count * 2));
            _starts.CopyTo(more, 0);
            ArrayPool<long>.Shared.Return(_starts);
            _starts = more;
        }

        _starts[_count] = start;
        _pieces[_count++] = piece;
    }

    private void Order()
    {
        var positions = ArrayPool<int>.Shared.Rent(_count);
        var order = positions.AsSpan(0, _count);
        if (!ByStart.Sort(_starts.AsSpan(0, _count), order, position => _pieces[position].Index))
        {
            var ordered = ArrayPool<TimePiece>.Shared.Rent(_count);
            for (var i = 0; i < order.Length; i++)
            {
                ordered[i] = _pieces[order[i]];
            }

            Return(_pieces);
            _pieces = ordered;
        }

        ArrayPool<int>.Shared.Return(positions);
    }

    // Without what stood in it, which the pool would keep alive.
    private void Return(TimePiece[] pieces)
    {
        pieces.AsSpan(0, _count).Clear();
        ArrayPool<TimePiece>.Shared.Return(pieces);
    }
}
