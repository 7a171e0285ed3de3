using System.Globalization;
using System.Text;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>A font file, read once: which characters it has, how wide they are, where their outlines lie.</summary>
/// <remarks>
/// Measuring is a sum over an array, nothing more. Text is composed first (ó is one character) and every
/// character without a glyph becomes U+FFFD, which the font draws as a black diamond: it is seen, never lost. Text that an MSP's own font cannot draw and
/// the embedded one can is drawn with that.
/// </remarks>
internal sealed class FontFace
{
    private const char Replacement = '\uFFFD';

    private readonly ushort[] _glyphs = new ushort[char.MaxValue + 1];
    private readonly ushort[] _places = new ushort[char.MaxValue + 1];
    private readonly ushort[] _advances;

    private FontFace(TrueTypeFile file, string name, bool isBold, FontFace? fallback)
    {
        (File, Name, IsBold, Fallback) = (file, name, isBold, fallback);
        UnitsPerEm = file.Word("head", 18);
        var metrics = file.Word("hhea", 34);
        _advances = new ushort[file.Word("maxp", 4)];
        for (var glyph = 0; glyph < _advances.Length; glyph++)
            _advances[glyph] = file.Word("hmtx", 4 * Math.Min(glyph, metrics - 1));

        foreach (var (character, glyph) in FontCharacters.Of(file).Where(mapped => mapped.Glyph < _advances.Length))
            _glyphs[character] = glyph;

        // A face draws a soft hyphen as a hyphen in the middle of a word; it is left out instead.
        _glyphs['\u00AD'] = 0;
        Characters = [.. Enumerable.Range(0, char.MaxValue + 1).Where(character => _glyphs[character] != 0).Select(character => (char)character)];
        for (var place = 0; place < Characters.Count; place++)
            _places[Characters[place]] = (ushort)place;
    }

    public static FontFace Regular { get; } = Embedded("NotoSans-Regular", isBold: false);

    public static FontFace Bold { get; } = Embedded("NotoSans-Bold", isBold: true);

    /// <summary>As PDF calls it.</summary>
    public string Name { get; }

    public bool IsBold { get; }

    /// <summary>Draws what this one cannot; null for the embedded faces.</summary>
    public FontFace? Fallback { get; }

    public TrueTypeFile File { get; }

    public int UnitsPerEm { get; }

    /// <summary>All it can draw, in the order of Unicode.</summary>
    public IReadOnlyList<char> Characters { get; }

    /// <summary>A font of the MSP's own.</summary>
    /// <param name="bytes">A file in which <see cref="FontFile"/> finds no problem.</param>
    public static FontFace Of(byte[] bytes, bool isBold)
    {
        var file = new TrueTypeFile(bytes);
        return new FontFace(file, FontFile.NameOf(file) ?? (isBold ? "Own-Bold" : "Own-Regular"), isBold, isBold ? Bold : Regular);
    }

    /// <summary>The face to draw a text with: this one, or its fallback where that has characters which this one lacks.</summary>
    public FontFace For(string text)
    {
        if (Fallback is not { } fallback)
            return this;

        foreach (var character in Prepare(text))
        {
            if (character is '\n' || _glyphs[character] != 0 && character != Replacement)
                continue;
            return fallback;
        }

        return this;
    }

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

    private static FontFace Embedded(string name, bool isBold)
    {
        using var stream = typeof(FontFace).Assembly.GetManifestResourceStream(name + ".ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in {typeof(FontFace).Assembly.GetName().Name}; build the project again.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new FontFace(new TrueTypeFile(bytes), name, isBold, null);
    }
}
