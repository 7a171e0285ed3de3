using System.Globalization;

namespace MspBilling.Adapters.Capture;

/// <summary>Reads the cells of a row. The word NULL and an empty cell are both no value.</summary>
internal sealed class UsageCells(UsageTable table, ProblemList problems, IReadOnlyList<string> timeForms, string expectedTime = UsageCells.ExpectedTime)
{
    /// <summary>A time as FOCUS wants it.</summary>
    public const string ExpectedTime = "a time like 2024-09-18 23:00:00 (UTC) or 2024-09-18T23:00:00Z";

    private const int MostCharacters = 4_000;
    private const int MostTimes = 10_000;
    private const decimal Most = JsonRecord.Trillion;

    // Without a zone a time is UTC, as FOCUS wants; providers write a T or a space, and some the zone.
    public static IReadOnlyList<string> TimeForms { get; } =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd HH:mm:ss' UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss.FFFFFFF' UTC'", "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
    ];

    private readonly string[] _timeForms = [.. timeForms];

    // A file has few different times; reading each once saves most of the work.
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);

    private string _knownCurrency = "";

    public ReadOnlySpan<char> Text(UsageColumn column)
    {
        var text = OptionalText(column);
        if (text.IsEmpty)
            Problem(column, "a text");
        return text;
    }

    public ReadOnlySpan<char> OptionalText(UsageColumn column)
    {
        var text = column.Place < 0 ? default : table[column.Place];
        if (text.Length <= MostCharacters)
            return text is "NULL" || text.IsWhiteSpace() ? default : text;

        Problem(column, "a text of at most 4,000 characters");
        return default;
    }

    /// <summary>The first that is not empty.</summary>
    public ReadOnlySpan<char> OptionalFirst(params ReadOnlySpan<UsageColumn> columns)
    {
        foreach (var column in columns)
        {
            var text = OptionalText(column);
            if (!text.IsEmpty)
                return text;
        }

        return default;
    }

    /// <summary>The first that is not empty; the first of all is refused where none is.</summary>
    public ReadOnlySpan<char> FirstText(params ReadOnlySpan<UsageColumn> columns)
    {
        var text = OptionalFirst(columns);
        if (text.IsEmpty)
            Problem(columns[0], "a text");
        return text;
    }

    /// <summary>Whether the row has as many cells as the header.</summary>
    public bool AreAll()
    {
        if (table.Count == table.Header.Count)
            return true;

        problems.Add(
            new TextPlace(table.Line, 0), null, string.Create(CultureInfo.InvariantCulture, $"{table.Count} cells"),
            string.Create(CultureInfo.InvariantCulture, $"{table.Header.Count} cells, as many as the header has"));
        return false;
    }

    public decimal Number(UsageColumn column) => OptionalNumber(column) ?? Missing(column);

    public decimal? OptionalNumber(UsageColumn column)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var text = OptionalText(column);
        if (text.IsEmpty)
            return null;

        if (decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < Most)
            return number;

        Problem(column, "a number like -0.0000216 or 2.16E-05, below a trillion");
        return 0;
    }

    public DateTimeOffset Time(UsageColumn column) => OptionalTime(column) ?? NoTime(column);

    public DateTimeOffset? OptionalTime(UsageColumn column)
    {
        var text = OptionalText(column);
        if (text.IsEmpty)
            return null;

        var known = _times.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out var time))
            return time;

        if (!DateTimeOffset.TryParseExact(
            text, _timeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            Problem(column, expectedTime);
            return default(DateTimeOffset);
        }

        if (_times.Count < MostTimes)
            known[text] = time;
        return time;
    }

    public ReadOnlySpan<char> Currency(UsageColumn column)
    {
        var text = Text(column);
        if (text.IsEmpty || text.SequenceEqual(_knownCurrency))
            return text;

        if (text.Length == 3 && Core.Currency.TryParse(text.ToString(), out var currency))
            _knownCurrency = currency.Code;
        else
            Problem(column, "an ISO 4217 currency code such as USD");
        return text;
    }

    public ReadOnlySpan<char> Word(UsageColumn column, IReadOnlyList<string> words)
    {
        var text = Text(column);
        var known = text.IsEmpty;
        foreach (var word in words)
            known |= text.SequenceEqual(word);
        if (!known)
            Problem(column, "one of " + string.Join(", ", words));
        return text;
    }

    public void Problem(UsageColumn column, string expected) =>
        problems.Add(column.Place < 0 ? new TextPlace(table.Line, 0) : table.PlaceOf(column.Place), column.Name, column.Place < 0 ? null : table[column.Place].ToString(), expected);

    private DateTimeOffset NoTime(UsageColumn column)
    {
        Problem(column, expectedTime);
        return default;
    }

    private decimal Missing(UsageColumn column)
    {
        Problem(column, "a number");
        return 0;
    }
}

/// <param name="Place">From 0; -1 when the header has no such column.</param>
internal readonly record struct UsageColumn(string Name, int Place);
