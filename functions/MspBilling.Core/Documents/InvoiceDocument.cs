using MspBilling.Core.Time;

namespace MspBilling.Core.Documents;

/// <summary>An invoice or a credit note as it is printed: finished figures and words, in the order in which they are read.</summary>
/// <remarks>
/// A layout adds nothing to it and computes nothing from it; what the figures are was decided in Invoicing.
/// A credit note's amounts are positive where the client gets money back: 100.00 credited prints 100.00 under the title credit note.
/// </remarks>
public sealed record InvoiceDocument : PrintedDocument
{
    public DocumentKind Kind { get; init; } = DocumentKind.Invoice;

    /// <summary>The invoice that a credit note credits; null on an invoice.</summary>
    public CreditedInvoice? Credits { get; init; }

    /// <summary>Null until the invoice is issued; a preview also has a <see cref="PrintedDocument.Watermark"/>.</summary>
    public string? Number { get; init; }

    public required DateOnly InvoiceDate { get; init; }

    /// <summary>Not printed on a credit note, which nobody has to pay.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Half-open as everywhere; printed with its last day: [1 Sep, 1 Oct) reads 1 Sep 2024 – 30 Sep 2024.</summary>
    public required Period ServicePeriod { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>What the client's accounts department looks for: purchase order, agreement; null when there is none.</summary>
    public string? Reference { get; init; }

    /// <summary>The agreement that all lines are of; null where they are of several.</summary>
    public string? Contract { get; init; }

    /// <summary>The tax in the currency in which the issuer owes it; null where that is the invoice's own, or there is no tax.</summary>
    public AccountingTax? AccountingTax { get; init; }

    public required IReadOnlyList<LineGroup> Groups { get; init; }

    public required InvoiceTotals Totals { get; init; }

    /// <summary>Sentences that the law wants, for example the reverse-charge text.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Empty on a credit note.</summary>
    public required string PaymentTerms { get; init; }

    /// <summary>Bank, IBAN, pay-by-card link: one line each.</summary>
    public IReadOnlyList<string> PaymentInstructions { get; init; } = [];

    /// <summary>The activities behind the lines; without sections there is no appendix.</summary>
    public IReadOnlyList<DetailSection> Appendix { get; init; } = [];

    /// <summary>Files inside the PDF, such as the invoice as XML.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}

public enum DocumentKind
{
    Invoice,
    CreditNote,
}

/// <summary>The invoice that a credit note credits.</summary>
/// <param name="Number">As it was issued.</param>
/// <param name="Date">Of the invoice.</param>
/// <param name="Reason">In the MSP's words, which some countries' law wants; null for none.</param>
public sealed record CreditedInvoice(string Number, DateOnly Date, string? Reason = null);
