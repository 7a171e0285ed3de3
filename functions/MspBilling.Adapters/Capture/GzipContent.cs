using System.Buffers.Binary;
using System.IO.Compression;

namespace MspBilling.Adapters.Capture;

/// <summary>Unpacks a gzip file and sees that it is whole.</summary>
/// <remarks>
/// The runtime takes a file that is cut off for one that ends there. The last four bytes of a gzip file tell how many bytes it unpacks to, modulo 2^32
/// (RFC 1952, ISIZE), so a file of several gzip files one after the other is refused as well.
/// </remarks>
internal sealed class GzipContent : ReadOnlyStream
{
    private readonly Ending _packed;
    private readonly GZipStream _unpacked;
    private uint _read;

    public GzipContent(Stream packed)
    {
        _packed = new Ending(packed);
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _unpacked.Read(buffer);
        _read = unchecked(_read + (uint)read);
        return read > 0 || buffer.IsEmpty || _packed.LastFour == _read ? read : throw new InvalidDataException("it is cut off, or several gzip files stand in it");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Remembers the last bytes that were read.</summary>
    private sealed class Ending(Stream content) : ReadOnlyStream
    {
        private readonly byte[] _last = new byte[4];

        public uint LastFour => BinaryPrimitives.ReadUInt32LittleEndian(_last);

        public override int Read(Span<byte> buffer)
        {
            var read = content.Read(buffer);
            var kept = Math.Min(read, _last.Length);
            _last.AsSpan(kept).CopyTo(_last);
            buffer[(read - kept)..read].CopyTo(_last.AsSpan(_last.Length - kept));
            return read;
        }
    }
}
