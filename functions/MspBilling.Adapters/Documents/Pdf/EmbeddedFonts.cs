using MspBilling.Adapters.Documents.Fonts;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>The faces of a document, cut down to its characters, and how its text is spelt with them.</summary>
/// <remarks>Every character has a number of its own, two bytes long, which is also its glyph's in the embedded file (Identity-H).</remarks>
internal sealed class EmbeddedFonts
{
    private readonly EmbeddedFont _bold;
    private readonly EmbeddedFont _regular;

    public EmbeddedFonts(PdfFile file, IEnumerable<Page> pages)
    {
        _bold = new EmbeddedFont(FontFace.Bold, "AAAAAA+NotoSans-Bold", file.Reserve());
        _regular = new EmbeddedFont(FontFace.Regular, "BAAAAA+NotoSans-Regular", file.Reserve());
        foreach (var page in pages)
        {
            foreach (var placed in page.Words)
                Of(placed.Words.Style).Add(placed.Words);

            if (page.Watermark is { } watermark)
                Of(watermark.Style).Add(watermark);
        }

        _bold.Close();
        _regular.Close();
    }

    /// <summary>The entry of a page's resources that names them.</summary>
    public void WriteResources(PdfBytes content) =>
        content.Raw("/Font<</B "u8).Reference(_bold.Number).Raw("/R "u8).Reference(_regular.Number).Raw(">>"u8);

    public static void Select(PdfBytes content, TextStyle style) =>
        content.Raw(ReferenceEquals(style.Face, FontFace.Bold) ? "/B "u8 : "/R "u8).Points(style.Size).Raw(" Tf "u8);

    public void Show(PdfBytes content, Words words) => Of(words.Style).Show(content, words.Text);

    public void Write(PdfFile file)
    {
        _bold.Write(file);
        _regular.Write(file);
    }

    private EmbeddedFont Of(TextStyle style) => ReferenceEquals(style.Face, FontFace.Bold) ? _bold : _regular;
}
