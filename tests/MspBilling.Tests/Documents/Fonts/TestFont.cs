using System.Buffers.Binary;
using System.Text;
using MspBilling.Adapters.Documents.Fonts;

namespace MspBilling.Tests.Documents.Fonts;

/// <summary>A font file of its own make: some characters of an embedded face, long offsets, a character map of format 12, a name.</summary>
internal static class TestFont
{
    public const string English = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u20AC";

    private static readonly string[] Cut = ["glyf", "head", "hhea", "hmtx", "loca", "maxp"];

    /// <param name="name">Its PostScript name; null for none.</param>
    /// <param name="rights">OS/2 fsType: 2 is restricted, 0x100 not to be cut down.</param>
    public static byte[] Of(FontFace face, string characters = English, string? name = "Brand-Regular", ushort rights = 0)
    {
        var subset = new FontSubset(face);
        subset.Add(characters);
        var file = new TrueTypeFile(subset.ToFontFile());
        var os2 = face.File.Table("OS/2").ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(os2.AsSpan(8), rights);
        List<(string Tag, byte[] Content)> tables = [("OS/2", os2), ("cmap", Map([.. characters.Distinct().Order()], subset))];
        tables.AddRange(Cut.Select(tag => (tag, file.Table(tag).ToArray())));
        if (name is not null)
            tables.Add(("name", Name(name)));
        return TrueTypeFile.Write(tables);
    }

    private static byte[] Map(char[] characters, FontSubset subset)
    {
        var map = new byte[12 + 16 + (12 * characters.Length)];
        Words(map, 0, 0, 1, 3, 10);
        Long(map, 8, 12);
        Words(map, 12, 12);
        Long(map, 16, (uint)(map.Length - 12));
        Long(map, 24, (uint)characters.Length);
        for (var i = 0; i < characters.Length; i++)
        {
            Long(map, 28 + (12 * i), characters[i]);
            Long(map, 32 + (12 * i), characters[i]);
            Long(map, 36 + (12 * i), subset.Glyph(characters[i]));
        }

        return map;
    }

    private static byte[] Name(string name)
    {
        var text = Encoding.BigEndianUnicode.GetBytes(name);
        var table = new byte[18 + text.Length];
        Words(table, 0, 0, 1, 18, 3, 1, 0x409, 6, (ushort)text.Length, 0);
        text.CopyTo(table, 18);
        return table;
    }

    private static void Words(byte[] bytes, int at, params ReadOnlySpan<ushort> words)
    {
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + (2 * i)), words[i]);
    }

    private static void Long(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);
}
