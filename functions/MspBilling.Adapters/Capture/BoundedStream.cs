using System.Globalization;

namespace MspBilling.Adapters.Capture;

/// <summary>More came out of a compressed file than a usage file holds.</summary>
internal sealed class UnpackedLimitException(string message) : IOException(message);

/// <summary>What is unpacked from a file, up to a limit: a small file may hold more than fits anywhere.</summary>
/// <param name="packed">Bytes of the file as it is packed.</param>
internal sealed class BoundedStream(Stream unpacked, long packed) : ReadOnlyStream
{
    // Usage files pack to between a tenth and a fiftieth; nothing that is billed packs to less than this.
    private const int MostTimes = 250;
    private const long AlwaysAllowed = 64_000_000;

    private readonly long _most = Math.Min(Math.Max(packed * MostTimes, AlwaysAllowed), UsageContent.MostBytes);
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var read = unpacked.Read(buffer);
        _read += read;
        return _read <= _most
            ? read
            : throw new UnpackedLimitException(string.Create(
                CultureInfo.InvariantCulture,
                $"at most {ReadLimit.Bytes(_most)} when unpacked, which is {MostTimes} times the packed size or {AlwaysAllowed:N0}, and never more than {UsageContent.MostBytes:N0}; split the file, or import it unpacked"));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }
}
