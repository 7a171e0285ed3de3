using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>Whether a font file of the MSP's own can be printed with: TrueType outlines, the letters of an invoice, and leave to embed it.</summary>
/// <remarks>Everything is read once, each outline included, so that a damaged file is refused when it comes and not when an invoice is printed.</remarks>
public static class FontFile
{
    /// <summary>The most that a file may have. Two of them in base 64 stand with the other settings in one table row, which takes 704 KiB.</summary>
    public const int MostBytes = 225_000;

    private const int Restricted = 0x0002;
    private const int NoSubsetting = 0x0100;
    private const int BitmapsOnly = 0x0200;
    private const int PostScriptName = 6;
    private const int Windows = 3;
    private const int LongestName = 63;

    private static readonly string[] Needed = ["OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"];

    /// <returns>What is wrong and what to do; null for nothing.</returns>
    public static string? ProblemOf(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MostBytes)
            return string.Create(CultureInfo.InvariantCulture, $"a font of at most {MostBytes:#,##0} bytes, not {bytes.Length:#,##0}; cut it down to the letters that you need");

        if (bytes.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(bytes) is not (0x00010000 or 0x74727565))
            return "a TrueType font, as .ttf files are; no .otf, .woff or .ttc";

        try
        {
            var file = new TrueTypeFile(bytes);
            return Needed.FirstOrDefault(tag => !file.Has(tag)) is { } missing ? $"a TrueType font with outlines; this one has no table '{missing}'"
                : (file.Word("OS/2", 8) & (Restricted | NoSubsetting | BitmapsOnly)) != 0 ? "a font that says it may be embedded and cut down (OS/2 fsType); ask its maker for one"
                : LettersProblem(FontFace.Of(bytes, isBold: false));
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException or KeyNotFoundException or FormatException or DivideByZeroException)
        {
            return "a TrueType font that can be read; this one is damaged";
        }
    }

    /// <summary>The name by which PDF calls the font; null where it has none that PDF can write.</summary>
    internal static string? NameOf(TrueTypeFile file)
    {
        if (!file.Has("name"))
            return null;

        var table = file.Table("name");
        var (count, texts) = (BinaryPrimitives.ReadUInt16BigEndian(table[2..]), BinaryPrimitives.ReadUInt16BigEndian(table[4..]));
        for (var record = 0; record < count; record++)
        {
            var entry = table[(6 + (12 * record))..];
            if (BinaryPrimitives.ReadUInt16BigEndian(entry) != Windows || BinaryPrimitives.ReadUInt16BigEndian(entry[6..]) != PostScriptName)
                continue;

            var (length, offset) = (BinaryPrimitives.ReadUInt16BigEndian(entry[8..]), BinaryPrimitives.ReadUInt16BigEndian(entry[10..]));
            var name = Encoding.BigEndianUnicode.GetString(table.Slice(texts + offset, length));
            return name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name : null;
        }

        return null;
    }

    private static string? LettersProblem(FontFace face)
    {
        if (face.UnitsPerEm is < 16 or > 16384)
            return "a TrueType font that can be read; this one is damaged";

        var missing = Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Append('\u20AC').Where(c => face.Glyph(c) == 0).Take(5).ToArray();
        if (missing.Length > 0)
            return $"a font with at least the letters, figures and signs of English and the euro sign; this one has no {string.Join(' ', missing)}";

        var subset = new FontSubset(face);
        subset.Add(face.Characters.ToArray());
        _ = subset.ToFontFile();
        return null;
    }
}
