using MspBilling.Adapters.Documents.Fonts;
using Xunit;

namespace MspBilling.Tests.Documents.Fonts;

/// <summary>A font of the MSP's own is looked at when its settings come: what is taken can be printed with.</summary>
public sealed class FontFileTests
{
    public static TheoryData<string, byte[], string> Wrong => new()
    {
        { "no font", [.. "not a font at all"u8], "a TrueType font, as .ttf files are; no .otf, .woff or .ttc" },
        { "OpenType with PostScript outlines", [.. "OTTO"u8, .. new byte[20]], "a TrueType font, as .ttf files are; no .otf, .woff or .ttc" },
        { "empty", [], "a TrueType font, as .ttf files are; no .otf, .woff or .ttc" },
        { "too large", new byte[FontFile.MostBytes + 1], "a font of at most 225,000 bytes, not 225,001; cut it down to the letters that you need" },
        { "restricted", TestFont.Of(FontFace.Regular, rights: 2), "a font that says it may be embedded and cut down (OS/2 fsType); ask its maker for one" },
        { "not to be cut down", TestFont.Of(FontFace.Regular, rights: 0x100), "a font that says it may be embedded and cut down (OS/2 fsType); ask its maker for one" },
        { "no euro", TestFont.Of(FontFace.Regular, TestFont.English.Replace("\u20AC", "", StringComparison.Ordinal)), "a font with at least the letters, figures and signs of English and the euro sign; this one has no \u20AC" },
        { "no outlines", TrueTypeFile.Write([("head", new byte[60])]), "a TrueType font with outlines; this one has no table 'OS/2'" },
        { "cut off", TestFont.Of(FontFace.Regular)[..^2000], "a TrueType font that can be read; this one is damaged" },
    };

    [Fact]
    public void ProblemOf_FontsThatCanBePrintedWith_IsNone()
    {
        Assert.Null(FontFile.ProblemOf(TestFont.Of(FontFace.Regular)));
        Assert.Null(FontFile.ProblemOf(TestFont.Of(FontFace.Bold, name: null)));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void ProblemOf_FontThatCannotBePrintedWith_SaysWhy(string what, byte[] bytes, string problem) => Assert.True(problem == FontFile.ProblemOf(bytes), $"{what}: {FontFile.ProblemOf(bytes)}");

    // Damaged anywhere it is refused, or can be printed with.
    [Fact]
    public void ProblemOf_DamagedFont_NeverThrowsAndWhatIsTakenCanBeCutDown()
    {
        var random = new Random(20240901);
        var right = TestFont.Of(FontFace.Regular);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = right.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(random.Next(4) == 0 ? bytes.Length : 400)] = (byte)random.Next(256);
            if (FontFile.ProblemOf(bytes) is null)
            {
                var face = FontFace.Of(bytes, isBold: false);
                var subset = new FontSubset(face);
                subset.Add(face.Prepare("Total 1,234.50 \u20AC"));
                Assert.NotEmpty(subset.ToFontFile());
                Assert.True(face.Width("Total", 10) >= 0);
            }
        }
    }
}
