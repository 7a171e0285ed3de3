using System.Buffers.Binary;
using System.Text;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>The tables of a TrueType file (ISO/IEC 14496-22), for reading and for writing a new one.</summary>
internal sealed class TrueTypeFile
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, Range> _tables = new(StringComparer.Ordinal);

    public TrueTypeFile(byte[] bytes)
    {
        _bytes = bytes;
        for (var table = 0; table < BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(4)); table++)
        {
            var entry = bytes.AsSpan(12 + (16 * table), 16);
            var (offset, length) = ((int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..]), (int)BinaryPrimitives.ReadUInt32BigEndian(entry[12..]));
            _tables[Encoding.ASCII.GetString(entry[..4])] = offset..(offset + length);
        }
    }

    public bool Has(string tag) => _tables.ContainsKey(tag);

    public ReadOnlySpan<byte> Table(string tag) => _bytes.AsSpan(_tables[tag]);

    public ushort Word(string tag, int offset) => BinaryPrimitives.ReadUInt16BigEndian(Table(tag)[offset..]);

    /// <summary>The outline of a glyph; empty for a space.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        // Short offsets are counted in pairs of bytes.
        var isLong = Word("head", 50) != 0;
        var (start, end) = isLong
            ? ((int)BinaryPrimitives.ReadUInt32BigEndian(Table("loca")[(4 * glyph)..]), (int)BinaryPrimitives.ReadUInt32BigEndian(Table("loca")[((4 * glyph) + 4)..]))
            : (2 * Word("loca", 2 * glyph), 2 * Word("loca", (2 * glyph) + 2));
        return Table("glyf")[start..end];
    }

    /// <summary>Writes a file of these tables, which come in the order of their tags.</summary>
    public static byte[] Write(IReadOnlyList<(string Tag, byte[] Content)> tables)
    {
        var offset = 12 + (16 * tables.Count);
        var bytes = new byte[offset + tables.Sum(table => Padded(table.Content.Length))];
        var directory = bytes.AsSpan(0, offset);
        BinaryPrimitives.WriteUInt32BigEndian(directory, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(directory[4..], (ushort)tables.Count);
        // Search fields: the largest power of two of entries, its logarithm, and the rest, each times the entry's 16 bytes.
        var log = System.Numerics.BitOperations.Log2((uint)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(directory[6..], (ushort)(16 << log));
        BinaryPrimitives.WriteUInt16BigEndian(directory[8..], (ushort)log);
        BinaryPrimitives.WriteUInt16BigEndian(directory[10..], (ushort)(16 * (tables.Count - (1 << log))));
        for (var table = 0; table < tables.Count; table++)
        {
            var (tag, content) = tables[table];
            content.CopyTo(bytes, offset);
            var entry = directory[(12 + (16 * table))..];
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(bytes.AsSpan(offset, Padded(content.Length))));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)content.Length);
            offset += Padded(content.Length);
        }

        return bytes;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static uint Checksum(ReadOnlySpan<byte> words)
    {
        var sum = 0u;
        for (; words.Length >= 4; words = words[4..])
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(words));

        return sum;
    }
}
