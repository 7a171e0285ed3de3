using MspBilling.Core.Time;

namespace MspBilling.Core.Documents;

/// <summary>An invoice as it is printed: finished figures and words, in the order in which they are read.</summary>
/// <remarks>A layout adds nothing to it and computes nothing from it; what the figures are was decided in Invoicing.</remarks>
public sealed record InvoiceDocument
{
    public required Issuer Issuer { get; init; }

    public required BillTo BillTo { get; init; }

    /// <summary>Null until the invoice is issued; a preview also has a <see cref="Watermark"/>.</summary>
    public string? Number { get; init; }

    /// <summary>Printed large and pale across every page, for example <c>DRAFT</c>; null for an issued invoice.</summary>
    public string? Watermark { get; init; }

    public required DateOnly InvoiceDate { get; init; }

    public required DateOnly DueDate { get; init; }

    /// <summary>Half-open as everywhere; printed with its last day: [1 Sep, 1 Oct) reads 1 Sep 2024 – 30 Sep 2024.</summary>
    public required Period ServicePeriod { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>What the client's accounts department looks for: purchase order, agreement; null when there is none.</summary>
    public string? Reference { get; init; }

    public required DocumentLanguage Language { get; init; }

    public required IReadOnlyList<LineGroup> Groups { get; init; }

    public required InvoiceTotals Totals { get; init; }

    /// <summary>Sentences that the law wants, for example the reverse-charge text.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required string PaymentTerms { get; init; }

    /// <summary>Bank, IBAN, pay-by-card link: one line each.</summary>
    public IReadOnlyList<string> PaymentInstructions { get; init; } = [];

    /// <summary>The activities behind the lines; without sections there is no appendix.</summary>
    public IReadOnlyList<DetailSection> Appendix { get; init; } = [];

    /// <summary>Files inside the PDF, such as the invoice as XML.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}
