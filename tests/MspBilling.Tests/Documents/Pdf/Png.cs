using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace MspBilling.Tests.Documents.Pdf;

/// <summary>Makes PNG files of any kind, from samples.</summary>
internal static class Png
{
    /// <summary>A picture with colours and opacity, eight bits each.</summary>
    /// <param name="pixel">Red, green, blue and opacity of the point at x and y.</param>
    public static byte[] Of(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue, byte Opacity)> pixel) =>
        File(width, height, depth: 8, kind: 6, Enumerable.Range(0, height).Select(y => Enumerable.Range(0, width).SelectMany(x =>
        {
            var (red, green, blue, opacity) = pixel(x, y);
            return new[] { red, green, blue, opacity };
        }).ToArray()));

    /// <param name="kind">0 grey, 2 colours, 3 palette, 4 grey and opacity, 6 colours and opacity.</param>
    /// <param name="rows">As they are stored, without the byte of the filter, which is none.</param>
    /// <param name="chunks">Palette and transparency.</param>
    public static byte[] File(int width, int height, byte depth, byte kind, IEnumerable<byte[]> rows, bool interlaced = false, params (string Type, byte[] Content)[] chunks) =>
        FileOfFiltered(width, height, depth, kind, rows.Select(row => (byte[])[0, .. row]), interlaced, chunks);

    /// <param name="rows">As they are stored, each led by its filter.</param>
    public static byte[] FileOfFiltered(int width, int height, byte depth, byte kind, IEnumerable<byte[]> rows, bool interlaced, params (string Type, byte[] Content)[] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, kind, (byte)(interlaced ? 1 : 0));
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var row in rows)
                zlib.Write(row);
        }

        return
        [
            0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Content)),
            .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. type.Select(letter => (byte)letter), .. content];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.HashToUInt32(named));
        return [.. length, .. named, .. check];
    }
}
