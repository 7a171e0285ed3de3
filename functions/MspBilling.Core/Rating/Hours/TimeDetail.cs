namespace MspBilling.Core.Rating;

/// <summary>A piece of time as a row behind its line.</summary>
internal static class TimeDetail
{
    public static LineDetail Of(in TimePiece piece, decimal hours, string? treatment)
    {
        var entry = piece.Entry;
        var reference = entry.TicketId is { } ticket ? "#" + ticket : entry.ProjectName ?? entry.ProjectId;
        var summary = string.IsNullOrWhiteSpace(entry.TicketSummary) ? null : entry.TicketSummary;
        var notes = string.IsNullOrWhiteSpace(entry.Notes) ? null : entry.Notes;
        var description = summary is null || notes is null ? summary ?? notes ?? entry.WorkType ?? "Work" : $"{summary}: {notes}";
        return new LineDetail(piece.Day, entry.TechnicianName, reference, description, hours, "h", treatment);
    }
}
