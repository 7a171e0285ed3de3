using MspBilling.Adapters.Capture.Columnar;
using MspBilling.Adapters.Storage;

namespace MspBilling.Adapters.Capture;

/// <summary>Tells by its first bytes what a usage file is written as, and opens it.</summary>
internal static class UsageContent
{
    /// <summary>Of a text, unpacked: 5,000,000 rows take half of it.</summary>
    public const long MostBytes = 20_000_000_000;

    /// <summary>Whether bytes begin a zip file.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Opens a table; the stream's bytes are not needed after it is disposed of.</summary>
    /// <param name="content">From where it stands; one that is not seekable is copied to a temporary file where the format needs to seek.</param>
    /// <param name="packed">How large the content is, as far as it is known.</param>
    /// <returns>Null when it cannot be opened; then the problems say why.</returns>
    public static UsageTable? Open(Stream content, long packed, ProblemList problems)
    {
        var start = new byte[4];
        var length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        Stream whole = content.CanSeek ? Rewound(content, length) : new JoinedStream(start.AsMemory(0, length), content);
        if (start is [0x1F, 0x8B, ..])
            return CsvUsageTable.Open(new BoundedStream(new GzipContent(whole), packed), problems);

        if (start.AsSpan().SequenceEqual("PAR1"u8))
            return ParquetUsageTable.Open(whole.CanSeek ? whole : Copied(new BoundedStream(whole, packed)), isOurs: !whole.CanSeek, problems);

        return CsvUsageTable.Open(whole, problems);
    }

    private static Stream Rewound(Stream content, int length)
    {
        content.Seek(-length, SeekOrigin.Current);
        return content;
    }

    private static FileStream Copied(Stream content)
    {
        var file = TemporaryFile.Create();
        content.CopyTo(file);
        file.Position = 0;
        return file;
    }

    /// <summary>A few bytes that were read already, and the rest.</summary>
    private sealed class JoinedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override int Read(Span<byte> buffer)
        {
            if (_start.IsEmpty)
                return rest.Read(buffer);

            var length = Math.Min(_start.Length, buffer.Length);
            _start.Span[..length].CopyTo(buffer);
            _start = _start[length..];
            return length;
        }
    }
}
