namespace MspBilling.Core.Clients;

/// <summary>Whether a number can be one of a register: its length, its form and its check digit, for the registers that Peppol checks.</summary>
/// <remarks>
/// Rules PEPPOL-COMMON-R040 to R043, R049 and R050. The GLN 5790000436101 weighs its digits 1 and 3 in turn:
/// 5+3x7+9+0+0+0+0+3x4+3+3x6+1+3x0 = 69, and 1 makes the next ten.
/// </remarks>
public static class RegisteredNumbers
{
    private static readonly int[] AbnWeights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

    /// <param name="scheme">Of ISO 6523; any number may be one of a scheme that is not checked.</param>
    /// <param name="id">The number as it is registered.</param>
    public static bool MayBe(string scheme, string id) => scheme switch
    {
        "0088" => IsDigits(id) && LuhnOfThree(id),
        "0192" => IsDigits(id) && id.Length == 9 && Mod11(id),
        "0184" => (id.Length == 8 && IsDigits(id)) || (id.Length == 10 && id.StartsWith("DK", StringComparison.Ordinal) && IsDigits(id[2..])),
        "0208" => IsDigits(id) && id.Length == 10 && 97 - (int.Parse(id[..8], System.Globalization.CultureInfo.InvariantCulture) % 97) == Digit(id, 8) * 10 + Digit(id, 9),
        "0007" => IsDigits(id) && id.Length == 10 && Luhn(id),
        "0151" => IsDigits(id) && id.Length == 11 && Abn(id),
        _ => true,
    };

    private static bool IsDigits(string id) => id.Length > 0 && id.All(char.IsAsciiDigit);

    private static int Digit(string id, int index) => id[index] - '0';

    /// <summary>GS1: the digits before the check digit weigh 3 and 1 in turn, from the right.</summary>
    private static bool LuhnOfThree(string id) =>
        (10 - (Enumerable.Range(0, id.Length - 1).Sum(back => Digit(id, id.Length - 2 - back) * (back % 2 == 0 ? 3 : 1)) % 10)) % 10 == Digit(id, id.Length - 1);

    /// <summary>Norway: the digits weigh 2 to 7 from the right, over and over.</summary>
    private static bool Mod11(string id) =>
        (11 - (Enumerable.Range(0, id.Length - 1).Sum(back => Digit(id, id.Length - 2 - back) * ((back % 6) + 2)) % 11)) % 11 == Digit(id, id.Length - 1);

    /// <summary>Sweden: every second digit is doubled, and its own digits are added.</summary>
    private static bool Luhn(string id)
    {
        var sum = Enumerable.Range(0, id.Length - 1).Sum(back => Doubled(Digit(id, id.Length - 2 - back), back % 2 == 0));
        return (10 - (sum % 10)) % 10 == Digit(id, id.Length - 1);
    }

    private static int Doubled(int digit, bool isDoubled) => isDoubled ? (digit * 2 / 10) + (digit * 2 % 10) : digit;

    /// <summary>Australia: the first digit counts one less, and the weighted sum is a multiple of 89.</summary>
    private static bool Abn(string id) => AbnWeights.Select((weight, index) => (Digit(id, index) - (index == 0 ? 1 : 0)) * weight).Sum() % 89 == 0;
}
