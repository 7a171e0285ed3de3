using System.Globalization;

namespace MspBilling.Core.Documents;

/// <summary>The language of a document as a BCP-47 tag: it decides how numbers and dates are written, and the labels.</summary>
public readonly record struct DocumentLanguage
{
    private readonly CultureInfo? _culture;

    private DocumentLanguage(CultureInfo culture) => _culture = culture;

    public string Tag => Culture.Name;

    internal CultureInfo Culture => _culture ?? throw new InvalidOperationException("A document without a language was printed.");

    /// <exception cref="FormatException">The tag names no known language and region.</exception>
    public static DocumentLanguage Of(string tag) =>
        TryParse(tag, out var language)
            ? language
            : throw new FormatException($"'{tag}' is not a known language tag; write language and region, for example en-IE or pl-PL.");

    public static bool TryParse(string? tag, out DocumentLanguage language)
    {
        language = default;
        if (string.IsNullOrWhiteSpace(tag))
            return false;

        try
        {
            // A neutral culture such as "en" becomes its main region, because only a region says how dates are written.
            language = new DocumentLanguage(CultureInfo.CreateSpecificCulture(CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name));
            return true;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    public override string ToString() => Tag;
}
