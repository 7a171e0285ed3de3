using System.Collections;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The rows behind a line of time, each read from its entry when it is asked for.</summary>
/// <remarks>What is particular about a row is half of it, and most lines are rated to be added up: the texts of their entries are not looked at until the rows are.</remarks>
internal sealed class TimeDetails(IReadOnlyList<TimeRow> rows, string unit) : IReadOnlyList<LineDetail>
{
    public int Count => rows.Count;

    public LineDetail this[int index] => Of(rows[index]);

    public IEnumerator<LineDetail> GetEnumerator() => rows.Select(Of).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private LineDetail Of(TimeRow row)
    {
        var entry = row.Entry;
        var (hasSummary, hasNotes) = (!string.IsNullOrWhiteSpace(entry.TicketSummary), !string.IsNullOrWhiteSpace(entry.Notes));
        return new LineDetail(
            row.Day,
            entry.TechnicianName,
            entry.TicketId is { } ticket ? "#" + ticket : entry.ProjectName,
            hasSummary ? entry.TicketSummary! : hasNotes ? "" : entry.WorkType ?? "Work",
            row.Quantity,
            unit,
            row.Treatment,
            hasNotes ? entry.Notes : null);
    }
}

/// <summary>What is particular about the row of an entry on a line.</summary>
/// <param name="Day">Local day of the work.</param>
/// <param name="Quantity">Of its hours or trips on the line.</param>
/// <param name="Treatment">How it was treated; null where it is simply billed.</param>
internal readonly record struct TimeRow(TimeEntry Entry, DateOnly Day, decimal Quantity, string? Treatment);
