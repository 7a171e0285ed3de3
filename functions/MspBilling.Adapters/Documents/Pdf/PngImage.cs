using System.Buffers.Binary;
using System.IO.Compression;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>A PNG image (ISO/IEC 15948) of any kind, as red, green, blue and opacity of a byte each.</summary>
internal sealed class PngImage
{
    // A picture of 40 million points takes 160 MB; no logo has so many.
    private const int MostPixels = 40_000_000;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Seven passes over every eighth, fourth or second point (Adam7): where each begins, and in which steps it goes on.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly PngSamples _samples;

    /// <exception cref="FormatException">It is no PNG image, or a damaged one.</exception>
    public PngImage(ReadOnlySpan<byte> png)
    {
        if (!png.StartsWith(Signature) || png.Length < 33)
            throw new FormatException("It does not begin as a PNG image does.");

        var (header, palette, transparent) = (png.Slice(16, 13).ToArray(), Array.Empty<byte>(), Array.Empty<byte>());
        using var data = new MemoryStream();
        for (var rest = png[8..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
                throw new FormatException("It ends in the middle.");

            var type = rest.Slice(4, 4);
            var content = rest.Slice(8, (int)length);
            if (type.SequenceEqual("PLTE"u8))
                palette = content.ToArray();
            else if (type.SequenceEqual("tRNS"u8))
                transparent = content.ToArray();
            else if (type.SequenceEqual("IDAT"u8))
                data.Write(content);

            rest = rest[(12 + (int)length)..];
        }

        (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        if (Width <= 0 || Height <= 0 || (long)Width * Height > MostPixels)
            throw new FormatException("It has no size that can be printed.");

        _samples = new PngSamples(header[8], header[9], palette, transparent);
        Pixels = new byte[4 * Width * Height];
        data.Position = 0;
        using var rows = new ZLibStream(data, CompressionMode.Decompress);
        foreach (var pass in header[12] == 0 ? [(0, 0, 1, 1)] : Passes)
            ReadPass(rows, pass);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Row by row from the top, four bytes a point.</summary>
    public byte[] Pixels { get; }

    private void ReadPass(Stream rows, (int X, int Y, int StepX, int StepY) pass)
    {
        var (x, y, stepX, stepY) = pass;
        var width = (Width - x + stepX - 1) / stepX;
        if (width <= 0)
            return;

        var (row, before) = (new byte[_samples.BytesOf(width)], new byte[_samples.BytesOf(width)]);
        for (; y < Height; y += stepY)
        {
            var filter = Read(rows, row);
            Unfilter(filter, row, before);
            for (var at = 0; at < width; at++)
                _samples.Point(row, at, Pixels.AsSpan(4 * ((y * Width) + x + (at * stepX)), 4));

            (row, before) = (before, row);
        }
    }

    private static int Read(Stream rows, byte[] row)
    {
        try
        {
            var filter = rows.ReadByte();
            rows.ReadExactly(row);
            return filter;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException("Its rows are damaged.", damaged);
        }
    }

    /// <summary>Each byte was stored as its difference to a guess from its neighbours: left, above, and left above.</summary>
    private void Unfilter(int filter, byte[] row, byte[] before)
    {
        var step = _samples.Step;
        for (var at = 0; at < row.Length; at++)
        {
            var (left, up, corner) = (at >= step ? row[at - step] : 0, before[at], at >= step ? before[at - step] : 0);
            var guess = filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => throw new FormatException("Its rows are damaged."),
            };
            row[at] = (byte)((row[at] + guess) & 0xFF);
        }
    }

    internal static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - corner - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
