using MspBilling.Core;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>How one file is read: a resolved <see cref="CsvDeclaration"/>, which is kept in the name of the import's format.</summary>
/// <remarks>
/// <c>time-csv?decimals=%2C&amp;thousands=.&amp;dates=dd.MM.yyyy</c>: so the kept bytes are read later as they were when they came, and the same bytes
/// under another declaration are another import. A format without a declaration stands without the question mark.
/// </remarks>
/// <param name="Decimal">Between the whole units and the fraction.</param>
/// <param name="Group">Between thousands; null allows none.</param>
/// <param name="Dates">How dates are written beside ISO 8601; null for no other way.</param>
/// <param name="Zone">Of times without an offset; null where none may be.</param>
/// <param name="Currency">Of amounts whose row names none.</param>
/// <param name="Source">Null for files without a name of their own.</param>
internal sealed record CsvDialect(char Decimal, char? Group, string? Dates, TimeZoneInfo? Zone, bool IsWindows1252, Currency? Currency, string? Source)
{
    public const string Windows1252 = "windows-1252";
    public const string SourceWords = "a name of letters, digits, - _ and ., at most 40 long, such as toggl";

    private const char Mark = '?';

    public static CsvDialect Undeclared { get; } = new('.', null, null, null, false, null, null);

    /// <summary>The format's name, with what was declared.</summary>
    public string In(string format)
    {
        var declared = Named().Where(item => item.Value is not null).Select(item => $"{item.Name}={Uri.EscapeDataString(item.Value!)}").ToList();
        return declared.Count == 0 ? format : $"{format}{Mark}{string.Join('&', declared)}";
    }

    /// <summary>Takes a format's name apart; what is not written as <see cref="In"/> writes it has no dialect.</summary>
    public static (string Format, CsvDialect? Dialect) Of(string format)
    {
        if (format.IndexOf(Mark, StringComparison.Ordinal) is not (>= 0 and var mark))
            return (format, Undeclared);

        var dialect = Undeclared;
        foreach (var item in format[(mark + 1)..].Split('&'))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            dialect = equals < 0 ? null : dialect.With(item[..equals], Uri.UnescapeDataString(item[(equals + 1)..]));
            if (dialect is null)
                break;
        }

        return (format[..mark], dialect);
    }

    private IEnumerable<(string Name, string? Value)> Named() =>
    [
        ("decimals", Decimal == Undeclared.Decimal ? null : Decimal.ToString()),
        ("thousands", Group?.ToString()),
        ("dates", Dates),
        ("zone", Zone?.Id),
        ("encoding", IsWindows1252 ? Windows1252 : null),
        ("currency", Currency?.Code),
        ("source", Source),
    ];

    private CsvDialect? With(string name, string value) => name switch
    {
        "decimals" when value.Length == 1 => this with { Decimal = value[0] },
        "thousands" when value.Length == 1 => this with { Group = value[0] },
        "dates" when value is CsvDates.Excel or CsvDates.Excel1904 || CsvDates.IsPattern(value) => this with { Dates = value },
        "zone" when TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) => this with { Zone = zone },
        "encoding" when value == Windows1252 => this with { IsWindows1252 = true },
        "currency" when Core.Currency.TryParse(value, out var currency) => this with { Currency = currency },
        "source" when CsvDeclaration.IsSource(value) => this with { Source = value },
        _ => null,
    };
}
