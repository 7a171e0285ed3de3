using System.Globalization;

namespace MspBilling.Core.Clients;

/// <summary>An account that invoices are paid to.</summary>
/// <param name="Currency">Of the invoices that are paid to it; null for all others.</param>
/// <param name="Number">An IBAN without spaces, or a number of the bank's country.</param>
/// <param name="Name">Whose account it is; null for the MSP's own name.</param>
/// <param name="Bic">The bank's BIC; null where it is not needed.</param>
public sealed record BankAccount(Currency? Currency, string Number, string? Name, string? Bic)
{
    private const int ShortestIban = 15;
    private const int LongestIban = 34;

    public bool IsIban => FindIban(Number) is not null;

    /// <summary>The IBAN without spaces; null where the text is none.</summary>
    /// <remarks>ISO 13616: GB82 WEST 1234 5698 7654 32 with its first four characters at the end, letters as 10 to 35, is 1 modulo 97.</remarks>
    public static string? FindIban(string text)
    {
        var iban = text.Replace(" ", "", StringComparison.Ordinal);
        if (iban.Length is < ShortestIban or > LongestIban || !iban.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) || !CountryCodes.IsKnown(iban[..2]))
        {
            return null;
        }

        var remainder = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return remainder == 1 ? iban : null;
    }

    /// <summary>A bank's BIC of 8 or 11 characters (ISO 9362).</summary>
    public static bool IsBic(string text) =>
        text.Length is 8 or 11 && text[..6].All(char.IsAsciiLetterUpper) && CountryCodes.IsKnown(text.Substring(4, 2)) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}{(Bic is null ? "" : " " + Bic)}");
}
