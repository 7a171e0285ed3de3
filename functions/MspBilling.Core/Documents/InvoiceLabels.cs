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

    /// <summary>Why it is credited. Placeholder: 0 the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Of what is invoiced by site. Placeholder: 0 its name.</summary>
    public required string Site { get; init; }

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

    public required string TaxRate { get; init; }

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

    /// <summary>Of a tax that the lines and the subtotal include. Placeholders: 0 name of the tax, 1 percentage, 2 taxable base.</summary>
    public required string TaxIncludedOn { get; init; }

    /// <summary>Placeholder: 0 its reference, or nothing.</summary>
    public required string PaidFromPrepayment { get; init; }

    /// <summary>Placeholder: 0 its reference, or nothing.</summary>
    public required string PaidByCredit { get; init; }

    /// <summary>Placeholder: 0 its reference, or nothing.</summary>
    public required string PaidAlready { get; init; }

    public required string Payment { get; init; }

    /// <summary>Placeholder: 0 days, not 1.</summary>
    public required string DueWithinDays { get; init; }

    public required string DueWithinOneDay { get; init; }

    public required string DueOnReceipt { get; init; }

    /// <summary>Placeholder: 0 the last day of the invoice's month.</summary>
    public required string DueAtMonthEnd { get; init; }

    /// <summary>Placeholders: 0 days after the end of the invoice's month, 1 the day that this is.</summary>
    public required string DueAfterMonthEnd { get; init; }

    /// <summary>Placeholder: 0 the day.</summary>
    public required string DueByDay { get; init; }

    /// <summary>Placeholders: 0 percentage, 1 what is taken off, 2 the last day of the offer, 3 what is to be paid then.</summary>
    public required string EarlyPayment { get; init; }

    /// <summary>Placeholder: 0 percentage a month.</summary>
    public required string LateFeePercent { get; init; }

    /// <summary>Placeholder: 0 the amount.</summary>
    public required string LateFeeFlat { get; init; }

    /// <summary>Follows the title of a table that goes on from the page before.</summary>
    public required string Continued { get; init; }

    /// <summary>Under the last line of a page, before the sum of all lines so far.</summary>
    public required string CarriedForward { get; init; }

    /// <summary>Above the first line of the next page, before the same sum.</summary>
    public required string BroughtForward { get; init; }

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

    /// <summary>By the unit that rating counts in, such as <c>h</c> and <c>seat</c>: what one of it is called, as in a price list.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    public required StatementLabels Statement { get; init; }

    /// <summary>A unit in this language; one that an agreement has named itself stays as it is.</summary>
    public string UnitOf(string unit) => Units.GetValueOrDefault(unit, unit);

    public string NameOf(StatementEntryKind kind) => kind switch
    {
        StatementEntryKind.Invoice => Invoice,
        StatementEntryKind.CreditNote => CreditNote,
        StatementEntryKind.Payment => Statement.PaymentReceived,
        StatementEntryKind.PaymentReversed => Statement.PaymentReversed,
        StatementEntryKind.AccountCredit => Statement.AccountCredit,
        StatementEntryKind.CreditExpired => Statement.CreditExpired,
        StatementEntryKind.LateFee => Statement.LateFee,
        StatementEntryKind.LateFeeWaived => Statement.LateFeeWaived,
        StatementEntryKind.WrittenOff => Statement.WrittenOff,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

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
