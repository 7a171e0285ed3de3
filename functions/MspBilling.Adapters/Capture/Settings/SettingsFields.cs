using System.Globalization;
using System.Text.RegularExpressions;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>Kinds of values that only the settings have.</summary>
internal static partial class SettingsFields
{
    private const string ZoneWords = "an IANA time zone like Europe/Dublin";
    private const string LanguageWords = "a language like en-IE";
    private const string ColorWords = "a colour like #0F766E";

    extension(JsonRecord json)
    {
        public string TimeZone(string name) => json.Checked(name, json.Text(name), IsZone, ZoneWords);

        public string? OptionalTimeZone(string name) => json.OptionalText(name) is { } zone ? json.Checked(name, zone, IsZone, ZoneWords) : null;

        public string Language(string name) => json.Checked(name, json.Text(name), IsLanguage, LanguageWords);

        public string? OptionalLanguage(string name) => json.OptionalText(name) is { } language ? json.Checked(name, language, IsLanguage, LanguageWords) : null;

        public string Color(string name) => json.Matching(name, ColorForm(), ColorWords);

        public string? OptionalColor(string name) => json.OptionalText(name) is { } color ? json.Checked(name, color, ColorForm().IsMatch, ColorWords) : null;

        public string? OptionalCountry(string name) => json.OptionalText(name) is { } country ? json.Checked(name, country, CountryCodes.IsKnown, "a country of ISO 3166-1 like IE") : null;

        public string Matching(string name, Regex form, string expected) => json.Checked(name, json.Text(name), form.IsMatch, expected);

        /// <summary><c>from</c> and <c>to</c>, which is the first day after and may be null.</summary>
        public Period FromTo()
        {
            var from = json.Date("from");
            var to = json.OptionalDate("to") ?? Period.NoEnd;
            if (from < to)
                return new Period(from, to);

            json.Problem(json.Has("to") ? "to" : "from", "a date after from, as to is the first day after");
            return Period.MonthOf(DateOnly.MinValue);
        }

        private string Checked(string name, string text, Func<string, bool> isRight, string expected)
        {
            if (!string.IsNullOrWhiteSpace(text) && !isRight(text))
                json.Problem(name, expected);
            return text;
        }
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColorForm();

    // Windows' own names ("GMT Standard Time") are found too, but only where they are installed.
    private static bool IsZone(string id) =>
        (id == "UTC" || (id.Contains('/', StringComparison.Ordinal) && id[0] != '/' && !id.Contains('.', StringComparison.Ordinal)))
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    private static bool IsLanguage(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name == name;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
