using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MspBilling.Core;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Numbers, durations and amounts in cells, by the declared separators and no others.</summary>
/// <remarks>
/// Without a declaration only <c>1234.5</c> is a number: <c>1,234</c> is a thousand to some and a little more than one to others. Thousands stand in
/// threes (in twos and threes as in India), so that <c>1.5</c> is no thousand where the point separates them. A duration in minutes and seconds is
/// kept to ten places of an hour, so that sums of them are exact whatever their order.
/// </remarks>
internal static partial class CsvNumbers
{
    private const int MostDigits = 28;
    private const int PlacesOfHours = 10;

    /// <summary>Symbols with the currencies that write them.</summary>
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["€"] = "EUR",
        ["£"] = "GBP EGP LBP SYP",
        ["¥"] = "JPY CNY",
        ["$"] = "USD CAD AUD NZD SGD HKD MXN CLP COP ARS TWD",
        ["US$"] = "USD",
        ["CA$"] = "CAD",
        ["A$"] = "AUD",
        ["NZ$"] = "NZD",
        ["kr"] = "SEK NOK DKK ISK",
        ["kr."] = "DKK",
        ["Fr."] = "CHF",
        ["zł"] = "PLN",
        ["Kč"] = "CZK",
        ["Ft"] = "HUF",
        ["₹"] = "INR",
        ["R"] = "ZAR",
        ["R$"] = "BRL",
        ["₪"] = "ILS",
    };

    public static bool TryRead(string text, CsvDialect dialect, out decimal value)
    {
        value = 0;
        var negative = text.StartsWith('-');
        var digits = new StringBuilder(text.Length);
        var rest = text.AsSpan(text is ['-' or '+', ..] ? 1 : 0);
        var point = rest.IndexOf(dialect.Decimal);
        if (!TryWhole(point < 0 ? rest : rest[..point], dialect.Group, digits))
            return false;

        if (point >= 0)
        {
            digits.Append('.').Append(rest[(point + 1)..]);
            if (rest[(point + 1)..].IsEmpty || rest[(point + 1)..].ContainsAnyExceptInRange('0', '9'))
                return false;
        }

        if (digits.Length > MostDigits || !decimal.TryParse(digits.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
            return false;

        value = negative ? -value : value;
        return Math.Abs(value) < JsonRecord.Trillion;
    }

    /// <summary>Hours as <c>1:30</c>, <c>1:30:00</c> or <c>1.5</c>.</summary>
    public static bool TryHours(string text, CsvDialect dialect, out decimal hours)
    {
        hours = 0;
        if (DurationForm().Match(text) is not { Success: true } match)
            return TryRead(text, dialect, out hours);

        var (minutes, seconds) = (Part(match, "minutes"), Part(match, "seconds"));
        hours = Part(match, "hours") + Rounding.ToPlaces(((minutes * 60) + seconds) / 3_600m, PlacesOfHours);
        return minutes < 60 && seconds < 60;
    }

    /// <summary>A number with or without the symbol or the code of its currency.</summary>
    public static bool TryAmount(string text, CsvDialect dialect, Currency currency, out decimal amount)
    {
        var sign = text.StartsWith('-') ? "-" : "";
        var bare = text[sign.Length..];
        foreach (var name in Symbols.Where(symbol => symbol.Value.Split(' ').Contains(currency.Code)).Select(symbol => symbol.Key).Append(currency.Code).OrderByDescending(name => name.Length))
        {
            if (bare.StartsWith(name, StringComparison.Ordinal) && bare[name.Length..].TrimStart() is var after && (sign.Length == 0 || !after.StartsWith('-')))
                return TryRead(sign + after, dialect, out amount);
            if (bare.EndsWith(name, StringComparison.Ordinal))
                return TryRead(sign + bare[..^name.Length].TrimEnd(), dialect, out amount);
        }

        return TryRead(text, dialect, out amount);
    }

    /// <summary>Whether a spreadsheet has shortened a number, so that digits are lost.</summary>
    public static bool IsShortened(string text) => ShortenedForm().IsMatch(text);

    /// <summary>What to write, or what to declare.</summary>
    public static string Expected(string text, CsvDialect dialect, string what)
    {
        if (IsShortened(text))
            return what + ", in full: a spreadsheet has shortened this one; give the column a number format without an exponent and save again";
        if (dialect is { Decimal: '.', Group: null } && text.AsSpan().ContainsAny(',', ' ', '\''))
            return what + ", written like 1234.5; for other separators declare the culture, such as culture de-DE";
        return dialect is { Decimal: '.', Group: null } ? what : $"{what}, written like {Example(dialect)} as declared";
    }

    private static string Example(CsvDialect dialect) => $"1{dialect.Group}234{dialect.Decimal}5";

    private static bool TryWhole(ReadOnlySpan<char> whole, char? group, StringBuilder digits)
    {
        if (whole.IsEmpty)
            return false;

        var sinceGroup = 0;
        var groups = 0;
        foreach (var character in whole)
        {
            if (char.IsAsciiDigit(character))
            {
                digits.Append(character);
                sinceGroup++;
                continue;
            }

            if (!IsGroup(character, group) || sinceGroup is 0 or > 3 || (groups > 0 && sinceGroup == 1))
                return false;
            (sinceGroup, groups) = (0, groups + 1);
        }

        return groups == 0 || sinceGroup == 3;
    }

    /// <summary>Spaces are written as any kind of space, and the apostrophe straight or curved.</summary>
    private static bool IsGroup(char character, char? group) => group is { } sign
        && (character == sign || (IsSpace(character) && IsSpace(sign)) || (IsApostrophe(character) && IsApostrophe(sign)));

    private static bool IsSpace(char character) => character is ' ' or '\u00A0' or '\u202F';

    private static bool IsApostrophe(char character) => character is '\'' or '\u2019';

    private static int Part(Match match, string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?<hours>[0-9]{1,4}):(?<minutes>[0-9]{2})(?::(?<seconds>[0-9]{2}))?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();

    [GeneratedRegex("^[+-]?[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{1,3}\\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ShortenedForm();
}
