using System.Buffers.Binary;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>How a PNG's points are stored: grey, colours or a palette, with one to sixteen bits a sample, with or without opacity.</summary>
internal sealed class PngSamples
{
    private readonly int _depth;
    private readonly int _kind;
    private readonly int _channels;
    private readonly byte[] _palette;
    private readonly byte[] _transparent;

    /// <param name="kind">0 grey, 2 colours, 3 palette, 4 grey and opacity, 6 colours and opacity.</param>
    /// <param name="transparent">The palette's opacities, or the one sample or colour that is not drawn.</param>
    public PngSamples(int depth, int kind, byte[] palette, byte[] transparent)
    {
        _channels = kind switch { 0 or 3 => 1, 4 => 2, 2 => 3, 6 => 4, _ => 0 };
        if (_channels == 0 || !(depth is 8 || (depth is 16 && kind != 3) || (depth is 1 or 2 or 4 && kind is 0 or 3)))
            throw new FormatException("It is of a kind that PNG does not know.");

        (_depth, _kind, _palette, _transparent) = (depth, kind, palette, transparent);
    }

    /// <summary>Bytes from a sample to the same one of the point to its right; at least one.</summary>
    public int Step => Math.Max(1, _channels * _depth / 8);

    public int BytesOf(int points) => ((points * _channels * _depth) + 7) / 8;

    public void Point(ReadOnlySpan<byte> row, int at, Span<byte> pixel)
    {
        var first = Sample(row, at * _channels);
        switch (_kind)
        {
            case 3:
                Palette(first).CopyTo(pixel);
                pixel[3] = first < _transparent.Length ? _transparent[first] : (byte)0xFF;
                return;
            case 0 or 4:
                pixel[..3].Fill(InByte(first));
                break;
            default:
                for (var part = 0; part < 3; part++)
                    pixel[part] = InByte(Sample(row, (at * _channels) + part));
                break;
        }

        pixel[3] = _kind is 4 or 6 ? InByte(Sample(row, ((at + 1) * _channels) - 1)) : IsTransparent(row, at) ? (byte)0 : (byte)0xFF;
    }

    private ReadOnlySpan<byte> Palette(int entry) =>
        (3 * entry) + 3 <= _palette.Length ? _palette.AsSpan(3 * entry, 3) : throw new FormatException("A colour is not in its palette.");

    private bool IsTransparent(ReadOnlySpan<byte> row, int at)
    {
        if (_transparent.Length < 2 * _channels)
            return false;

        for (var part = 0; part < _channels; part++)
        {
            if (Sample(row, (at * _channels) + part) != BinaryPrimitives.ReadUInt16BigEndian(_transparent.AsSpan(2 * part)))
                return false;
        }

        return true;
    }

    private int Sample(ReadOnlySpan<byte> row, int at)
    {
        if (_depth == 8)
            return row[at];

        if (_depth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * at)..]);

        var bit = at * _depth;
        return (row[bit / 8] >> (8 - _depth - (bit % 8))) & ((1 << _depth) - 1);
    }

    private byte InByte(int sample) => (byte)(_depth == 16 ? sample >> 8 : sample * 0xFF / ((1 << _depth) - 1));
}
