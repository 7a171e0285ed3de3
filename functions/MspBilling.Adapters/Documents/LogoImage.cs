using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>The issuer's logo, decoded once and brought to the size at which it is printed sharply.</summary>
/// <remarks>
/// It is laid on white and kept as a JPEG with full colour resolution, which Skia copies into each file as it is; an
/// image with transparency it would deflate anew for every invoice, at more cost than all the text.
/// One MSP renders all its invoices with one logo, so only the last one is kept.
/// </remarks>
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

        var scale = Math.Min(1f, SharpWidth / (float)image.Width);
        var size = new SKImageInfo(Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(size);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var pixels = surface.PeekPixels();
        using var jpeg = pixels.Encode(new SKJpegEncoderOptions(92, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore));
        return SKImage.FromEncodedData(jpeg);
    }

    private sealed record Decoded(ReadOnlyMemory<byte> Png, SKImage Image);
}
