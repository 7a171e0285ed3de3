namespace MspBilling.Core.Documents;

/// <summary>Every word that the layout itself prints. A language is one instance; so far there is English.</summary>
public sealed record InvoiceLabels
{
    public static InvoiceLabels English { get; } = new();

    public string Invoice { get; init; } = "Invoice";

    public string BillTo { get; init; } = "Bill to";

    public string TaxNumber { get; init; } = "Tax number";

    public string InvoiceNumber { get; init; } = "Invoice number";

    public string InvoiceDate { get; init; } = "Invoice date";

    public string DueDate { get; init; } = "Due date";

    public string ServicePeriod { get; init; } = "Service period";

    public string Reference { get; init; } = "Reference";

    public string Currency { get; init; } = "Currency";

    public string AmountDue { get; init; } = "Amount due";

    /// <summary>Stands for <see cref="AmountDue"/> when the total is below zero.</summary>
    public string AmountInYourFavour { get; init; } = "Amount in your favour";

    public string Line { get; init; } = "No.";

    public string Description { get; init; } = "Description";

    public string Quantity { get; init; } = "Quantity";

    public string Unit { get; init; } = "Unit";

    public string UnitPrice { get; init; } = "Unit price";

    public string Discount { get; init; } = "Discount";

    public string Net { get; init; } = "Net";

    public string Subtotal { get; init; } = "Subtotal";

    public string Discounts { get; init; } = "Discounts";

    public string Total { get; init; } = "Total";

    /// <summary>Placeholders: 0 name of the tax, 1 percentage, 2 taxable base.</summary>
    public string TaxOn { get; init; } = "{0} {1} on {2}";

    /// <summary>Of a tax that the lines and the subtotal include. Placeholders: 0 name of the tax, 1 percentage, 2 taxable base.</summary>
    public string TaxIncludedOn { get; init; } = "Includes {0} {1} on {2}";

    public string Payment { get; init; } = "Payment";

    /// <summary>Placeholder: 0 days, not 1.</summary>
    public string DueWithinDays { get; init; } = "Payment is due within {0} days of the invoice date.";

    public string DueWithinOneDay { get; init; } = "Payment is due within one day of the invoice date.";

    public string DueOnReceipt { get; init; } = "Payment is due on receipt of this invoice.";

    /// <summary>Placeholder: 0 the last day of the invoice's month.</summary>
    public string DueAtMonthEnd { get; init; } = "Payment is due at the end of the month, by {0}.";

    /// <summary>Placeholders: 0 days after the end of the invoice's month, 1 the day that this is.</summary>
    public string DueAfterMonthEnd { get; init; } = "Payment is due {0} days after the end of the month, by {1}.";

    /// <summary>Placeholder: 0 the day.</summary>
    public string DueByDay { get; init; } = "Payment is due by {0}.";

    /// <summary>Placeholders: 0 percentage, 1 what is taken off, 2 the last day of the offer, 3 what is to be paid then.</summary>
    public string EarlyPayment { get; init; } = "{0} discount ({1}) if paid by {2}: {3} is due then.";

    /// <summary>Placeholder: 0 percentage a month.</summary>
    public string LateFeePercent { get; init; } = "Amounts that are overdue are charged {0} for each month.";

    /// <summary>Placeholder: 0 the amount.</summary>
    public string LateFeeFlat { get; init; } = "A fee of {0} is charged on an invoice that is overdue.";

    /// <summary>Follows the title of a table that goes on from the page before.</summary>
    public string Continued { get; init; } = "(continued)";

    public string Appendix { get; init; } = "Detail behind this invoice";

    /// <summary>Placeholders: 0 line number, 1 the section's title.</summary>
    public string DetailBehindLine { get; init; } = "Detail behind line {0}: {1}";

    public string Date { get; init; } = "Date";

    public string Who { get; init; } = "Who";

    public string Treatment { get; init; } = "Treatment";

    public string Amount { get; init; } = "Amount";

    /// <summary>Placeholders: 0 this page, 1 how many there are.</summary>
    public string PageOf { get; init; } = "Page {0} of {1}";

    /// <summary>The labels of a language; English for a language that has none yet.</summary>
    public static InvoiceLabels For(DocumentLanguage language) => ByLanguage.GetValueOrDefault(language.Culture.TwoLetterISOLanguageName, English);

    private static readonly Dictionary<string, InvoiceLabels> ByLanguage = new(StringComparer.Ordinal) { ["en"] = English };
}
