using System.Globalization;

namespace MspBilling.Adapters.Capture.Focus;

/// <summary>Reads the cells of a row. The word NULL and an empty cell are both no value.</summary>
internal sealed class FocusCells(CsvReader csv, ProblemList problems)
{
    private const int MostCharacters = 4_000;
    private const int MostTimes = 10_000;
    private const decimal Most = JsonRecord.Trillion;

    // Without a zone a time is UTC, as FOCUS wants; providers write a T or a space, and some the zone.
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd HH:mm:ss' UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss.FFFFFFF' UTC'", "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
    ];

    // A file has few different times; reading each once saves most of the work.
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);

    private string _knownCurrency = "";

    public ReadOnlySpan<char> Text(FocusColumn column)
    {
        var text = OptionalText(column);
        if (text.IsEmpty)
            Problem(column, "a text");
        return text;
    }

    public ReadOnlySpan<char> OptionalText(FocusColumn column)
    {
        var text = column.Place < 0 ? default : csv[column.Place];
        if (text.Length <= MostCharacters)
            return text is "NULL" || text.IsWhiteSpace() ? default : text;

        Problem(column, "a text of at most 4,000 characters");
        return default;
    }

    public decimal Number(FocusColumn column) => OptionalNumber(column) ?? Missing(column);

    public decimal? OptionalNumber(FocusColumn column)
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

    public DateTimeOffset Time(FocusColumn column)
    {
        var text = Text(column);
        if (text.IsEmpty)
            return default;

        var known = _times.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out var time))
            return time;

        if (!DateTimeOffset.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            Problem(column, "a time like 2024-09-18 23:00:00 (UTC) or 2024-09-18T23:00:00Z");
            return default;
        }

        if (_times.Count < MostTimes)
            known[text] = time;
        return time;
    }

    public ReadOnlySpan<char> Currency(FocusColumn column)
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

    public ReadOnlySpan<char> Word(FocusColumn column, IReadOnlyList<string> words)
    {
        var text = Text(column);
        var known = text.IsEmpty;
        foreach (var word in words)
            known |= text.SequenceEqual(word);
        if (!known)
            Problem(column, "one of " + string.Join(", ", words));
        return text;
    }

    public void Problem(FocusColumn column, string expected) =>
        problems.Add(csv.PlaceOf(column.Place), column.Name, csv[column.Place].ToString(), expected);

    private decimal Missing(FocusColumn column)
    {
        Problem(column, "a number");
        return 0;
    }
}
