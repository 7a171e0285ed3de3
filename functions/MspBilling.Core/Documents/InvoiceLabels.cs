using MspBilling.Core.Documents.Labels;

namespace MspBilling.Core.Documents;

/// <summary>Every word that the layouts themselves print. A language is one instance, in a file of its own under <c>Labels</c>.</summary>
/// <remarks>All are required, so that a language without one does not compile.</remarks>
public sealed record InvoiceLabels
{
    public required string Invoice { get; init; }

    public required string CreditNote { get; init; }

    /// <summary>The watermark of a preview.</summary>
    public required string Draft { get; init; }

    public required string BillTo { get; init; }

    public required string TaxNumber { get; init; }

    public required string InvoiceNumber { get; init; }

    public required string InvoiceDate { get; init; }

    public required string CreditNoteNumber { get; init; }

    public required string CreditNoteDate { get; init; }

    /// <summary>Placeholders: 0 number of the invoice, 1 its date.</summary>
    public required string CreditedInvoice { get; init; }

    /// <summary>Why it is credited.</summary>
    public required string Reason { get; init; }

    public required string DueDate { get; init; }

    public required string ServicePeriod { get; init; }

    public required string Reference { get; init; }

    public required string Currency { get; init; }

    public required string AmountDue { get; init; }

    /// <summary>Stands for <see cref="AmountDue"/> when the total is below zero.</summary>
    public required string AmountInYourFavour { get; init; }

    /// <summary>Stands for <see cref="AmountDue"/> on a credit note.</summary>
    public required string AmountCredited { get; init; }

    public required string Line { get; init; }

    public required string Description { get; init; }

    public required string Quantity { get; init; }

    public required string Unit { get; init; }

    public required string UnitPrice { get; init; }

    public required string Discount { get; init; }

    public required string Net { get; init; }

    /// <summary>Of a group, before its title.</summary>
    public required string Subtotal { get; init; }

    /// <summary>Of all lines, before tax.</summary>
    public required string NetTotal { get; init; }

    public required string Discounts { get; init; }

    /// <summary>With tax.</summary>
    public required string Total { get; init; }

    /// <summary>Placeholders: 0 name of the tax, 1 percentage, 2 taxable base.</summary>
    public required string TaxOn { get; init; }

    /// <summary>Placeholder: 0 its reference, or nothing.</summary>
    public required string PaidFromPrepayment { get; init; }

    /// <summary>Placeholder: 0 its reference, or nothing.</summary>
    public required string PaidByCredit { get; init; }

    /// <summary>Placeholder: 0 its reference, or nothing.</summary>
    public required string PaidAlready { get; init; }

    public required string Payment { get; init; }

    /// <summary>Follows the title of a table that goes on from the page before.</summary>
    public required string Continued { get; init; }

    public required string Appendix { get; init; }

    /// <summary>Placeholders: 0 line number, 1 the section's title.</summary>
    public required string DetailBehindLine { get; init; }

    public required string Date { get; init; }

    /// <summary>Technician or user.</summary>
    public required string Who { get; init; }

    public required string Treatment { get; init; }

    public required string Amount { get; init; }

    /// <summary>Placeholders: 0 this page, 1 how many there are.</summary>
    public required string PageOf { get; init; }

    public required StatementLabels Statement { get; init; }

    /// <summary>The labels of a region, else of its language; English for a language that has none yet.</summary>
    public static InvoiceLabels For(DocumentLanguage language) =>
        ByTag.GetValueOrDefault(language.Tag) ?? ByTag.GetValueOrDefault(language.Culture.TwoLetterISOLanguageName, English.Labels);

    private static readonly Dictionary<string, InvoiceLabels> ByTag = new(StringComparer.Ordinal)
    {
        ["en"] = English.Labels,
        ["de"] = German.Labels,
        ["de-AT"] = German.Austrian,
        ["de-CH"] = German.Swiss,
        ["fr"] = French.Labels,
        ["fr-CA"] = French.Canadian,
        ["es"] = Spanish.Labels,
        ["es-MX"] = Spanish.Mexican,
        ["pl"] = Polish.Labels,
    };
}
