using MspBilling.Adapters.Documents.Pdf;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

public sealed class PngImageTests
{
    [Theory]
    // Two points: black and white, or what comes nearest.
    [InlineData(1, 0, "40", "000000FF FFFFFFFF")]
    [InlineData(2, 0, "60", "555555FF AAAAAAFF")] // 01 and 10 of 0 to 3
    [InlineData(4, 0, "0F", "000000FF FFFFFFFF")]
    [InlineData(8, 0, "807F", "808080FF 7F7F7FFF")]
    [InlineData(16, 0, "80FF7F00", "808080FF 7F7F7FFF")] // the low byte is not seen
    [InlineData(8, 2, "102030405060", "102030FF 405060FF")]
    [InlineData(16, 2, "100020003000400050006000", "102030FF 405060FF")]
    [InlineData(8, 4, "10204030", "10101020 40404030")]
    [InlineData(8, 6, "1020300140506002", "10203001 40506002")]
    [InlineData(16, 6, "10002000300001004000500060000200", "10203001 40506002")]
    public void Pixels_OfEveryKind_AreColoursAndOpacity(byte depth, byte kind, string row, string expected) =>
        Assert.Equal(expected, Pixels(Png.File(2, 1, depth, kind, [Convert.FromHexString(row)])));

    [Theory]
    [InlineData(1, "40")]
    [InlineData(2, "10")]
    [InlineData(4, "01")]
    [InlineData(8, "0001")]
    public void Pixels_OfPalette_HaveItsColoursAndOpacities(byte depth, string row) =>
        Assert.Equal("0A0B0C80 0D0E0FFF", Pixels(Png.File(2, 1, depth, 3, [Convert.FromHexString(row)], chunks: [("PLTE", [10, 11, 12, 13, 14, 15]), ("tRNS", [0x80])])));

    [Theory]
    [InlineData(0, "0102", "0002", "010101FF 02020200")]
    [InlineData(2, "010203010204", "000100020003", "01020300 010204FF")]
    public void Pixels_OfTheColourThatIsNotDrawn_AreSeenThrough(byte kind, string row, string transparent, string expected) =>
        Assert.Equal(expected, Pixels(Png.File(2, 1, 8, kind, [Convert.FromHexString(row)], chunks: [("tRNS", Convert.FromHexString(transparent))])));

    [Theory]
    // The row 20 40 80 under 10 20 30, as its difference to each filter's guess.
    [InlineData(0, "142850")] // no guess: 20 40 80
    [InlineData(1, "141428")] // left, 0 20 40: 20 20 40
    [InlineData(2, "0A1432")] // above, 10 20 30: 10 20 50
    [InlineData(3, "0F142D")] // their mean, 5 20 35: 15 20 45
    [InlineData(4, "0A1428")] // the nearest to left + above - corner, 10 20 40: 10 20 40
    public void Pixels_OfFilteredRow_AreWhatWasFiltered(byte filter, string stored)
    {
        var image = new PngImage(Png.FileOfFiltered(3, 2, 8, 0, [[0, 10, 20, 30], [filter, .. Convert.FromHexString(stored)]], interlaced: false));

        Assert.Equal([10, 20, 30, 20, 40, 80], image.Pixels.Where((_, at) => at % 4 == 0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    [InlineData(8, 8)]
    [InlineData(19, 13)]
    public void Pixels_OfInterlacedImage_StandWhereTheyBelong(int width, int height)
    {
        // The pass in which each point of every eight by eight comes (ISO/IEC 15948, 8.2).
        string[] passes = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];
        byte Value(int x, int y) => (byte)((y * 19) + x);
        var rows = from pass in "1234567"
                   from y in Enumerable.Range(0, height)
                   let row = Enumerable.Range(0, width).Where(x => passes[y % 8][x % 8] == pass).Select(x => Value(x, y)).ToArray()
                   where row.Length > 0
                   select row;

        var image = new PngImage(Png.File(width, height, 8, 0, rows, interlaced: true));

        Assert.Equal(Enumerable.Range(0, width * height).Select(at => Value(at % width, at / width)), image.Pixels.Where((_, at) => at % 4 == 0));
    }

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "no PNG", [1, 2, 3] },
        { "cut off", Png.Of(20, 20, (x, y) => ((byte)((x * y) & 0xFF), 0, 0, 255))[..^30] },
        { "too few rows", Png.File(2, 2, 8, 0, [[1, 2]]) },
        { "an unknown filter", Png.FileOfFiltered(1, 1, 8, 0, [[9, 1]], interlaced: false) },
        { "a colour that its palette lacks", Png.File(1, 1, 8, 3, [[1]], chunks: [("PLTE", [1, 2, 3])]) },
        { "no width", Png.File(0, 1, 8, 0, [[]]) },
        { "more points than can be", Png.File(60_000, 60_000, 8, 0, []) },
        { "three bits", Png.File(1, 1, 3, 0, [[1]]) },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Image_ThatIsDamaged_IsRefused(string damage, byte[] png) =>
        Assert.True(Record.Exception(() => new PngImage(png)) is FormatException, $"A file with {damage} was not refused as it should be.");

    private static string Pixels(byte[] png) => string.Join(' ', new PngImage(png).Pixels.Chunk(4).Select(Convert.ToHexString));
}
