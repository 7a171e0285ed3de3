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

    public string Payment { get; init; } = "Payment";

    /// <summary>Follows the title of a table that goes on from the page before.</summary>
    public string Continued { get; init; } = "(continued)";

    /// <summary>Under the last line of a page, before the sum of all lines so far.</summary>
    public string CarriedForward { get; init; } = "Carried forward";

    /// <summary>Above the first line of the next page, before the same sum.</summary>
    public string BroughtForward { get; init; } = "Brought forward";

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
