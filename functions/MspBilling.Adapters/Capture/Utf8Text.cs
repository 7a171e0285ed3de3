using System.Globalization;
using System.Text;

namespace MspBilling.Adapters.Capture;

/// <summary>Import files are UTF-8, with or without a byte order mark.</summary>
internal static class Utf8Text
{
    public const string Expected = "text in UTF-8; save the file as UTF-8";

    /// <summary>Bytes of the byte order mark at the start: 3 or 0.</summary>
    public static int MarkLength(ReadOnlySpan<byte> start) => start.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Told by the byte order mark, or by a zero byte that no text in UTF-8 starts with.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> start) =>
        start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, _, ..] or [_, 0, ..];

    public static string NameOf(byte value) => string.Create(CultureInfo.InvariantCulture, $"byte 0x{value:X2}");

    /// <summary>Where the first byte is that no UTF-8 text has there, or -1.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return -1;

        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }

    /// <summary>Line and character of a byte. A line ends with LF, CR LF or CR.</summary>
    public static TextPlace PlaceOf(ReadOnlySpan<byte> bytes, int offset)
    {
        var (line, lineStart) = (1, MarkLength(bytes));
        for (var i = 0; i < offset; i++)
        {
            if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n')))
                (line, lineStart) = (line + 1, i + 1);
        }

        return new TextPlace(line, Encoding.UTF8.GetCharCount(bytes[Math.Min(lineStart, offset)..offset]) + 1);
    }
}
