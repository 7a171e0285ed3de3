using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>What all of Halo's records have in common.</summary>
/// <remarks>
/// Ids are numbers, at times with a fraction of zero (25.0); 0 and -1 stand for none. Dates come without a zone, and 1900-01-01 stands for none
/// (contract notes, section 8); a year of 9999 is as good as none.
/// </remarks>
internal static class HaloFields
{
    public const string SourceName = "halopsa";

    private const string MomentWords = "a time like 2026-08-03T14:00:00";
    private const decimal MostId = 1_000_000_000_000_000m;
    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];

    /// <summary>For what ended before it began: this day is in no month that is ever billed. The record is kept, because it replaces what was captured before.</summary>
    private static Period NeverInForce { get; } = new(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));

    extension(JsonRecord json)
    {
        public string IdText(string name)
        {
            var number = json.Number(name, 0, MostId);
            if (number != decimal.Truncate(number))
                json.Problem(name, "a whole number");
            return Whole(number);
        }

        /// <summary>A reference; null where there is none.</summary>
        public string? OptionalId(string name) => json.OptionalNumber(name, -MostId, MostId) is >= 1 and var number ? Whole(number) : null;

        /// <summary>A number of a list of numbers, such as a status: 0 and below are values, too.</summary>
        public string? OptionalCode(string name) => json.OptionalNumber(name, -MostId, MostId) is { } number ? Whole(number) : null;

        /// <summary>An invoice's number, which is a text here and a number there; null for none, which is "", "0" or 0.</summary>
        public string? InvoiceNumber(string name) => json.IsText(name)
            ? json.OptionalText(name) is { } text && text != "0" ? text : null
            : json.OptionalId(name);

        public DateTimeOffset? Moment(string name, HaloReading reading)
        {
            if (json.OptionalText(name) is not { } text)
                return null;

            if (JsonRecord.TryInstant(text, out var instant))
                return IsNone(instant.Year) ? null : instant.ToUniversalTime();
            if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
                return IsNone(local.Year) ? null : At(local, reading.Zone);
            json.Problem(name, MomentWords);
            return null;
        }

        /// <summary>The date as written.</summary>
        public DateOnly? Day(string name) =>
            json.OptionalText(name) is not null && json.OptionalDate(name) is { } date && !IsNone(date.Year) ? date : null;

        /// <summary>From a first day, or always, to a last one, or without end.</summary>
        public Period InForce(string startName, string endName, HaloReading reading)
        {
            var start = json.Day(startName) ?? DateOnly.MinValue;
            var end = json.Day(endName) is { } last ? last.AddDays(reading.LastDayCounts ? 1 : 0) : Period.NoEnd;
            return start < end ? new Period(start, end) : NeverInForce;
        }
    }

    public static RecordId RecordId(RecordKind kind, string externalId) => new(SourceName, kind, externalId);

    public static DateTimeOffset? Newest(params ReadOnlySpan<DateTimeOffset?> moments)
    {
        DateTimeOffset? newest = null;
        foreach (var moment in moments)
        {
            if (newest is null || moment > newest)
                newest = moment ?? newest;
        }

        return newest;
    }

    // An hour that a change of the clock leaves out is taken for the one after it.
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        var shown = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(shown, zone.GetUtcOffset(shown)).ToUniversalTime();
    }

    private static bool IsNone(int year) => year is <= 1900 or 9999;

    private static string Whole(decimal number) => decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture);
}
