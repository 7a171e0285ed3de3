using System.Buffers.Binary;
using System.Text;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>The characters of one face that one document uses, and a font file of just those.</summary>
/// <remarks>
/// SkiaSharp's native library is built without a font subsetter: it embeds the whole file it is given and deflates it
/// anew for every document. Handing it a file of some ninety glyphs is what makes an invoice small and quick.
/// Every character has a glyph of its own, even where the face shares one, so that the text that is copied from the page
/// is the text that was printed.
/// </remarks>
internal sealed class FontSubset(FontFace face)
{
    private const int ComponentFlagsWide = 0x0001;
    private const int ComponentFlagsScale = 0x0008;
    private const int ComponentFlagsMore = 0x0020;
    private const int ComponentFlagsTwoScales = 0x0040;
    private const int ComponentFlagsMatrix = 0x0080;

    private readonly bool[] _used = new bool[face.Characters.Count];
    private readonly ushort[] _glyphs = new ushort[face.Characters.Count];

    /// <summary>Takes the text's characters into the subset.</summary>
    public void Add(ReadOnlySpan<char> prepared)
    {
        foreach (var character in prepared)
            _used[face.Place(character)] = true;
    }

    /// <summary>The character's glyph in the file that was made.</summary>
    public ushort Glyph(char character) => _glyphs[face.Place(character)];

    public byte[] ToFontFile()
    {
        // Glyph 0 is the face's "not defined"; parts of composed glyphs (ó = o + acute) come after the characters.
        var characters = face.Characters.Where((_, place) => _used[place]).ToArray();
        var sources = new List<ushort>(characters.Length + 16) { 0 };
        foreach (var character in characters)
        {
            _glyphs[face.Place(character)] = (ushort)sources.Count;
            sources.Add(face.Glyph(character));
        }

        var (outlines, offsets) = Outlines(sources);
        return TrueTypeFile.Write(
        [
            ("OS/2", face.File.Table("OS/2").ToArray()),
            ("cmap", CharacterMap(characters)),
            ("glyf", outlines),
            ("head", Patched("head", 50, 1)),
            ("hhea", Patched("hhea", 34, (ushort)sources.Count)),
            ("hmtx", Metrics(sources)),
            ("loca", offsets),
            ("maxp", Patched("maxp", 4, (ushort)sources.Count)),
            ("name", PostScriptName()),
            ("post", [0, 3, 0, 0, .. face.File.Table("post")[4..32]]),
        ]);
    }

    private (byte[] Outlines, byte[] Offsets) Outlines(List<ushort> sources)
    {
        using var outlines = new MemoryStream(16 * 1024);
        var ends = new List<uint>(sources.Count + 1) { 0 };
        for (var glyph = 0; glyph < sources.Count; glyph++)
        {
            var outline = face.File.Outline(sources[glyph]).ToArray();
            if (outline.Length > 0 && BinaryPrimitives.ReadInt16BigEndian(outline) < 0)
                RenumberComponents(outline, sources);

            outlines.Write(outline);
            ends.Add((uint)outlines.Length);
        }

        var offsets = new byte[4 * ends.Count];
        for (var glyph = 0; glyph < ends.Count; glyph++)
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), ends[glyph]);

        return (outlines.ToArray(), offsets);
    }

    private static void RenumberComponents(Span<byte> outline, List<ushort> sources)
    {
        var component = outline[10..];
        while (true)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(component);
            var source = BinaryPrimitives.ReadUInt16BigEndian(component[2..]);
            var glyph = sources.IndexOf(source);
            if (glyph < 0)
            {
                glyph = sources.Count;
                sources.Add(source);
            }

            BinaryPrimitives.WriteUInt16BigEndian(component[2..], (ushort)glyph);
            if ((flags & ComponentFlagsMore) == 0)
                return;

            var scale = (flags & ComponentFlagsMatrix) != 0 ? 8 : (flags & ComponentFlagsTwoScales) != 0 ? 4 : (flags & ComponentFlagsScale) != 0 ? 2 : 0;
            component = component[(4 + ((flags & ComponentFlagsWide) != 0 ? 4 : 2) + scale)..];
        }
    }

    private byte[] Metrics(List<ushort> sources)
    {
        var (metrics, full) = (new byte[4 * sources.Count], face.File.Word("hhea", 34));
        for (var glyph = 0; glyph < sources.Count; glyph++)
        {
            var source = sources[glyph];
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(4 * glyph), face.Advance(source));
            // Glyphs after the last full entry have only a bearing, two bytes each.
            var bearing = source < full ? (4 * source) + 2 : (4 * full) + (2 * (source - full));
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan((4 * glyph) + 2), face.File.Word("hmtx", bearing));
        }

        return metrics;
    }

    /// <summary>One Unicode subtable of format 12, one group for characters that follow each other.</summary>
    private static byte[] CharacterMap(char[] characters)
    {
        var groups = new List<(int First, int Last, int Glyph)>();
        for (var at = 0; at < characters.Length; at++)
        {
            if (at > 0 && characters[at] == characters[at - 1] + 1)
                groups[^1] = groups[^1] with { Last = characters[at] };
            else
                groups.Add((characters[at], characters[at], at + 1));
        }

        var length = 16 + (12 * groups.Count);
        var map = new byte[12 + length];
        void Write(int offset, int value) => BinaryPrimitives.WriteInt32BigEndian(map.AsSpan(offset), value);
        Write(0, 1);
        Write(4, 0x0003000A);
        Write(8, 12);
        Write(12, 12 << 16);
        Write(16, length);
        Write(24, groups.Count);
        for (var group = 0; group < groups.Count; group++)
        {
            Write(28 + (12 * group), groups[group].First);
            Write(32 + (12 * group), groups[group].Last);
            Write(36 + (12 * group), groups[group].Glyph);
        }

        return map;
    }

    private byte[] PostScriptName()
    {
        var name = Encoding.BigEndianUnicode.GetBytes(face == FontFace.Bold ? "NotoSans-Bold" : "NotoSans-Regular");
        // Version 0, one record: platform Windows, Unicode, American English, name 6.
        return [0, 0, 0, 1, 0, 18, 0, 3, 0, 1, 4, 9, 0, 6, 0, (byte)name.Length, 0, 0, .. name];
    }

    private byte[] Patched(string tag, int offset, ushort value)
    {
        var table = face.File.Table(tag).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(offset), value);
        return table;
    }
}
