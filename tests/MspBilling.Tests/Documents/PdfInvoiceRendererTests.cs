using MspBilling.Adapters.Documents;
using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Tests.Documents.Pdf;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class PdfInvoiceRendererTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void Render_OfInvoice_PrintsEveryFigureAndNameInReadingOrder()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(60));
        string[] inOrder =
        [
            "Northwind Managed IT Ltd", "Bill to", "Zakłady Łódź sp. z o.o.", "90-926 Łódź", "INV-2024-0042", "1 Sept 2024 – 30 Sept 2024", "Amount due",
            "Managed services", "Service desk Łódź", "Server care Αθήνα", "Backup Київ", "3,560.95", "Licences", "3,272.79", "Projects and time",
            // 3,560.95 + 3,272.79 + 4,339.16 = 11,172.90, and 23 % of that, 2,569.767, rounded once.
            "4,339.16", "Subtotal", "€11,172.90", "VAT 23% on €11,172.90", "€2,569.77", "Total", "€13,742.67", "Reverse charge", "Payment", "IBAN IE29",
        ];
        var at = 0;
        foreach (var expected in inOrder)
        {
            var found = invoice.Text.IndexOf(expected, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{expected}' does not follow what stands before it.");
            at = found;
        }
    }

    [Fact]
    public void Render_OfLine_PrintsItsCellsAsGiven()
    {
        var line = SampleInvoices.Line(1, Eur) with
        {
            Description = "Seat added",
            Explanation = "17 of 30 days",
            Quantity = -1.5m,
            UnitPrice = new UnitPrice(0.0000004m, Eur),
            Discount = new Money(-3.21m, Eur),
            Net = new Money(-1234567.89m, Eur),
        };
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(line));
        Assert.Contains("1 Seat added -1.5 seat 0.0000004 -3.21 -1,234,567.89", invoice.Lines);
        Assert.Contains("17 of 30 days", invoice.Lines);
        Assert.Contains("Amount in your favour Due date", string.Join(' ', invoice.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JPY", "5", "JPY 5", "JPY 6")] // 23 % of 5 is 1.15: 1
    [InlineData("KWD", "5.125", "KWD 5.125", "KWD 6.304")] // 1.17875: 1.179
    [InlineData("EUR", "5.10", "€5.10", "€6.27")] // 1.173: 1.17
    public void Render_InCurrency_PrintsItsPlaces(string code, string net, string subtotal, string total)
    {
        var currency = Currency.Of(code);
        var money = new Money(decimal.Parse(net, System.Globalization.CultureInfo.InvariantCulture), currency);
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(SampleInvoices.Line(1, currency) with { Net = money }));
        var text = invoice.Text.Replace('\u00A0', ' ');
        Assert.Contains($"Subtotal{subtotal}VAT", text, StringComparison.Ordinal);
        Assert.Contains($"Total{total}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_OfPreview_HasWatermarkOnEveryPageAndNoNumber()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(60) with { Number = null, Watermark = "DRAFT" });
        Assert.Equal(2, invoice.Pages.Count);
        Assert.All(invoice.Pages, page => Assert.StartsWith("DRAFT", page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("Invoice number", invoice.Text, StringComparison.Ordinal);
        Assert.Equal("Invoice", invoice.Information.Title);
    }

    [Fact]
    public void Render_OfAppendix_ShowsWhatStandsBehindEachLine()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.WithAppendix(90));
        Assert.Contains("Detail behind this invoice", invoice.Lines);
        Assert.Contains("14 Sept 2024 CFQ7TTC0LCHC Seat added, 17 of 30 days 1 seat Billed 11.16", invoice.Lines);
        Assert.Contains(invoice.Lines, line => line.Contains("Covered by included", StringComparison.Ordinal));
        Assert.Contains("Detail behind line 1: Service desk, September (continued)", invoice.Lines);
    }

    [Fact]
    public void Render_OfCharactersThatTheFontLacks_ShowsAReplacementForEach()
    {
        var line = SampleInvoices.Line(1, Eur) with { Description = "x漢字😀\u0007y e\u0301a\u00ADb" };
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(line));
        // Two ideographs and one emoji are three replacements; a control character is a space; e and its accent are one letter.
        Assert.Contains("x\uFFFD\uFFFD\uFFFD y éab", invoice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Twice_GivesTheSameBytesAndNoClock()
    {
        var first = new PdfInvoiceRenderer().Render(SampleInvoices.WithAppendix(20));
        var second = new PdfInvoiceRenderer().Render(SampleInvoices.WithAppendix(20));
        Assert.Equal(first, second);

        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(3));
        Assert.StartsWith("D:20240930000000", invoice.Information.CreationDate, StringComparison.Ordinal);
        Assert.StartsWith("D:20240930000000", invoice.Information.ModifiedDate, StringComparison.Ordinal);
        Assert.Equal("Invoice INV-2024-0042", invoice.Information.Title);
        Assert.Equal("Northwind Managed IT Ltd", invoice.Information.Author);
        Assert.Equal("1 Sept 2024 – 30 Sept 2024, Zakłady Łódź sp. z o.o.", invoice.Information.Subject);
    }

    [Fact]
    public void Render_OnManyThreads_GivesTheSameBytes()
    {
        var renderer = new PdfInvoiceRenderer();
        InvoiceDocument[] documents = [SampleInvoices.OfLines(60), SampleInvoices.WithAppendix(40), SampleInvoices.OfLines(1)];
        var expected = documents.Select(renderer.Render).ToArray();
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number => Assert.Equal(expected[number % 3], renderer.Render(documents[number % 3])));
    }

    [Fact]
    public void Render_OfTwoPages_IsSmallWithItsFontsInside()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(60));
        Assert.Equal(2, invoice.Pages.Count);
        Assert.InRange(invoice.Bytes.Length, 1, 80 * 1024);

        var fonts = invoice.Pages.SelectMany(page => page.Letters).Select(letter => letter.FontName).Distinct().Order().ToArray();
        Assert.Equal(["AAAAAA+NotoSans-Bold", "BAAAAA+NotoSans-Regular"], fonts);
        // Only of font files a reader is told the length before they were deflated.
        Assert.Equal(2, new StrictPdf(invoice.Bytes).Streams.Count(stream => stream.Dictionary.ContainsKey("Length1")));
    }

    [Fact]
    public void Render_WithLogoThatIsNoImage_SaysSo()
    {
        var document = SampleInvoices.OfLines(1);
        document = document with { Issuer = document.Issuer with { Logo = new byte[] { 1, 2, 3 } } };
        Assert.Contains("not a PNG image", Assert.Throws<ArgumentException>(() => new PdfInvoiceRenderer().Render(document)).Message, StringComparison.Ordinal);
    }
}
