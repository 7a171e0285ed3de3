namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>Which character each glyph stands for, so that text can be searched and copied (ToUnicode, ISO 32000-1, 9.10.3).</summary>
internal static class CharacterMap
{
    // A block may hold a hundred ranges.
    private const int MostInBlock = 100;

    /// <param name="characters">In the order of their glyphs, of which the first is number 1.</param>
    public static ReadOnlySpan<byte> Of(IReadOnlyList<char> characters)
    {
        var map = new PdfBytes(2048);
        map.Raw("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"u8);
        map.Raw("/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"u8);
        foreach (var block in Ranges(characters).Chunk(MostInBlock))
        {
            map.Number(block.Length).Raw(" beginbfrange\n"u8);
            foreach (var (first, last) in block)
                Word(Word(Word(map, first + 1), last + 1), characters[first]).Raw((byte)'\n');

            map.Raw("endbfrange\n"u8);
        }

        map.Raw("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"u8);
        return map.Span;
    }

    /// <summary>Characters that follow each other, as far as neither their first byte changes nor their glyphs'.</summary>
    private static IEnumerable<(int First, int Last)> Ranges(IReadOnlyList<char> characters)
    {
        for (var first = 0; first < characters.Count;)
        {
            var last = first;
            while (last + 1 < characters.Count && characters[last + 1] == characters[last] + 1 && (characters[last + 1] & 0xFF) != 0 && ((last + 2) & 0xFF) != 0)
                last++;

            yield return (first, last);
            first = last + 1;
        }
    }

    private static PdfBytes Word(PdfBytes map, int value) => map.Hex([(byte)(value >> 8), (byte)(value & 0xFF)]);
}
