namespace MspBilling.Core.Documents;

/// <summary>What stands behind one invoice line, in the appendix.</summary>
public sealed record DetailSection(int LineNumber, string Title, IReadOnlyList<DetailRow> Rows);

/// <summary>One activity behind a line. A column that no row of a section fills is not printed in that section.</summary>
public sealed record DetailRow
{
    /// <summary>Null for what stands all month, such as a seat.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Technician or user.</summary>
    public string? Who { get; init; }

    /// <summary>Ticket, project or SKU.</summary>
    public string? Reference { get; init; }

    public required string Description { get; init; }

    public required decimal Quantity { get; init; }

    public required string Unit { get; init; }

    /// <summary>How it was treated, such as 0.42 h worked; null where it is simply billed.</summary>
    public string? Treatment { get; init; }

    public Money? Amount { get; init; }
}
