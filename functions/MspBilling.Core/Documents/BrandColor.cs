using System.Globalization;

namespace MspBilling.Core.Documents;

/// <summary>The issuer's colour, read from and written as <c>#0F766E</c>.</summary>
public readonly record struct BrandColor(byte Red, byte Green, byte Blue)
{
    /// <exception cref="FormatException">The text is not <c>#</c> and six hexadecimal digits.</exception>
    public static BrandColor Parse(string text) =>
        TryParse(text, out var color)
            ? color
            : throw new FormatException($"'{text}' is not a colour; write it as # and six hexadecimal digits, for example #0F766E.");

    public static bool TryParse(string? text, out BrandColor color)
    {
        color = default;
        if (text is not ['#', _, _, _, _, _, _] || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            return false;

        color = new BrandColor((byte)(rgb >> 16), (byte)(rgb >> 8 & 0xFF), (byte)(rgb & 0xFF));
        return true;
    }

    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";
}
