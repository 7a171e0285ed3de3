using System.IO.Compression;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>Bytes made smaller as PDF's FlateDecode reads them (RFC 1950).</summary>
internal static class Deflate
{
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream(content.Length / 2);
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
            zlib.Write(content);

        return compressed.ToArray();
    }
}
