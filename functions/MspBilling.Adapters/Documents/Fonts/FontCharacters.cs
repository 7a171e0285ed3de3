using System.Buffers.Binary;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>Which glyph stands for which character (ISO/IEC 14496-22, 5.2, cmap): Unicode of the basic plane, in format 4 or 12.</summary>
internal static class FontCharacters
{
    private const int Windows = 3;
    private const int UnicodePlatform = 0;
    private const int WindowsBasic = 1;
    private const int WindowsFull = 10;

    /// <exception cref="FormatException">The file has no such map.</exception>
    public static IEnumerable<(char Character, ushort Glyph)> Of(TrueTypeFile file)
    {
        var table = file.Table("cmap").ToArray();
        var maps = Enumerable.Range(0, Word(table, 2)).Select(record => (Platform: Word(table, 4 + (8 * record)), Encoding: Word(table, 6 + (8 * record)), Start: (int)BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(8 + (8 * record)))))
            .Where(map => map.Platform == UnicodePlatform || (map.Platform == Windows && map.Encoding is WindowsBasic or WindowsFull))
            .Select(map => table[map.Start..]).ToList();
        return maps.Find(map => Word(map, 0) == 4) is { } segments ? OfSegments(segments)
            : maps.Find(map => Word(map, 0) == 12) is { } groups ? OfGroups(groups)
            : throw new FormatException("It has no map from Unicode to its glyphs.");
    }

    private static IEnumerable<(char Character, ushort Glyph)> OfSegments(byte[] map)
    {
        var doubled = Word(map, 6);
        for (var segment = 0; segment < doubled; segment += 2)
        {
            var (end, start) = (Word(map, 14 + segment), Word(map, 16 + doubled + segment));
            var delta = Word(map, 16 + (2 * doubled) + segment);
            var rangeAt = 16 + (3 * doubled) + segment;
            for (int character = start; character <= end && character != char.MaxValue; character++)
            {
                var range = Word(map, rangeAt);
                var glyph = range == 0 ? character : Word(map, rangeAt + range + (2 * (character - start)));
                yield return ((char)character, glyph == 0 ? (ushort)0 : (ushort)((glyph + delta) & 0xFFFF));
            }
        }
    }

    private static IEnumerable<(char Character, ushort Glyph)> OfGroups(byte[] map)
    {
        for (var group = 0u; group < Long(map, 12); group++)
        {
            var at = 16 + (12 * (int)group);
            var (start, end, glyph) = (Long(map, at), Long(map, at + 4), Long(map, at + 8));
            for (var character = start; character <= Math.Min(end, char.MaxValue - 1u); character++)
                yield return ((char)character, (ushort)((glyph + (character - start)) & 0xFFFF));
        }
    }

    private static ushort Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private static uint Long(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
