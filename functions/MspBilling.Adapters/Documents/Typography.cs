using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The styles and colours of a document: the issuer's colour, and those that its template sets.</summary>
internal sealed class Typography
{
    private const float WidestWatermark = 700;

    private static readonly Color Slate = new(0x1F, 0x29, 0x37);
    private static readonly Color Grey = new(0x6B, 0x72, 0x80);

    public Typography(BrandColor brand, DocumentTemplate template, FontFaces faces)
    {
        Faces = faces;
        Brand = Of(brand);
        Accent = Readable(Brand);
        Tint = template.BoxColor is { } box ? Pale(Of(box)) : Mixed(Brand, Color.White, 0.92f);
        var ink = template.TextColor is { } text ? Readable(Of(text)) : Slate;
        Title = new TextStyle(faces.Bold, 24, ink);
        IssuerName = new TextStyle(faces.Bold, 17, Accent);
        Heading = new TextStyle(faces.Bold, 12, ink);
        AmountDue = new TextStyle(faces.Bold, 20, Accent);
        GroupTitle = new TextStyle(faces.Bold, 8.5f, Accent);
        Total = new TextStyle(faces.Bold, 11, ink);
        (Name, Strong, StrongCell) = (new TextStyle(faces.Bold, 10, ink), new TextStyle(faces.Bold, 8.5f, ink), new TextStyle(faces.Bold, 8, ink));
        (Text, Cell, Detail) = (new TextStyle(faces.Regular, 8.5f, ink), new TextStyle(faces.Regular, 8, ink), new TextStyle(faces.Regular, 7, ink));
        (Label, PaleCell, Small, ColumnTitle) = (new TextStyle(faces.Regular, 7.5f, Grey), new TextStyle(faces.Regular, 8, Grey), new TextStyle(faces.Regular, 7, Grey), new TextStyle(faces.Bold, 7, Grey));
    }

    public FontFaces Faces { get; }

    public Color Brand { get; }

    /// <summary>The brand's colour, darkened until it can be read on white.</summary>
    public Color Accent { get; }

    public Color Tint { get; }

    public Color Rule { get; } = new(0xE5, 0xE7, 0xEB);

    public TextStyle Title { get; }

    public TextStyle IssuerName { get; }

    public TextStyle Heading { get; }

    public TextStyle AmountDue { get; }

    public TextStyle GroupTitle { get; }

    public TextStyle Total { get; }

    public TextStyle Name { get; }

    public TextStyle Text { get; }

    public TextStyle Strong { get; }

    public TextStyle Label { get; }

    public TextStyle Cell { get; }

    public TextStyle StrongCell { get; }

    public TextStyle PaleCell { get; }

    public TextStyle ColumnTitle { get; }

    public TextStyle Small { get; }

    public TextStyle Detail { get; }

    /// <summary>As large as the page has room for from corner to corner, at most 120 points.</summary>
    public Words WatermarkOf(string text)
    {
        var style = new TextStyle(Faces.Bold, 120, new Color(0xEC, 0xEE, 0xF1));
        var words = style.Measure(text);
        return words.Width <= WidestWatermark ? words : (style with { Size = MathF.Floor(style.Size * WidestWatermark / words.Width) }).Measure(text);
    }

    private static Color Of(BrandColor color) => new(color.Red, color.Green, color.Blue);

    // So pale that dark text can be read on it.
    private static Color Pale(Color color)
    {
        while (Luminance(color) < 0.75)
            color = Mixed(color, Color.White, 0.08f);

        return color;
    }

    // WCAG asks a contrast of 4.5 to 1 with white, which is a relative luminance of 0.183 at most.
    private static Color Readable(Color color)
    {
        while (Luminance(color) > 0.183)
            color = Mixed(color, Color.Black, 0.08f);

        return color;
    }

    private static double Luminance(Color color)
    {
        static double Linear(byte part) => part <= 10 ? part / 255.0 / 12.92 : Math.Pow(((part / 255.0) + 0.055) / 1.055, 2.4);
        return (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));
    }

    private static Color Mixed(Color color, Color other, float share)
    {
        byte Mix(byte part, byte with) => (byte)(part + ((with - part) * share));
        return new Color(Mix(color.Red, other.Red), Mix(color.Green, other.Green), Mix(color.Blue, other.Blue));
    }
}
