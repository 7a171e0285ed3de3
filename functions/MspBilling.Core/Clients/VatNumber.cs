namespace MspBilling.Core.Clients;

/// <summary>VAT identification numbers, which begin with the country that gave them: <c>IE3456789TH</c>.</summary>
/// <remarks>
/// Greece writes <c>EL</c> (EN 16931, rule BR-CO-09); Northern Ireland trades goods as <c>XI</c>. A tax number without its country is none here: it is not known
/// which country's it is, and <c>NIP 725-000-00-00</c> would be Nicaragua's.
/// </remarks>
public static class VatNumber
{
    private const int Shortest = 4;
    private const int Longest = 20;

    /// <summary>The number without spaces, points and hyphens.</summary>
    /// <param name="text">As somebody wrote it: <c>IE 3456789-TH</c>.</param>
    /// <param name="country">The holder's, where that is known; a number of another one is not taken.</param>
    /// <returns>Null where the text is no VAT number.</returns>
    public static string? Find(string? text, string? country = null)
    {
        var number = string.Concat((text ?? "").Where(c => c is not (' ' or '\u00A0' or '.' or '-'))).ToUpperInvariant();
        if (number.Length is < Shortest or > Longest || !number.AsSpan(2).ContainsAnyInRange('0', '9') || !number.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '*'))
        {
            return null;
        }

        var prefix = number[..2];
        var issuer = prefix == "EL" ? "GR" : prefix;
        return CountryCodes.IsKnown(issuer) && (country is null || issuer == country || (prefix == "XI" && country == "GB")) ? number : null;
    }
}
