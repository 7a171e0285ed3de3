using System.Text.RegularExpressions;
using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>Series of document numbers: <c>[{"name","documents":"invoice","currency":"USD","pattern":"US{yy}-{0:0000}","first":1,"restartsYearly":true}]</c>.</summary>
/// <remarks>A series that begins again each year has the year in its pattern: without it January's first number would be one that was given before.</remarks>
internal static partial class NumberSeriesList
{
    private const long Most = 999_999_999_999;

    /// <returns>Null where the settings name none.</returns>
    public static IReadOnlyList<NumberSeries>? ReadOptional(JsonRecord settings)
    {
        var currencies = new HashSet<(NumberedDocument, string?)>();
        return settings.DistinctRecords("numberSeries", json => One(json, currencies), series => series.Name, "name", "each series once", StringComparer.OrdinalIgnoreCase) is { Count: > 0 } series ? series : null;
    }

    private static NumberSeries One(JsonRecord json, HashSet<(NumberedDocument, string?)> currencies)
    {
        var series = new NumberSeries(
            json.Text("name"), json.Matching("pattern", Pattern(), "a pattern with the number once, like INV{year}-{0:0000}; {year}, {yy}, {month} and {currency} may be in it"),
            json.OptionalWhole("first", 1, Most) ?? 1, json.Choice("documents", NumberedDocument.Invoice), json.Has("currency") ? json.IsoCurrency("currency") : null, json.Flag("restartsYearly"));
        if (series.RestartsYearly && !series.Pattern.Contains("{year}", StringComparison.Ordinal) && !series.Pattern.Contains("{yy}", StringComparison.Ordinal))
            json.Problem("pattern", "{year} or {yy} in it, because the series begins again each year");
        if (!currencies.Add((series.Documents, series.Currency?.Code)))
            json.Problem(json.Has("currency") ? "currency" : "name", "one series a currency for each kind of document, and one for all other currencies");
        return series;
    }

    // Nothing but zeros after the colon: a width such as {0:D999999999} would make a number of a gigabyte.
    [GeneratedRegex("^(?:[^{}\\p{C}]|\\{(?:year|yy|month|currency)\\}){0,40}\\{0(:0{1,18})?\\}(?:[^{}\\p{C}]|\\{(?:year|yy|month|currency)\\}){0,40}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
