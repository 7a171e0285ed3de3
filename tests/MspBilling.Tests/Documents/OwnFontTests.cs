using MspBilling.Adapters.Documents;
using MspBilling.Adapters.Documents.Fonts;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Documents;
using MspBilling.Tests.Capture;
using MspBilling.Tests.Documents.Fonts;
using Xunit;

namespace MspBilling.Tests.Documents;

/// <summary>Documents in the MSP's own fonts.</summary>
public sealed class OwnFontTests
{
    private static readonly IssuerFonts Brand = new(TestFont.Of(FontFace.Regular), TestFont.Of(FontFace.Bold, name: "Brand-Bold"));

    [Fact]
    public void Render_WithFontsOfItsOwn_EmbedsThemAndReadsAsBefore()
    {
        var document = SampleInvoices.OfLines(12) with { BillTo = new BillTo { Name = "Corrib Foods" } };
        using var standard = new RenderedInvoice(document);
        using var own = new RenderedInvoice(document with { Issuer = document.Issuer with { Fonts = Brand } });

        // The fonts draw alike, so that the words are the same in the same places.
        Assert.Equal(standard.Lines, own.Lines);
        Assert.Equal(["AAAAAA+NotoSans-Bold", "BAAAAA+NotoSans-Regular"], FontsOf(standard));
        Assert.Contains("AAAAAA+Brand-Bold", FontsOf(own));
        Assert.Contains("BAAAAA+Brand-Regular", FontsOf(own));
        Assert.Equal(own.Bytes, new PdfInvoiceRenderer().Render(document with { Issuer = document.Issuer with { Fonts = Brand } }));
    }

    // The client's Greek name is in the embedded face; everything else is in the MSP's.
    [Fact]
    public void Render_TextThatTheFontLacks_IsDrawnWithTheEmbeddedOne()
    {
        var document = SampleInvoices.OfLines(2);
        using var own = new RenderedInvoice(document with { Issuer = document.Issuer with { Fonts = Brand }, BillTo = new BillTo { Name = "Αθηνά Analytics" } });

        Assert.Contains("Αθηνά Analytics", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', own.Text);
        var letters = own.Pages.SelectMany(page => page.Letters).ToList();
        Assert.EndsWith("NotoSans-Bold", letters.First(letter => letter.Value == "Α").FontName, StringComparison.Ordinal);
        Assert.EndsWith("Brand-Regular", letters.First(letter => letter.Value == "f").FontName, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_WithFonts_AreReadAndPrinted()
    {
        var fonts = $$"""{"regular":"{{Convert.ToBase64String(Brand.Regular.Span)}}","bold":"{{Convert.ToBase64String(Brand.Bold.Span)}}"}""";
        var settings = ImportFiles.Records<MspSettings>("msp-settings.json", With(fonts)).Single();

        Assert.Equal(Brand.Bold.ToArray(), PrintedParts.Issuer(settings).Fonts!.Bold.ToArray());
        Assert.Null(PrintedParts.Issuer(settings with { Fonts = null }).Fonts);
    }

    [Theory]
    [InlineData("""{"regular":"AAEAAAAS"}""", "fonts.regular is 'AAEAAAAS', expected a TrueType font, as .ttf files are; no .otf, .woff or .ttc")]
    [InlineData("""{"regular":"AAEAAAAS"}""", "fonts.bold: expected a TrueType font (.ttf) in base 64, but it is missing")]
    [InlineData("""{"bold":"brand.ttf"}""", "fonts.bold is 'brand.ttf', expected a TrueType font (.ttf) in base 64")]
    [InlineData("""{"italic":"AAEAAAAS"}""", "fonts.italic: expected no such property; known here are regular, bold")]
    public void Settings_WithWrongFonts_SayWhatAndWhere(string fonts, string problem) =>
        Assert.Contains(ImportFiles.Problems("msp-settings.json", With(fonts)), said => said.EndsWith(problem, StringComparison.Ordinal));

    private static string With(string fonts) => ImportFiles.Settings.Replace("\"logoPng\"", $"\"fonts\": {fonts}, \"logoPng\"", StringComparison.Ordinal);

    private static IEnumerable<string?> FontsOf(RenderedInvoice invoice) => invoice.Pages.SelectMany(page => page.Letters).Select(letter => letter.FontName).Distinct().Order();
}
