using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>The issuer's logo, decoded once and brought to the size at which it is printed sharply.</summary>
/// <remarks>One MSP renders all its invoices with one logo, so only the last one is kept.</remarks>
internal sealed class LogoImage
{
    // 190 points at 300 dots an inch, rounded up.
    private const int SharpWidth = 800;

    private Decoded? _last;

    /// <exception cref="ArgumentException">The bytes are not an image.</exception>
    public SKImage Of(ReadOnlyMemory<byte> png)
    {
        var last = _last;
        if (last is null || !last.Png.Span.SequenceEqual(png.Span))
            _last = last = new Decoded(png.ToArray(), Decode(png.Span));

        return last.Image;
    }

    private static SKImage Decode(ReadOnlySpan<byte> png)
    {
        using var image = SKImage.FromEncodedData(png);
        if (image is null)
            throw new ArgumentException("The issuer's logo is not a PNG image that can be read; save it as PNG again, or remove it from the branding.");

        if (image.Width <= SharpWidth)
            return image.ToRasterImage(ensurePixelData: true);

        using var bitmap = SKBitmap.FromImage(image);
        using var smaller = bitmap.Resize(new SKSizeI(SharpWidth, Math.Max(1, image.Height * SharpWidth / image.Width)), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return SKImage.FromBitmap(smaller);
    }

    private sealed record Decoded(ReadOnlyMemory<byte> Png, SKImage Image);
}
