using MspBilling.Adapters.Documents.Fonts;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>One face in a file: a composite font over the cut-down TrueType file, with widths and the characters behind its glyphs (ISO 32000-1, 9.7).</summary>
/// <param name="face">What it is cut from.</param>
/// <param name="name">Six letters that mark a subset, then the face's name.</param>
/// <param name="number">The object that pages name.</param>
internal sealed class EmbeddedFont(FontFace face, string name, int number)
{
    // Symbolic: its characters are numbered its own way and reach beyond the standard Latin ones.
    private const int Flags = 4;

    private readonly FontSubset _subset = new(face);
    private byte[] _file = [];

    public int Number { get; } = number;

    public void Add(Words words) => _subset.Add(words.Text);

    /// <summary>After the last of its words: gives the characters their numbers.</summary>
    public void Close() => _file = _subset.ToFontFile();

    public void Show(PdfBytes content, string text)
    {
        content.Raw((byte)'(');
        foreach (var character in text)
        {
            var glyph = _subset.Glyph(character);
            content.Escaped((byte)(glyph >> 8)).Escaped((byte)(glyph & 0xFF));
        }

        content.Raw(")Tj\n"u8);
    }

    public void Write(PdfFile file)
    {
        var (descendant, descriptor, program, characters) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        file.Begin(Number).Raw("<</Type/Font/Subtype/Type0/BaseFont"u8).Name(name).Raw("/Encoding/Identity-H/DescendantFonts["u8).Reference(descendant)
            .Raw("]/ToUnicode "u8).Reference(characters).Raw(">>"u8);
        var font = file.Begin(descendant).Raw("<</Type/Font/Subtype/CIDFontType2/BaseFont"u8).Name(name)
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor "u8).Reference(descriptor).Raw("/W[0["u8);
        foreach (var width in _subset.Widths)
            font.Hundredths(Share(width)).Raw((byte)' ');

        font.Raw("]]>>"u8);
        WriteDescriptor(file.Begin(descriptor), program);
        var length = new PdfBytes(32);
        length.Raw("/Length1 "u8).Number(_file.Length);
        file.AddStream(program, length.Span, _file);
        file.AddStream(characters, [], CharacterMap.Of(_subset.Characters));
    }

    private void WriteDescriptor(PdfBytes descriptor, int program)
    {
        descriptor.Raw("<</Type/FontDescriptor/FontName"u8).Name(name).Raw("/Flags "u8).Number(Flags).Raw("/FontBBox["u8);
        foreach (var edge in (ReadOnlySpan<int>)[36, 38, 40, 42])
            descriptor.Hundredths(Share(Signed("head", edge))).Raw((byte)' ');

        descriptor.Raw("]/ItalicAngle 0/Ascent "u8).Hundredths(Share(Signed("hhea", 4))).Raw("/Descent "u8).Hundredths(Share(Signed("hhea", 6)));
        descriptor.Raw("/CapHeight "u8).Hundredths(Share(CapHeight)).Raw("/StemV "u8).Number(face.IsBold ? 140 : 80);
        descriptor.Raw("/FontFile2 "u8).Reference(program).Raw(">>"u8);
    }

    // Told from version 2 of the table on.
    private int CapHeight => face.File.Word("OS/2", 0) >= 2 ? Signed("OS/2", 88) : Signed("hhea", 4) * 7 / 10;

    private short Signed(string table, int offset) => unchecked((short)face.File.Word(table, offset));

    /// <summary>The face's units as hundredths of a thousandth of the em, which is how PDF counts: 1024 of 1024 are 1000.00.</summary>
    private int Share(int units) => (int)MathF.Round(units * 100_000f / face.UnitsPerEm);
}
