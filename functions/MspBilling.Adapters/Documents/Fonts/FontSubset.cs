using System.Buffers.Binary;

namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>The characters of one face that one document uses, and a font file of just those.</summary>
/// <remarks>
/// A file of some ninety glyphs is what makes an invoice small and quick. It has the tables that PDF asks for (ISO 32000-1, 9.9) and no others:
/// which glyph stands for which character is told outside of it.
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

    /// <summary>In the order of their glyphs, of which the first is number 1; known once the file is made.</summary>
    public IReadOnlyList<char> Characters { get; private set; } = [];

    /// <summary>What each glyph up to the last character's advances, in the face's units; glyph 0 first.</summary>
    public IEnumerable<ushort> Widths => Characters.Select(face.Glyph).Prepend((ushort)0).Select(face.Advance);

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

        Characters = characters;
        var (outlines, offsets) = Outlines(sources);
        return TrueTypeFile.Write(
        [
            .. Whole("cvt ", "fpgm"),
            ("glyf", outlines),
            ("head", Patched("head", 50, 1)),
            ("hhea", Patched("hhea", 34, (ushort)sources.Count)),
            ("hmtx", Metrics(sources)),
            ("loca", offsets),
            ("maxp", Patched("maxp", 4, (ushort)sources.Count)),
            .. Whole("prep"),
        ]);
    }

    // What the outlines' own instructions call, where the face has any.
    private IEnumerable<(string Tag, byte[] Content)> Whole(params string[] tags) => tags.Where(face.File.Has).Select(tag => (tag, face.File.Table(tag).ToArray()));

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

    private byte[] Patched(string tag, int offset, ushort value)
    {
        var table = face.File.Table(tag).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(offset), value);
        return table;
    }
}
