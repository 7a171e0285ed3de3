using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents;

/// <summary>How a document looks and what is said around its figures, as the MSP wants it for this client.</summary>
public sealed record DocumentTemplate
{
    public static DocumentTemplate Standard { get; } = new();

    public PaperSize Paper { get; init; } = PaperSize.A4;

    /// <summary>Between the description and the net amount, in this order. A discount is a column only where a line has one.</summary>
    public IReadOnlyList<LineColumn> Columns { get; init; } = DocumentSettings.StandardColumns;

    /// <summary>Of the text; null for the layout's own dark grey.</summary>
    public BrandColor? TextColor { get; init; }

    /// <summary>Of the boxes behind the amount due and the total; null for a pale tint of the issuer's colour.</summary>
    public BrandColor? BoxColor { get; init; }

    /// <summary>Above the lines; null for nothing.</summary>
    public string? Intro { get; init; }

    /// <summary>Below the payment instructions; null for nothing.</summary>
    public string? ClosingNote { get; init; }

    /// <summary>At the foot of every page, below the issuer's registrations.</summary>
    public IReadOnlyList<string> FooterLines { get; init; } = [];
}
