using System.Globalization;

namespace MspBilling.Core.Capture;

public enum NumberedDocument
{
    Invoice,
    CreditNote,
}

/// <summary>A series of document numbers that follow each other without gap: which documents, and how a number is written.</summary>
/// <param name="Name">Of its counter, which goes on for as long as the name is the same, whatever else of the series changes.</param>
/// <param name="Pattern">
/// Text with the number once, <c>{0}</c> or with leading zeros <c>{0:0000}</c>, and with <c>{year}</c>, <c>{yy}</c>, <c>{month}</c> and <c>{currency}</c> where they are wanted.
/// </param>
/// <param name="First">The number that it begins with, and begins with again each year where it restarts.</param>
/// <param name="Documents">Which kind of document has its numbers from it.</param>
/// <param name="Currency">Of the documents; null for all that no other series is for.</param>
/// <param name="RestartsYearly">Whether each year of document dates has a counter of its own.</param>
/// <remarks>
/// <c>HL{yy}-{month}-{0:0000}</c>, restarting yearly from 1: the third invoice dated in 2024, on 1 October, is HL24-10-0003, and the first of January is HL25-01-0001.
/// The year and the month are those of the document's date.
/// </remarks>
public sealed record NumberSeries(
    string Name, string Pattern, long First, NumberedDocument Documents = NumberedDocument.Invoice, Currency? Currency = null, bool RestartsYearly = false)
{
    /// <summary>The counter of the invoices where the settings name no other.</summary>
    public const string Invoices = "invoices";

    /// <summary>The counter of the credit notes where the settings name no other.</summary>
    public const string CreditNotes = "credit-notes";

    /// <summary>Names the counter that numbers a document of that date.</summary>
    public string CounterOn(DateOnly date) => RestartsYearly ? string.Create(CultureInfo.InvariantCulture, $"{Name}|{date.Year:0000}") : Name;

    public string NumberOf(long ordinal, DateOnly date, Currency currency) => string.Format(
        CultureInfo.InvariantCulture,
        Pattern.Replace("{year}", date.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{yy}", date.ToString("yy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{month}", date.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{currency}", currency.Code, StringComparison.Ordinal),
        ordinal);
}

/// <summary>The series that one kind of document is numbered by.</summary>
/// <param name="Series">At least one that is for every currency.</param>
public sealed record DocumentNumbers(NumberedDocument Documents, IReadOnlyList<NumberSeries> Series)
{
    /// <summary>The one of the currency, else the one for all.</summary>
    public NumberSeries For(Currency currency) => Series.FirstOrDefault(series => series.Currency == currency) ?? Series.First(series => series.Currency is null);

    /// <summary>As the settings have them; a kind of document that has no series for every currency gets the usual one.</summary>
    public static DocumentNumbers Of(MspSettings settings, NumberedDocument documents)
    {
        var named = (settings.NumberSeries ?? []).Where(series => series.Documents == documents).ToList();
        return new DocumentNumbers(documents, named.Exists(series => series.Currency is null) ? named : [.. named, Usual(settings, documents)]);
    }

    private static NumberSeries Usual(MspSettings settings, NumberedDocument documents) => documents == NumberedDocument.Invoice
        ? new NumberSeries(NumberSeries.Invoices, settings.InvoiceNumberPattern, settings.FirstInvoiceNumber)
        : new NumberSeries(NumberSeries.CreditNotes, "CN-" + settings.InvoiceNumberPattern, 1, NumberedDocument.CreditNote);
}
