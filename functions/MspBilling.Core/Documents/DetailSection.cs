namespace MspBilling.Core.Documents;

/// <summary>What stands behind one invoice line, in the appendix.</summary>
public sealed record DetailSection(int LineNumber, string Title, IReadOnlyList<DetailRow> Rows);

/// <summary>One activity behind a line. A column that no row of a section fills is not printed in that section.</summary>
public sealed record DetailRow
{
    public required DateOnly Date { get; init; }

    /// <summary>Technician or user.</summary>
    public string? Who { get; init; }

    /// <summary>Ticket, project or SKU.</summary>
    public string? Reference { get; init; }

    public required string Description { get; init; }

    public required decimal Quantity { get; init; }

    public required string Unit { get; init; }

    /// <summary>What became of it: Billed, Covered by included hours, Not billed: goodwill.</summary>
    public required string Treatment { get; init; }

    public Money? Amount { get; init; }
}
