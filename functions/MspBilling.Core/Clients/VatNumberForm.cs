using System.Text.RegularExpressions;

namespace MspBilling.Core.Clients;

/// <summary>Whether a VAT identification number has the form that the European Union's VIES takes for its country.</summary>
/// <remarks>
/// The forms are those of "VAT identification number structure", https://ec.europa.eu/taxation_customs/vies/#/faq, question 11. Greece writes EL before
/// the number. A right form does not make a number valid: only VIES tells that it is registered, and the MSP asks it. Spaces, dots and hyphens are not counted: <c>IE 6388047V</c> is
/// <c>IE6388047V</c>.
/// </remarks>
public static class VatNumberForm
{
    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["AT"] = "ATU[0-9]{8}",
        ["BE"] = "BE[01][0-9]{9}",
        ["BG"] = "BG[0-9]{9,10}",
        ["CY"] = "CY[0-9]{8}[A-Z]",
        ["CZ"] = "CZ[0-9]{8,10}",
        ["DE"] = "DE[0-9]{9}",
        ["DK"] = "DK[0-9]{8}",
        ["EE"] = "EE[0-9]{9}",
        ["ES"] = "ES(?:[A-Z][0-9]{7}[0-9A-Z]|[0-9]{8}[A-Z])",
        ["FI"] = "FI[0-9]{8}",
        ["FR"] = "FR[0-9A-Z]{2}[0-9]{9}",
        ["GR"] = "EL[0-9]{9}",
        ["HR"] = "HR[0-9]{11}",
        ["HU"] = "HU[0-9]{8}",
        ["IE"] = "IE(?:[0-9][0-9A-Z+*][0-9]{5}[A-Z]|[0-9]{7}[A-W][A-I])",
        ["IT"] = "IT[0-9]{11}",
        ["LT"] = "LT(?:[0-9]{9}|[0-9]{12})",
        ["LU"] = "LU[0-9]{8}",
        ["LV"] = "LV[0-9]{11}",
        ["MT"] = "MT[0-9]{8}",
        ["NL"] = "NL[0-9A-Z+*]{12}",
        ["PL"] = "PL[0-9]{10}",
        ["PT"] = "PT[0-9]{9}",
        ["RO"] = "RO[0-9]{2,10}",
        ["SE"] = "SE[0-9]{12}",
        ["SI"] = "SI[0-9]{8}",
        ["SK"] = "SK[0-9]{10}",
    };

    /// <summary>Whether the number has the form of its country. True for a country outside the European Union, whose numbers have none here.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static bool IsOf(string country, string number) =>
        !Forms.TryGetValue(country, out var form)
        || Regex.IsMatch(number.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), $"^(?:{form})\\z", RegexOptions.CultureInvariant);
}
