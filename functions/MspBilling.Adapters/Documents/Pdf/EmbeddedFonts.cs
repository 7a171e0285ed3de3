using MspBilling.Adapters.Documents.Fonts;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>The faces of a document, cut down to its characters, and how its text is spelt with them.</summary>
/// <remarks>Every character has a number of its own, two bytes long, which is also its glyph's in the embedded file (Identity-H).</remarks>
internal sealed class EmbeddedFonts
{
    private readonly List<(FontFace Face, EmbeddedFont Font)> _fonts = [];

    /// <param name="faces">Of the document; what they fall back on is embedded where it is used.</param>
    public EmbeddedFonts(PdfFile file, FontFaces faces, IReadOnlyCollection<Page> pages)
    {
        Take(file, faces.Bold);
        Take(file, faces.Regular);
        foreach (var page in pages)
        {
            foreach (var placed in page.Words)
                Of(file, placed.Words.Style.Face).Add(placed.Words);

            if (page.Watermark is { } watermark)
                Of(file, watermark.Style.Face).Add(watermark);
        }

        foreach (var (_, font) in _fonts)
            font.Close();
    }

    /// <summary>The entry of a page's resources that names them.</summary>
    public void WriteResources(PdfBytes content)
    {
        content.Raw("/Font<<"u8);
        foreach (var (face, font) in _fonts)
            content.Raw(NameOf(face)).Reference(font.Number);

        content.Raw(">>"u8);
    }

    public static void Select(PdfBytes content, TextStyle style) => content.Raw(NameOf(style.Face)).Points(style.Size).Raw(" Tf "u8);

    public void Show(PdfBytes content, Words words) => Find(words.Style.Face)!.Show(content, words.Text);

    public void Write(PdfFile file)
    {
        foreach (var (_, font) in _fonts)
            font.Write(file);
    }

    // A document's own faces have these names, and what they fall back on the others.
    private static ReadOnlySpan<byte> NameOf(FontFace face) => (face.IsBold, face.Fallback) switch
    {
        (true, null) => "/B "u8,
        (false, null) => "/R "u8,
        (true, _) => "/OB "u8,
        (false, _) => "/OR "u8,
    };

    // Asked for every piece of text: there are two of them, seldom four.
    private EmbeddedFont? Find(FontFace face)
    {
        foreach (var (known, font) in _fonts)
        {
            if (ReferenceEquals(known, face))
                return font;
        }

        return null;
    }

    private EmbeddedFont Of(PdfFile file, FontFace face) => Find(face) ?? Take(file, face);

    private EmbeddedFont Take(PdfFile file, FontFace face)
    {
        // Six letters mark a subset; another for each font of the file.
        var font = new EmbeddedFont(face, $"{(char)('A' + _fonts.Count)}AAAAA+{face.Name}", file.Reserve());
        _fonts.Add((face, font));
        return font;
    }
}
