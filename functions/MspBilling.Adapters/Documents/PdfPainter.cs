using MspBilling.Adapters.Documents.Fonts;
using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>Writes finished pages as a PDF file with Skia.</summary>
/// <remarks>Fonts are cut down to what the pages use before Skia sees them, and live as long as this one document.</remarks>
internal sealed class PdfPainter : IDisposable
{
    private readonly List<(SKTypeface Typeface, FontFace Face)> _typefaces = [];
    private readonly Dictionary<TextStyle, SKFont> _fonts = [];
    private readonly Dictionary<FontFace, FontSubset> _subsets = new()
    {
        [FontFace.Regular] = new FontSubset(FontFace.Regular),
        [FontFace.Bold] = new FontSubset(FontFace.Bold),
    };

    private readonly SKTextBlobBuilder _blobs = new();
    private readonly SKPaint _paint = new() { IsAntialias = true };

    public byte[] Paint(IReadOnlyList<Page> pages, SKDocumentPdfMetadata metadata)
    {
        // Which characters there are is known only after all pages; their numbers in the subset are given on the way.
        var numbered = pages.Select(page => AllWords(page).Select(words => (words, Glyphs(words.Words))).ToArray()).ToArray();
        OpenTypefaces();
        using var file = new MemoryStream(64 * 1024);
        using (var document = SKDocument.CreatePdf(file, metadata))
        {
            for (var number = 0; number < pages.Count; number++)
            {
                Paint(document.BeginPage(Page.Width, Page.Height), pages[number], numbered[number]);
                document.EndPage();
            }

            document.Close();
        }

        return file.ToArray();
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values)
            font.Dispose();

        foreach (var (typeface, _) in _typefaces)
            typeface.Dispose();

        _blobs.Dispose();
        _paint.Dispose();
    }

    private static IEnumerable<PlacedWords> AllWords(Page page) =>
        page.Watermark is { } watermark ? page.Words.Prepend(new PlacedWords(watermark, -watermark.Width / 2, watermark.Style.Size * 0.36f)) : page.Words;

    private ushort[] Glyphs(Words words) => _subsets[words.Style.Face].Glyphs(words.Text);

    private void OpenTypefaces()
    {
        foreach (var (face, subset) in _subsets)
        {
            using var data = SKData.CreateCopy(subset.ToFontFile());
            var typeface = SKTypeface.FromData(data)
                ?? throw new InvalidOperationException("Skia did not accept the font cut down for this invoice; the committed font file is damaged.");
            _typefaces.Add((typeface, face));
        }
    }

    private void Paint(SKCanvas canvas, Page page, ReadOnlySpan<(PlacedWords Words, ushort[] Glyphs)> words)
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

        if (page.Watermark is not null)
        {
            canvas.Save();
            canvas.Translate(Page.Width / 2, Page.Height / 2);
            canvas.RotateDegrees(-45);
            Write(canvas, words[..1]);
            canvas.Restore();
            words = words[1..];
        }

        // Neighbours of one colour go to Skia in one call.
        while (words.Length > 0)
        {
            var alike = 1;
            while (alike < words.Length && words[alike].Words.Words.Style.Color == words[0].Words.Words.Style.Color)
                alike++;

            Write(canvas, words[..alike]);
            words = words[alike..];
        }
    }

    private void Write(SKCanvas canvas, ReadOnlySpan<(PlacedWords Words, ushort[] Glyphs)> words)
    {
        foreach (var (placed, glyphs) in words)
        {
            if (glyphs.Length > 0)
                _blobs.AddRun(glyphs, Font(placed.Words.Style), new SKPoint(placed.Left, placed.Baseline));
        }

        using var blob = _blobs.Build();
        if (blob is null)
            return;

        _paint.Color = words[0].Words.Words.Style.Color;
        canvas.DrawText(blob, 0, 0, _paint);
    }

    private SKFont Font(TextStyle style)
    {
        if (!_fonts.TryGetValue(style, out var font))
        {
            font = new SKFont(_typefaces.First(typeface => typeface.Face == style.Face).Typeface, style.Size) { LinearMetrics = true };
            _fonts[style] = font;
        }

        return font;
    }
}
