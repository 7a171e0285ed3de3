namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>What is drawn on a page, as operators (ISO 32000-1, annex A), each piece marked as a part of the document or as decoration.</summary>
/// <param name="page">What to draw.</param>
/// <param name="number">Counted from 0.</param>
/// <param name="fonts">The faces that the document uses.</param>
internal sealed class PageContent(Page page, int number, EmbeddedFonts fonts)
{
    // A quarter of a circle as a Bézier curve: its handles are this part of the radius long.
    private const float Handle = 0.5523f;

    private readonly PdfBytes _content = new(16 * 1024);
    private readonly List<Element> _elements = [];
    private Color? _color;

    /// <summary>Whose each marked piece is, by the piece's number.</summary>
    public IReadOnlyList<Element> Elements => _elements;

    public ReadOnlySpan<byte> Write()
    {
        _content.Raw("/Artifact BMC\n"u8);
        foreach (var box in page.Boxes)
            Fill(box);

        if (page.Watermark is { } watermark)
            WriteWatermark(watermark);

        foreach (var rule in page.Rules)
            Draw(rule);

        _content.Raw("EMC\n"u8);
        if (page.Image is { } image)
            Draw(image);

        if (page.Words.Count > 0)
            WriteWords();

        return _content.Span;
    }

    private PdfBytes Point(float x, float y) => _content.Points(x).Raw((byte)' ').Points(page.Sheet.Height - y).Raw((byte)' ');

    private void Fill(Box box)
    {
        Paint(box.Color);
        var (area, corner) = (box.Area, box.Corner);
        if (corner == 0)
        {
            Point(area.Left, area.Bottom).Points(area.Right - area.Left).Raw((byte)' ').Points(area.Bottom - area.Top).Raw(" re f\n"u8);
            return;
        }

        var (left, top, right, bottom, inner) = (area.Left, area.Top, area.Right, area.Bottom, corner * (1 - Handle));
        Point(left + corner, top).Raw("m "u8);
        Point(right - corner, top).Raw("l "u8);
        Curve(right - inner, top, right, top + inner, right, top + corner);
        Point(right, bottom - corner).Raw("l "u8);
        Curve(right, bottom - inner, right - inner, bottom, right - corner, bottom);
        Point(left + corner, bottom).Raw("l "u8);
        Curve(left + inner, bottom, left, bottom - inner, left, bottom - corner);
        Point(left, top + corner).Raw("l "u8);
        Curve(left, top + inner, left + inner, top, left + corner, top);
        _content.Raw("f\n"u8);
    }

    private void Curve(float x1, float y1, float x2, float y2, float x, float y)
    {
        Point(x1, y1);
        Point(x2, y2);
        Point(x, y).Raw("c\n"u8);
    }

    private void WriteWatermark(Words watermark)
    {
        // Turned by 45 degrees about the middle of the page.
        _content.Raw("q .7071 .7071 -.7071 .7071 "u8).Points(page.Sheet.Width / 2).Raw((byte)' ').Points(page.Sheet.Height / 2).Raw(" cm BT\n"u8);
        Paint(watermark.Style.Color);
        EmbeddedFonts.Select(_content, watermark.Style);
        _content.Points(-watermark.Width / 2).Raw((byte)' ').Points(-watermark.Style.Size * 0.36f).Raw(" Td"u8);
        fonts.Show(_content, watermark);
        _content.Raw("ET Q\n"u8);
        _color = null;
    }

    /// <summary>As a filled strip, so that colours are set in one way only.</summary>
    private void Draw(Rule rule)
    {
        Paint(rule.Color);
        Point(Sheet.Left, rule.Y + (rule.Thickness / 2)).Points(page.Sheet.Right - Sheet.Left).Raw((byte)' ').Points(rule.Thickness).Raw(" re f\n"u8);
    }

    private void Draw(PlacedImage image)
    {
        var area = image.Area;
        Mark(image.Element);
        _content.Raw("q "u8).Points(area.Right - area.Left).Raw(" 0 0 "u8).Points(area.Bottom - area.Top).Raw((byte)' ');
        Point(area.Left, area.Bottom).Raw("cm/Logo Do Q EMC\n"u8);
    }

    private void WriteWords()
    {
        _content.Raw("BT\n"u8);
        Element? element = null;
        TextStyle? style = null;
        var (marked, x, y) = (false, 0, 0);
        foreach (var placed in page.Words)
        {
            if (!marked || !ReferenceEquals(placed.Element, element))
            {
                if (marked)
                    _content.Raw("EMC\n"u8);

                (element, marked) = (placed.Element, true);
                Mark(element);
            }

            if (!ReferenceEquals(placed.Words.Style, style))
            {
                style = placed.Words.Style;
                Paint(style.Color);
                EmbeddedFonts.Select(_content, style);
            }

            // From where the words before began: short numbers, and no error that adds up.
            var (left, baseline) = (PdfBytes.InHundredths(placed.Left), PdfBytes.InHundredths(page.Sheet.Height - placed.Baseline));
            _content.Hundredths(left - x).Raw((byte)' ').Hundredths(baseline - y).Raw(" Td"u8);
            (x, y) = (left, baseline);
            fonts.Show(_content, placed.Words);
        }

        _content.Raw("EMC\nET\n"u8);
    }

    private void Mark(Element? element)
    {
        if (element is null)
        {
            _content.Raw("/Artifact BMC\n"u8);
            return;
        }

        _content.Name(StructureTree.Type(element.Role)).Raw("<</MCID "u8).Number(_elements.Count).Raw(">>BDC\n"u8);
        element.Mark(number, _elements.Count);
        _elements.Add(element);
    }

    private void Paint(Color color)
    {
        if (color == _color)
            return;

        _color = color;
        // To thousandths, of which 255 steps need no more.
        foreach (var part in (ReadOnlySpan<byte>)[color.Red, color.Green, color.Blue])
            _content.Thousandths(((part * 1000) + 127) / 255).Raw((byte)' ');

        _content.Raw("rg\n"u8);
    }
}
