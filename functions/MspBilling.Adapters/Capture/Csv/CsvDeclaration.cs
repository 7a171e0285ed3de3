using System.Globalization;
using System.Text.RegularExpressions;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>How a CSV file is to be read, as the person who imports it declares it; what is null is not declared.</summary>
/// <param name="Culture">Such as <c>de-DE</c>: its decimal and thousands separators and, where <paramref name="Dates"/> is not declared, the order of its dates.</param>
/// <param name="Dates">A pattern such as <c>dd.MM.yyyy</c>, or <c>excel</c> or <c>excel-1904</c> for serial numbers.</param>
/// <param name="Zone">Of times without an offset, such as <c>Europe/Berlin</c>.</param>
/// <param name="Encoding"><c>utf-8</c>, <c>utf-16</c> or <c>windows-1252</c>.</param>
/// <param name="Currency">Of amounts whose row names none, ISO 4217.</param>
/// <param name="Source">Whose ids the file has, such as <c>toggl</c>.</param>
public sealed partial record CsvDeclaration(string? Culture = null, string? Dates = null, string? Zone = null, string? Encoding = null, string? Currency = null, string? Source = null)
{
    private static readonly string[] Encodings = ["utf-8", "utf-16", CsvDialect.Windows1252];

    public bool IsEmpty => this == new CsvDeclaration();

    /// <summary>The declaration as it is read by, or which part of it is wrong and what to write.</summary>
    /// <remarks>
    /// Only the facts of a culture are kept, never its name: another machine may know the culture otherwise, and is to read the file alike.
    /// </remarks>
    internal (CsvDialect? Dialect, string? Problem) Resolve()
    {
        var dialect = CsvDialect.Undeclared;
        if (Culture is not null)
        {
            if (CultureOf(Culture) is not { } culture)
                return Wrong("culture", Culture, "a culture such as de-DE or en-US");
            if (culture.DateTimeFormat.Calendar is not GregorianCalendar && Dates is null)
                return Wrong("culture", Culture, "a culture with Gregorian dates, or dates that are declared beside it");

            var numbers = culture.NumberFormat;
            dialect = dialect with { Decimal = numbers.NumberDecimalSeparator[0], Group = numbers.NumberGroupSeparator is [var group, ..] ? group : null };
            dialect = dialect with { Dates = Dates is null ? PatternOf(culture.DateTimeFormat.ShortDatePattern) : null };
        }

        if (Dates is not null)
        {
            if (Dates is not (CsvDates.Excel or CsvDates.Excel1904) && !CsvDates.IsPattern(Dates))
                return Wrong("dates", Dates, "a pattern of dd, MM and yyyy such as dd.MM.yyyy or MM/dd/yyyy, or excel or excel-1904 for serial numbers");
            dialect = dialect with { Dates = Dates };
        }

        if (Zone is not null)
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone))
                return Wrong("zone", Zone, "a time zone such as Europe/Berlin");
            dialect = dialect with { Zone = zone };
        }

        if (Encoding is not null)
        {
            if (!Encodings.Contains(Encoding, StringComparer.OrdinalIgnoreCase))
                return Wrong("encoding", Encoding, "one of " + string.Join(", ", Encodings));

            // Text in Unicode tells by itself which of its encodings it has.
            dialect = dialect with { IsWindows1252 = Encoding.Equals(CsvDialect.Windows1252, StringComparison.OrdinalIgnoreCase) };
        }

        if (Currency is not null)
        {
            if (!Core.Currency.TryParse(Currency, out var currency))
                return Wrong("currency", Currency, "an ISO 4217 currency code such as EUR");
            dialect = dialect with { Currency = currency };
        }

        if (Source is not null)
        {
            if (!SourceForm().IsMatch(Source))
                return Wrong("source", Source, CsvDialect.SourceWords);
            dialect = dialect with { Source = Source.ToLowerInvariant() };
        }

        return (dialect, null);
    }

    private static (CsvDialect?, string?) Wrong(string name, string value, string expected) => (null, $"{name} is '{value}', expected {expected}");

    private static CultureInfo? CultureOf(string name)
    {
        try
        {
            // A name alone makes a culture; only one that is known has data.
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true) is { Name.Length: > 0 } culture ? culture : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The order and the separators of a culture's dates; what else a pattern has, such as <c>'г.'</c>, is not read. Null where they cannot be.</summary>
    private static string? PatternOf(string shortDate)
    {
        var pattern = Quoted().Replace(shortDate, "").Replace("\u200F", "", StringComparison.Ordinal).Trim(' ', '.');
        pattern = pattern.Contains("yyyy", StringComparison.Ordinal) ? pattern : YearForm().Replace(pattern, "yyyy");
        return CsvDates.IsPattern(pattern) ? pattern : null;
    }

    /// <summary>Letters, digits and <c>- _ .</c>.</summary>
    internal static bool IsSource(string name) => SourceForm().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SourceForm();

    [GeneratedRegex("'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex("y+", RegexOptions.CultureInvariant)]
    private static partial Regex YearForm();
}
