using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The rows behind a line of time. Texts that many rows have are made once.</summary>
internal sealed class TimeDetails
{
    private readonly Dictionary<string, string> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<(decimal Worked, decimal Charged, decimal Covered), string> _treatments = [];

    /// <summary>The row of a piece on a line that bills it, or on one that shows what of it is covered.</summary>
    /// <param name="quantity">Of its hours on the line.</param>
    public LineDetail Of(in TimePiece piece, decimal quantity) =>
        piece.IsTrip ? Of(piece.Entry, piece.Day, 1, "trip", Treatment(piece.Worked, 0, 0)) : Of(piece.Entry, piece.Day, quantity, "h", Treatment(piece));

    public LineDetail Of(TimeEntry entry, DateOnly day, decimal quantity, string unit, string? treatment)
    {
        var (hasSummary, hasNotes) = (!string.IsNullOrWhiteSpace(entry.TicketSummary), !string.IsNullOrWhiteSpace(entry.Notes));
        return new LineDetail(
            day,
            entry.TechnicianName,
            entry.TicketId is { } ticket ? Reference(ticket) : entry.ProjectName,
            hasSummary ? entry.TicketSummary! : hasNotes ? "" : entry.WorkType ?? "Work",
            quantity,
            unit,
            treatment,
            hasNotes ? entry.Notes : null);
    }

    private string Reference(string ticket)
    {
        if (!_tickets.TryGetValue(ticket, out var reference))
        {
            _tickets.Add(ticket, reference = "#" + ticket);
        }

        return reference;
    }

    private string? Treatment(in TimePiece piece)
    {
        var isSplit = piece.CoveredHours > 0 && piece.BilledHours > 0;
        return piece.Charged == piece.Worked && !isSplit ? null : Treatment(piece.Worked, isSplit ? piece.Charged : 0, isSplit ? piece.CoveredHours : 0);
    }

    private string Treatment(decimal worked, decimal charged, decimal covered)
    {
        if (!_treatments.TryGetValue((worked, charged, covered), out var words))
        {
            words = covered == 0
                ? $"{Figures.Hours(worked)} h worked"
                : string.Create(CultureInfo.InvariantCulture, $"{Figures.Hours(worked)} h worked, {Figures.Hours(charged)} h charged, of it {Figures.Hours(covered)} h included");
            _treatments.Add((worked, charged, covered), words);
        }

        return words;
    }
}
