using System.Globalization;
using System.Text.RegularExpressions;
using MspBilling.Core;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>A day, and as far as the cell tells it the time of day and the offset from UTC.</summary>
internal readonly record struct CsvMoment(DateOnly Day, TimeOnly? Time, TimeSpan? Offset);

/// <summary>Dates and times in cells: always ISO 8601, and else only as declared.</summary>
/// <remarks>
/// <c>03/04/2024</c> is a day of March to some and of April to others, so that it is never guessed, not even where the day tells it: a column
/// has one way of writing. Days and months may be written with one digit or two whatever the pattern says, and any date may be
/// followed by a time of day with 24 hours or AM and PM. Excel counts days from 1900, with a 29 February 1900 that was none:
/// serial numbers below 61 are refused (<see href="https://support.microsoft.com/office/date-systems-in-excel-e7fe7167-48a9-4b96-bb53-5612a800b487"/>).
/// </remarks>
internal static partial class CsvDates
{
    public const string Excel = "excel";
    public const string Excel1904 = "excel-1904";

    private const int FirstSerial = 61;
    private const int LastSerial = 2_958_465;
    private const decimal SecondsOfDay = 86_400;

    private static readonly string[] TimesOfDay = [" H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt", ", H:mm", ", H:mm:ss", ", h:mm tt", ", h:mm:ss tt"];
    private static readonly string[] TimeForms = ["H:mm", "H:mm:ss", "h:mm tt", "h:mm:ss tt"];
    private static readonly DateOnly Day0 = new(1899, 12, 30);
    private static readonly DateOnly Day0Of1904 = new(1904, 1, 1);

    /// <summary>Day, month and year once each, with signs between them.</summary>
    public static bool IsPattern(string dates) => PatternForm().IsMatch(dates)
        && Runs(dates, 'd') is ["d" or "dd"] && Runs(dates, 'M') is ["M" or "MM" or "MMM" or "MMMM"] && Runs(dates, 'y') is ["yy" or "yyyy"];

    public static bool TryRead(string text, CsvDialect dialect, out CsvMoment moment)
    {
        text = text.Replace('\u202F', ' ').Replace('\u00A0', ' ');
        return TryIso(text, out moment) || (dialect.Dates is { } dates && (dates is Excel or Excel1904 ? TrySerial(text, dialect, out moment) : TryPattern(text, dates, out moment)));
    }

    public static bool TryTimeOfDay(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Replace('\u202F', ' ').Replace('\u00A0', ' '), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>What to write, or what to declare.</summary>
    /// <param name="example">In ISO 8601.</param>
    public static string Expected(string text, CsvDialect dialect, string example)
    {
        if (dialect.Dates is { } dates)
            return dates is Excel or Excel1904 ? $"{example} or a serial number of a spreadsheet, as declared" : $"{example} or as {dates}, as declared";
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            return $"{example}; for serial numbers of a spreadsheet declare dates excel";
        return $"{example}; for other ways of writing declare which, such as dates dd/MM/yyyy or culture en-GB";
    }

    private static bool TryIso(string text, out CsvMoment moment)
    {
        moment = default;
        if (IsoForm().Match(text) is not { Success: true } match
            || !DateOnly.TryParseExact(match.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        if (!match.Groups["time"].Success)
        {
            moment = new CsvMoment(day, null, null);
            return true;
        }

        if (!TimeOnly.TryParseExact(match.Groups["time"].Value, ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || !TryOffset(match.Groups["offset"].Value, out var offset))
        {
            return false;
        }

        moment = new CsvMoment(day, time, offset);
        return true;
    }

    private static bool TryOffset(string text, out TimeSpan? offset)
    {
        offset = text.Length == 0 ? null : TimeSpan.Zero;
        if (text is "" or "Z")
            return true;

        if (!TimeSpan.TryParseExact(text[1..].Replace(":", "", StringComparison.Ordinal), "hhmm", CultureInfo.InvariantCulture, out var span) || span > TimeSpan.FromHours(14))
            return false;

        offset = text[0] == '-' ? -span : span;
        return true;
    }

    private static bool TryPattern(string text, string dates, out CsvMoment moment)
    {
        var lenient = dates.Replace("dd", "d", StringComparison.Ordinal);
        lenient = lenient.Contains("MMM", StringComparison.Ordinal) ? lenient : lenient.Replace("MM", "M", StringComparison.Ordinal);
        moment = default;
        if (DateTime.TryParseExact(text, lenient, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            moment = new CsvMoment(DateOnly.FromDateTime(day), null, null);
        else if (DateTime.TryParseExact(text, [.. TimesOfDay.Select(time => lenient + time)], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            moment = new CsvMoment(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), null);
        else
            return false;
        return true;
    }

    private static bool TrySerial(string text, CsvDialect dialect, out CsvMoment moment)
    {
        moment = default;
        if (!CsvNumbers.TryRead(text, dialect, out var serial) || serial < FirstSerial || serial > LastSerial)
            return false;

        var days = decimal.Truncate(serial);
        var seconds = Rounding.ToPlaces((serial - days) * SecondsOfDay, 0);
        if (seconds == SecondsOfDay)
            (days, seconds) = (days + 1, 0);
        var day = (dialect.Dates == Excel1904 ? Day0Of1904 : Day0).AddDays((int)days);

        // A whole number is a date: midnight is not told from it.
        moment = new CsvMoment(day, serial == days ? null : new TimeOnly((long)seconds * TimeSpan.TicksPerSecond), null);
        return true;
    }

    private static string[] Runs(string pattern, char letter) => [.. Regex.Matches(pattern, $"{letter}+", RegexOptions.CultureInvariant).Select(run => run.Value)];

    [GeneratedRegex("^[dMy]+[./\\- ,]{1,2}[dMy]+[./\\- ,]{1,2}[dMy]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PatternForm();

    [GeneratedRegex("^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ](?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,7})?)?) ?(?<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsoForm();
}
