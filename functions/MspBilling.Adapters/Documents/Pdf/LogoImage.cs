namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>The issuer's logo as it stands in a file: brought to the size at which it is printed sharply, deflated once.</summary>
/// <remarks>
/// Lossless. Its opacity is a mask of its own (ISO 32000-1, 11.6.5.3). A logo has few colours once its soft edges are in the mask: up to 256 of them
/// are a palette, a byte a point.
/// </remarks>
internal sealed class LogoImage
{
    // 190 by 46 points, the most that a page gives it, at 300 dots an inch and rounded up.
    private const int SharpWidth = 800;
    private const int SharpHeight = 200;
    private const int MostColors = 256;

    private readonly byte[] _colors;
    private readonly byte[]? _mask;
    private readonly byte[]? _palette;

    /// <exception cref="ArgumentException">The bytes are not a PNG image.</exception>
    public LogoImage(ReadOnlySpan<byte> png)
    {
        var (width, height, pixels) = Sharp(Read(png));
        (Width, Height) = (width, height);
        var opacities = new byte[width * height];
        var palette = new Dictionary<int, byte>();
        for (var at = 0; at < opacities.Length; at++)
        {
            var pixel = pixels.AsSpan(4 * at, 4);
            opacities[at] = pixel[3];
            // What is not seen has no colour to remember.
            if (pixel[3] == 0)
                pixel[..3].Fill(0xFF);

            if (palette.Count < MostColors)
                palette.TryAdd(Color(pixel), (byte)palette.Count);
        }

        _mask = opacities.All(opacity => opacity == 0xFF) ? null : Deflate.Compress(opacities);
        var indexed = Indexed(pixels, palette);
        _palette = indexed is null ? null : [.. palette.Keys.SelectMany(color => (byte[])[(byte)(color >> 16), (byte)((color >> 8) & 0xFF), (byte)(color & 0xFF)])];
        _colors = Deflate.Compress(indexed ?? Rows(pixels, width));
    }

    /// <summary>In dots.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <returns>The object of the image.</returns>
    public int Write(PdfFile file)
    {
        var (number, dictionary) = (file.Reserve(), Dictionary());
        if (_mask is not null)
        {
            var mask = file.Reserve();
            file.AddDeflated(mask, Dictionary().Raw("/ColorSpace/DeviceGray"u8).Span, _mask);
            dictionary.Raw("/SMask "u8).Reference(mask);
        }

        if (_palette is not null)
            dictionary.Raw("/ColorSpace[/Indexed/DeviceRGB "u8).Number((_palette.Length / 3) - 1).Hex(_palette).Raw((byte)']');
        else
            dictionary.Raw("/ColorSpace/DeviceRGB/DecodeParms<</Predictor 15/Colors 3/Columns "u8).Number(Width).Raw(">>"u8);

        file.AddDeflated(number, dictionary.Span, _colors);
        return number;
    }

    private PdfBytes Dictionary() =>
        new PdfBytes(256).Raw("/Type/XObject/Subtype/Image/BitsPerComponent 8/Width "u8).Number(Width).Raw("/Height "u8).Number(Height);

    private static PngImage Read(ReadOnlySpan<byte> png)
    {
        try
        {
            return new PngImage(png);
        }
        catch (FormatException damaged)
        {
            throw new ArgumentException("The issuer's logo is not a PNG image that can be read; save it as PNG again, or remove it from the branding.", damaged);
        }
    }

    private static int Color(ReadOnlySpan<byte> pixel) => (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];

    private static byte[]? Indexed(byte[] pixels, Dictionary<int, byte> palette)
    {
        var indexed = new byte[pixels.Length / 4];
        for (var at = 0; at < indexed.Length; at++)
        {
            if (!palette.TryGetValue(Color(pixels.AsSpan(4 * at)), out indexed[at]))
                return null;
        }

        return indexed;
    }

    /// <summary>Rows of colours, each byte as its difference to Paeth's guess, which deflates best in pictures (PNG filter 4).</summary>
    private static byte[] Rows(byte[] pixels, int width)
    {
        var stride = 3 * width;
        var colors = pixels.Where((_, at) => at % 4 != 3).ToArray();
        var rows = new byte[colors.Length + (colors.Length / stride)];
        for (var at = 0; at < colors.Length; at++)
        {
            var (row, column) = Math.DivRem(at, stride);
            var (left, up) = (column >= 3 ? colors[at - 3] : 0, row > 0 ? colors[at - stride] : 0);
            var corner = column >= 3 && row > 0 ? colors[at - stride - 3] : 0;
            rows[row * (stride + 1)] = 4;
            rows[(row * (stride + 1)) + 1 + column] = (byte)((colors[at] - PngImage.Paeth(left, up, corner)) & 0xFF);
        }

        return rows;
    }

    /// <summary>Each dot is the mean of those that it stands for, weighed by their opacity.</summary>
    private static (int Width, int Height, byte[] Pixels) Sharp(PngImage image)
    {
        var scale = Math.Min(1f, Math.Min(SharpWidth / (float)image.Width, SharpHeight / (float)image.Height));
        var (width, height) = (Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        if (width == image.Width && height == image.Height)
            return (width, height, image.Pixels);

        var pixels = new byte[4 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                Mean(image, (x * image.Width / width, (x + 1) * image.Width / width), (y * image.Height / height, (y + 1) * image.Height / height), pixels.AsSpan(4 * ((y * width) + x), 4));
        }

        return (width, height, pixels);
    }

    private static void Mean(PngImage image, (int From, int To) columns, (int From, int To) rows, Span<byte> mean)
    {
        var (red, green, blue, opacity) = (0L, 0L, 0L, 0L);
        for (var y = rows.From; y < rows.To; y++)
        {
            for (var x = columns.From; x < columns.To; x++)
            {
                var pixel = image.Pixels.AsSpan(4 * ((y * image.Width) + x), 4);
                red += pixel[0] * pixel[3];
                green += pixel[1] * pixel[3];
                blue += pixel[2] * pixel[3];
                opacity += pixel[3];
            }
        }

        if (opacity == 0)
            return;

        var dots = (rows.To - rows.From) * (columns.To - columns.From);
        (mean[0], mean[1], mean[2], mean[3]) = ((byte)(red / opacity), (byte)(green / opacity), (byte)(blue / opacity), (byte)(opacity / dots));
    }
}
