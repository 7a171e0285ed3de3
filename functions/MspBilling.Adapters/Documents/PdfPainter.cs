using System.Runtime.InteropServices;
using MspBilling.Adapters.Documents.Fonts;
using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>Writes finished pages as a PDF file with Skia.</summary>
/// <remarks>
/// Fonts are cut down to what the pages use before Skia sees them, and live as long as this one document.
/// Text is drawn in font units on a canvas scaled to the text's size: there every advance is a whole number, and Skia
/// writes a run as one string. In points it would find sums off by a last bit, and place every letter by itself.
/// </remarks>
internal sealed class PdfPainter : IDisposable
{
    private readonly Dictionary<FontFace, SKFont> _fonts = [];
    private readonly Dictionary<FontFace, FontSubset> _subsets = new()
    {
        [FontFace.Regular] = new FontSubset(FontFace.Regular),
        [FontFace.Bold] = new FontSubset(FontFace.Bold),
    };

    // The document's text in drawing order: each glyph, and where it stands in units of its font.
    private readonly List<ushort> _glyphs = new(8 * 1024);
    private readonly List<SKPoint> _points = new(8 * 1024);
    private readonly SKTextBlobBuilder _blobs = new();
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private int _drawn;

    public byte[] Paint(IReadOnlyList<Page> pages, SKDocumentPdfMetadata metadata)
    {
        // Which characters the fonts need is known only after the last page, so all text is spelt before any is drawn.
        foreach (var page in pages)
        {
            if (page.Watermark is { } watermark)
                Spell(Centred(watermark));

            foreach (var words in page.Words)
                Spell(words);
        }

        OpenFonts();
        // Skia writes in very small pieces; a managed stream would be called back for each.
        using var file = new SKDynamicMemoryWStream();
        using (var document = SKDocument.CreatePdf(file, metadata))
        {
            foreach (var page in pages)
            {
                Paint(document.BeginPage(Page.Width, Page.Height), page);
                document.EndPage();
            }

            document.Close();
        }

        using var bytes = file.DetachAsData();
        return bytes.ToArray();
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values)
        {
            font.Typeface.Dispose();
            font.Dispose();
        }

        _blobs.Dispose();
        _paint.Dispose();
    }

    private static PlacedWords Centred(Words words) => new(words, -words.Width / 2, words.Style.Size * 0.36f);

    private void Spell(PlacedWords placed)
    {
        var (face, size) = (placed.Words.Style.Face, placed.Words.Style.Size);
        _subsets[face].Spell(placed.Words.Text, _glyphs);
        var unit = face.UnitsPerEm / size;
        var (x, y) = (MathF.Round(placed.Left * unit), MathF.Round(placed.Baseline * unit));
        foreach (var character in placed.Words.Text)
        {
            _points.Add(new SKPoint(x, y));
            x += face.Advance(face.Glyph(character));
        }
    }

    private void OpenFonts()
    {
        foreach (var (face, subset) in _subsets)
        {
            using var data = SKData.CreateCopy(subset.ToFontFile());
            var typeface = SKTypeface.FromData(data)
                ?? throw new InvalidOperationException("Skia did not accept the font cut down for this invoice; the committed font file is damaged.");
            _fonts[face] = new SKFont(typeface, face.UnitsPerEm) { LinearMetrics = true, Subpixel = true, Hinting = SKFontHinting.None };
        }
    }

    private void Paint(SKCanvas canvas, Page page)
    {
        foreach (var box in page.Boxes)
        {
            _paint.Color = box.Color;
            if (box.Corner > 0)
                canvas.DrawRoundRect(box.Area, box.Corner, box.Corner, _paint);
            else
                canvas.DrawRect(box.Area, _paint);
        }

        if (page.Image is { } image)
            canvas.DrawImage(image.Image, image.Area, new SKSamplingOptions(SKFilterMode.Linear));

        if (page.Watermark is { } watermark)
        {
            canvas.Save();
            canvas.Translate(Page.Width / 2, Page.Height / 2);
            canvas.RotateDegrees(-45);
            Write(canvas, watermark.Style, watermark.Text.Length);
            canvas.Restore();
        }

        WriteWords(canvas, page.Words);
    }

    /// <summary>Neighbours of one style go to Skia together: what it costs is the call, not the letters.</summary>
    private void WriteWords(SKCanvas canvas, IReadOnlyList<PlacedWords> words)
    {
        for (var next = 0; next < words.Count;)
        {
            var (style, length) = (words[next].Words.Style, 0);
            for (; next < words.Count && ReferenceEquals(words[next].Words.Style, style); next++)
                length += words[next].Words.Text.Length;

            Write(canvas, style, length);
        }
    }

    private void Write(SKCanvas canvas, TextStyle style, int length)
    {
        if (length == 0)
            return;

        _blobs.AddPositionedRun(
            CollectionsMarshal.AsSpan(_glyphs).Slice(_drawn, length), _fonts[style.Face], CollectionsMarshal.AsSpan(_points).Slice(_drawn, length));
        _drawn += length;
        using var blob = _blobs.Build();
        _paint.Color = style.Color;
        canvas.Save();
        canvas.Scale(style.Size / style.Face.UnitsPerEm);
        canvas.DrawText(blob, 0, 0, _paint);
        canvas.Restore();
    }
}
