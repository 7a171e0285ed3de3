using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

public sealed class LogoImageTests
{
    [Fact]
    public void Logo_OfFewColours_IsAPaletteAndItsSoftEdgesAMask()
    {
        // Green that fades to nothing from left to right: one colour, and white where nothing is seen.
        var pdf = Of(Png.Of(256, 2, (x, _) => (0x0F, 0x76, 0x6E, (byte)(255 - x))));
        var logo = Logo(pdf);
        var space = pdf.List(logo.Dictionary["ColorSpace"]);
        Assert.Equal(("Indexed", "DeviceRGB", 1m), (StrictPdf.Name(space[0]), StrictPdf.Name(space[1]), (decimal)space[2]!));
        Assert.Equal([0x0F, 0x76, 0x6E, 0xFF, 0xFF, 0xFF], (byte[])space[3]!);
        Assert.Equal(255, StrictPdf.Content(logo).Count(color => color == 0) / 2);
        Assert.Equal(Enumerable.Range(0, 512).Select(at => (byte)(255 - (at % 256))), StrictPdf.Content(pdf.Stream(logo.Dictionary["SMask"])));
    }

    [Fact]
    public void Logo_OfManyColours_KeepsEachAndHasNoMask()
    {
        var pdf = Of(Png.Of(300, 40, (x, y) => ((byte)(x & 0xFF), (byte)(y * 5), (byte)((x + y) & 0xFF), 0xFF)));
        var logo = Logo(pdf);
        Assert.DoesNotContain("SMask", logo.Dictionary.Keys);
        Assert.Equal("DeviceRGB", StrictPdf.Name(logo.Dictionary["ColorSpace"]));
        // Each row is led by its filter; Paeth's guess is taken back here with the standard's own words.
        var (rows, before) = (StrictPdf.Content(logo).Chunk(901).ToArray(), new byte[900]);
        for (var y = 0; y < 40; y++)
        {
            Assert.Equal(4, rows[y][0]);
            var row = new byte[900];
            for (var at = 0; at < 900; at++)
            {
                var (a, b, c) = (at >= 3 ? row[at - 3] : 0, before[at], at >= 3 ? before[at - 3] : 0);
                var near = new[] { a, b, c }.MinBy(guess => Math.Abs(a + b - c - guess));
                row[at] = (byte)((rows[y][at + 1] + near) & 0xFF);
            }

            Assert.Equal(Enumerable.Range(0, 300).SelectMany(x => (byte[])[(byte)(x & 0xFF), (byte)(y * 5), (byte)((x + y) & 0xFF)]), row);
            before = row;
        }
    }

    [Theory]
    [InlineData(1600, 100, 800, 50)] // half: twice as wide as is sharp
    [InlineData(400, 800, 100, 200)] // a quarter: four times as high
    [InlineData(790, 190, 790, 190)]
    public void Logo_LargerThanIsSharp_IsMadeSmaller(int width, int height, int expectedWidth, int expectedHeight)
    {
        var logo = Logo(Of(Png.Of(width, height, (_, _) => (1, 2, 3, 0xFF))));
        Assert.Equal(((decimal)expectedWidth, (decimal)expectedHeight), ((decimal)logo.Dictionary["Width"]!, (decimal)logo.Dictionary["Height"]!));
    }

    [Fact]
    public void Logo_MadeSmaller_HasTheMeanOfWhatIsSeen()
    {
        // Columns of 200 that are seen and of 0 that are not: 200, half seen.
        var pdf = Of(Png.Of(1600, 4, (x, _) => x % 2 == 0 ? ((byte)200, (byte)200, (byte)200, (byte)255) : ((byte)0, (byte)0, (byte)0, (byte)0)));
        var logo = Logo(pdf);
        Assert.Equal([200, 200, 200], (byte[])pdf.List(logo.Dictionary["ColorSpace"])[3]!);
        Assert.All(StrictPdf.Content(pdf.Stream(logo.Dictionary["SMask"])), opacity => Assert.Equal(127, opacity));
    }

    [Fact]
    public void Logo_OnEveryInvoice_IsThatOfItsIssuer()
    {
        var renderer = new MspBilling.Adapters.Documents.PdfInvoiceRenderer();
        byte[] Rendered(byte shade) => renderer.Render(With(Png.Of(10, 10, (_, _) => (shade, 0, 0, 0xFF))));
        Assert.Equal(Rendered(1), Rendered(1));
        Assert.NotEqual(Rendered(1), Rendered(2));
    }

    private static InvoiceDocument With(byte[] png)
    {
        var document = SampleInvoices.OfLines(1);
        return document with { Issuer = document.Issuer with { Logo = png } };
    }

    private static StrictPdf Of(byte[] png) => new(With(png));

    private static PdfStream Logo(StrictPdf pdf) => pdf.Stream(pdf.Dictionary(pdf.Dictionary(pdf.Pages[0]["Resources"])["XObject"])["Logo"]);
}
