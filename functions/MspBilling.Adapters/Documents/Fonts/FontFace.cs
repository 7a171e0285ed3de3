using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>One committed font file, read once: which characters it has, how wide they are, where their outlines lie.</summary>
/// <remarks>
/// Measuring is a sum over an array, nothing more. Text is composed first (ó is one character) and every
/// character without a glyph becomes U+FFFD, which the font draws as a black diamond: it is seen, never lost.
/// </remarks>
internal sealed class FontFace
{
    private const char Replacement = '\uFFFD';

    private readonly ushort[] _glyphs = new ushort[char.MaxValue + 1];
    private readonly ushort[] _places = new ushort[char.MaxValue + 1];
    private readonly ushort[] _advances;

    private FontFace(TrueTypeFile file)
    {
        File = file;
        UnitsPerEm = file.Word("head", 18);
        ReadCharacterMap();
        var metrics = file.Word("hhea", 34);
        _advances = new ushort[file.Word("maxp", 4)];
        for (var glyph = 0; glyph < _advances.Length; glyph++)
            _advances[glyph] = file.Word("hmtx", 4 * Math.Min(glyph, metrics - 1));

        Characters = [.. Enumerable.Range(0, char.MaxValue + 1).Where(character => _glyphs[character] != 0).Select(character => (char)character)];
        for (var place = 0; place < Characters.Count; place++)
            _places[Characters[place]] = (ushort)place;
    }

    public static FontFace Regular { get; } = Embedded("NotoSans-Regular.ttf");

    public static FontFace Bold { get; } = Embedded("NotoSans-Bold.ttf");

    public TrueTypeFile File { get; }

    public int UnitsPerEm { get; }

    /// <summary>All it can draw, in the order of Unicode.</summary>
    public IReadOnlyList<char> Characters { get; }

    public ushort Glyph(char character) => _glyphs[character];

    /// <summary>Where the character stands among <see cref="Characters"/>.</summary>
    public int Place(char character) => _places[character];

    public ushort Advance(ushort glyph) => _advances[glyph];

    public float Width(ReadOnlySpan<char> prepared, float size)
    {
        var units = 0;
        foreach (var character in prepared)
            units += _advances[_glyphs[character]];

        return units * size / UnitsPerEm;
    }

    /// <summary>The text as this face can draw it, one glyph per character. Line breaks stay.</summary>
    public string Prepare(string text)
    {
        foreach (var character in text)
        {
            if (character != '\n' && (_glyphs[character] == 0 || IsMark(character)))
                return Replaced(text);
        }

        return text;
    }

    private string Replaced(string text)
    {
        var prepared = new StringBuilder(text.Length);
        foreach (var rune in Composed(text).ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' || (rune.IsBmp && _glyphs[rune.Value] != 0))
                prepared.Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.SpaceSeparator)
                prepared.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
                prepared.Append(Replacement);
        }

        return prepared.ToString();
    }

    // Marks begin at U+0300; asking the tables for every letter of every invoice is not free.
    private static bool IsMark(char character) =>
        character >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark;

    // Half a surrogate pair cannot be composed; a rune that replaces it can.
    private static string Composed(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())).Normalize(NormalizationForm.FormC);

    private void ReadCharacterMap()
    {
        var table = File.Table("cmap");
        // The committed files have one subtable, Unicode in format 4.
        var map = table[(int)BinaryPrimitives.ReadUInt32BigEndian(table[8..])..];
        ushort At(ReadOnlySpan<byte> span, int offset) => BinaryPrimitives.ReadUInt16BigEndian(span[offset..]);
        var doubled = At(map, 6);
        for (var segment = 0; segment < doubled; segment += 2)
        {
            var (end, start) = (At(map, 14 + segment), At(map, 16 + doubled + segment));
            var delta = At(map, 16 + (2 * doubled) + segment);
            var rangeAt = 16 + (3 * doubled) + segment;
            for (int character = start; character <= end && character != char.MaxValue; character++)
            {
                var range = At(map, rangeAt);
                var glyph = range == 0 ? character : At(map, rangeAt + range + (2 * (character - start)));
                _glyphs[character] = glyph == 0 ? (ushort)0 : (ushort)((glyph + delta) & 0xFFFF);
            }
        }

        // The face draws a soft hyphen as a hyphen in the middle of a word; it is left out instead.
        _glyphs['\u00AD'] = 0;
    }

    private static FontFace Embedded(string name)
    {
        using var stream = typeof(FontFace).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The font {name} is not in {typeof(FontFace).Assembly.GetName().Name}; build the project again.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new FontFace(new TrueTypeFile(bytes));
    }
}
