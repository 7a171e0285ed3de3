using System.Runtime.InteropServices;
using MspBilling.Adapters.Documents.Fonts;
using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>Writes finished pages as a PDF file with Skia.</summary>
/// <remarks>
/// Fonts are cut down to what the pages use before Skia sees them, and live as long as this one document.
/// The committed fonts have 1024 units to the em, text sizes are whole or half points and text begins on eighths of a
/// point: so every advance and every sum of them is exact in binary, Skia sees that its own sum agrees, and writes a run as
/// one string. With sums that are off by a last bit it would place every letter by itself, at twice the size and time.
/// </remarks>
internal sealed class PdfPainter : IDisposable
{
    private readonly Dictionary<FontFace, SKTypeface> _typefaces = [];
    private readonly Dictionary<(FontFace, float), SKFont> _fonts = [];
    private readonly Dictionary<FontFace, FontSubset> _subsets = new()
    {
        [FontFace.Regular] = new FontSubset(FontFace.Regular),
        [FontFace.Bold] = new FontSubset(FontFace.Bold),
    };

    // The document's text in drawing order: each glyph, and where it stands.
    private readonly List<ushort> _glyphs = new(8 * 1024);
    private readonly List<SKPoint> _points = new(8 * 1024);
    private readonly SKTextBlobBuilder _blobs = new();
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private int _drawn;

    public byte[] Paint(IReadOnlyList<Page> pages, SKDocumentPdfMetadata metadata)
    {
        // Which characters the fonts need is known only after the last page.
        var words = pages.SelectMany(AllWords).ToArray();
        foreach (var placed in words)
            _subsets[placed.Words.Style.Face].Add(placed.Words.Text);

        OpenTypefaces();
        foreach (var placed in words)
            Spell(placed);

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
            font.Dispose();

        foreach (var typeface in _typefaces.Values)
            typeface.Dispose();

        _blobs.Dispose();
        _paint.Dispose();
    }

    /// <summary>In drawing order.</summary>
    private static IEnumerable<PlacedWords> AllWords(Page page) => page.Watermark is { } watermark ? page.Words.Prepend(Centred(watermark)) : page.Words;

    private static PlacedWords Centred(Words words) => new(words, -words.Width / 2, words.Style.Size * 0.36f);

    private static SKPoint[] Ends(float y) => [new(Page.Left, y), new(Page.Right, y)];

    private void Spell(PlacedWords placed)
    {
        var (face, size) = (placed.Words.Style.Face, placed.Words.Style.Size);
        var subset = _subsets[face];
        var (x, y) = (Eighth(placed.Left), Eighth(placed.Baseline));
        foreach (var character in placed.Words.Text)
        {
            _glyphs.Add(subset.Glyph(character));
            _points.Add(new SKPoint(x, y));
            x += face.Advance(face.Glyph(character)) * size / face.UnitsPerEm;
        }
    }

    private static float Eighth(float points) => MathF.Round(points * 8) / 8;

    private void OpenTypefaces()
    {
        foreach (var (face, subset) in _subsets)
        {
            using var data = SKData.CreateCopy(subset.ToFontFile());
            _typefaces[face] = SKTypeface.FromData(data)
                ?? throw new InvalidOperationException("Skia did not accept the font cut down for this invoice; the committed font file is damaged.");
        }
    }

    private SKFont Font(TextStyle style)
    {
        if (!_fonts.TryGetValue((style.Face, style.Size), out var font))
        {
            font = new SKFont(_typefaces[style.Face], style.Size) { LinearMetrics = true, Subpixel = true, Hinting = SKFontHinting.None };
            _fonts[(style.Face, style.Size)] = font;
        }

        return font;
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

        if (page.Watermark is { } watermark)
        {
            canvas.Save();
            canvas.Translate(Page.Width / 2, Page.Height / 2);
            canvas.RotateDegrees(-45);
            Write(canvas, watermark.Style, watermark.Text.Length);
            canvas.Restore();
        }

        foreach (var alike in page.Rules.GroupBy(rule => (rule.Color, rule.Thickness)))
        {
            (_paint.Color, _paint.StrokeWidth) = alike.Key;
            canvas.DrawPoints(SKPointMode.Lines, [.. alike.SelectMany(rule => Ends(rule.Y))], _paint);
        }

        if (page.Image is { } image)
            canvas.DrawImage(image.Image, image.Area, new SKSamplingOptions(SKFilterMode.Linear));

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
            CollectionsMarshal.AsSpan(_glyphs).Slice(_drawn, length), Font(style), CollectionsMarshal.AsSpan(_points).Slice(_drawn, length));
        _drawn += length;
        using var blob = _blobs.Build();
        _paint.Color = style.Color;
        canvas.DrawText(blob, 0, 0, _paint);
    }
}
