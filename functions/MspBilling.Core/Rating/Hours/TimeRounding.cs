using System.Runtime.InteropServices;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Raises worked hours to the line's minimum and then to a whole increment, entry by entry or a ticket's day together.</summary>
/// <remarks>
/// 0.30 h with a minimum and an increment of 0.25 h is 0.50 h. A ticket's entries of one local day are added up first: three of 0.10 h
/// are 0.50 h and not 0.75 h, with the extra 0.20 h on the one that starts last. The extra of an entry that is split is spread over its
/// pieces by their worked hours, to four places, and the last takes the rest. Entries that are held are not raised with the others.
/// </remarks>
internal sealed class TimeRounding(TimeLine line)
{
    private readonly Dictionary<(string Ticket, DateOnly Day), Group> _groups = [];

    /// <param name="pieces">The entry's own. They come in the order of their entries' start.</param>
    /// <param name="first">Of the first of them among all.</param>
    public void Raise(TimeEntry entry, DateOnly day, Span<TimePiece> pieces, int first)
    {
        if (line.RoundedBy == RoundingScope.Entry || entry.TicketId is not { } ticket)
        {
            Spread(pieces, entry.Hours, Raised(entry.Hours, line) - entry.Hours);
            return;
        }

        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, (ticket, day), out _);
        group = new Group(group.Worked + entry.Hours, first, pieces.Length, entry.Hours);
    }

    /// <summary>Raises what is raised together, when all of it is known.</summary>
    public void Finish(Span<TimePiece> pieces)
    {
        foreach (var group in _groups.Values)
        {
            Spread(pieces.Slice(group.First, group.Count), group.OfLast, Raised(group.Worked, line) - group.Worked);
        }
    }

    /// <summary>What is charged for hours that are raised by themselves. Time was worked, so at least one increment is.</summary>
    public static decimal Raised(decimal worked, TimeLine line)
    {
        var least = Math.Max(worked, line.MinimumHours);
        return line.IncrementHours is { } increment ? Rounding.UpToIncrement(Math.Max(least, increment), increment) : least;
    }

    /// <summary>The share of hours that a part of a whole has, to four places and never more than the hours.</summary>
    public static decimal Share(decimal hours, decimal part, decimal whole) => Math.Min(hours, Rounding.ToPlaces(hours * part / whole, 4));

    private static void Spread(Span<TimePiece> pieces, decimal worked, decimal extra)
    {
        if (extra == 0)
        {
            return;
        }

        var (soFar, shared) = (0m, 0m);
        for (var i = 0; i < pieces.Length; i++)
        {
            soFar += pieces[i].Worked;
            var upTo = i == pieces.Length - 1 ? extra : Share(extra, soFar, worked);
            pieces[i].Charged += upTo - shared;
            shared = upTo;
        }
    }

    /// <param name="Worked">By all entries of the ticket's day.</param>
    /// <param name="First">Where the pieces of the last entry begin.</param>
    /// <param name="OfLast">Worked in the last entry.</param>
    private readonly record struct Group(decimal Worked, int First, int Count, decimal OfLast);
}
