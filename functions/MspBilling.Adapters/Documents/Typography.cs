using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The styles and colours of an invoice, all derived from the issuer's one colour.</summary>
internal sealed class Typography
{
    private static readonly Color Ink = new(0x1F, 0x29, 0x37);
    private static readonly Color Grey = new(0x6B, 0x72, 0x80);

    public Typography(BrandColor brand)
    {
        Brand = new Color(brand.Red, brand.Green, brand.Blue);
        Accent = Readable(Brand);
        Tint = Mixed(Brand, Color.White, 0.92f);
        Title = new TextStyle(FontFace.Bold, 24, Ink);
        IssuerName = new TextStyle(FontFace.Bold, 17, Accent);
        Heading = new TextStyle(FontFace.Bold, 12, Ink);
        AmountDue = new TextStyle(FontFace.Bold, 20, Accent);
        GroupTitle = new TextStyle(FontFace.Bold, 8.5f, Accent);
        Total = new TextStyle(FontFace.Bold, 11, Ink);
        Watermark = new TextStyle(FontFace.Bold, 120, new Color(0xEC, 0xEE, 0xF1));
    }

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

    public TextStyle Watermark { get; }

    public TextStyle Name { get; } = new(FontFace.Bold, 10, Ink);

    public TextStyle Text { get; } = new(FontFace.Regular, 8.5f, Ink);

    public TextStyle Strong { get; } = new(FontFace.Bold, 8.5f, Ink);

    public TextStyle Label { get; } = new(FontFace.Regular, 7.5f, Grey);

    public TextStyle Cell { get; } = new(FontFace.Regular, 8, Ink);

    public TextStyle StrongCell { get; } = new(FontFace.Bold, 8, Ink);

    public TextStyle PaleCell { get; } = new(FontFace.Regular, 8, Grey);

    public TextStyle ColumnTitle { get; } = new(FontFace.Bold, 7, Grey);

    public TextStyle Small { get; } = new(FontFace.Regular, 7, Grey);

    public TextStyle Detail { get; } = new(FontFace.Regular, 7, Ink);

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
