using MspBilling.Core;
using UglyToad.PdfPig.Content;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class InvoicePagesTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void Pages_Of300Lines_RepeatHeaderAndGroupAndCountThemselves()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(300));
        Assert.InRange(invoice.Pages.Count, 7, 9);
        for (var number = 1; number <= invoice.Pages.Count; number++)
        {
            var lines = RenderedInvoice.LinesOf(invoice.Pages[number - 1]).ToArray();
            Assert.Contains("No. Description Quantity Unit Unit price Discount Net", lines);
            Assert.EndsWith($"Page {number} of {invoice.Pages.Count}", lines[^1], StringComparison.Ordinal);
            if (number > 1)
                Assert.StartsWith("Northwind Managed IT Ltd · Zakłady Łódź sp. z o.o. Invoice INV-2024-0042", lines[0], StringComparison.Ordinal);
        }

        Assert.Contains("Managed services (continued)", invoice.Lines);
        // Every line once, in order.
        var numbers = invoice.Lines.Where(line => line.Contains(" seat ", StringComparison.Ordinal) || line.Contains(" h ", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, 300), numbers);
    }

    [Fact]
    public void Pages_OfAnyNumberOfLines_KeepTitlesAndTotalsInCompany()
    {
        // One line more at a time moves every break once over the foot of a page.
        for (var count = 15; count <= 75; count++)
        {
            using var invoice = new RenderedInvoice(SampleInvoices.OfLines(count));
            foreach (var page in invoice.Pages)
            {
                var lines = RenderedInvoice.LinesOf(page).ToArray();
                // Last of all stands the footer.
                Assert.False(lines[^2] is "Managed services" or "Licences" or "Projects and time", $"A title stands alone with {count} lines.");
            }

            var last = RenderedInvoice.LinesOf(invoice.Pages[^1]).ToArray();
            Assert.True(last.Any(line => line.StartsWith($"{count} ", StringComparison.Ordinal)), $"The totals lost their line with {count} lines.");
            Assert.Single(last, line => line.Contains("Subtotal €", StringComparison.Ordinal));
            Assert.Single(last, line => line.Contains("Total €", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(300)]
    public void Pages_OfLines_OverlapNothingAndStayInsideThePage(int count)
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(count));
        AssertClear(invoice);
    }

    [Fact]
    public void Pages_OfWideFigures_OverlapNothing()
    {
        var kwd = Currency.Of("KWD");
        var line = SampleInvoices.Line(1, kwd) with
        {
            Description = string.Join(' ', Enumerable.Repeat("monitoring", 30)),
            Quantity = -1234567.123456m,
            Unit = "terabyte-hours a month",
            UnitPrice = new UnitPrice(12345.123456789012m, kwd),
            Discount = new Money(-12345678.123m, kwd),
            Net = new Money(-123456789012.345m, kwd),
        };
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(line));
        AssertClear(invoice);
        Assert.Contains("-123,456,789,012.345", invoice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_OfAppendix_OverlapNothing()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.WithAppendix(120));
        AssertClear(invoice);
    }

    [Fact]
    public void Pages_OfWordWithoutSpaces_BreakItAndLoseNothing()
    {
        var word = string.Concat(Enumerable.Range(0, 300).Select(at => (char)('A' + (at % 26))));
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(SampleInvoices.Line(1, Eur) with { Description = word }));
        AssertClear(invoice);
        Assert.Contains(word, invoice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_OfDescriptionLongerThanAPage_GoOnOverIt()
    {
        var words = Enumerable.Range(1, 2500).Select(number => $"w{number}");
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(SampleInvoices.Line(1, Eur) with { Description = string.Join(' ', words) }));
        Assert.True(invoice.Pages.Count > 1);
        AssertClear(invoice);
        var read = invoice.Pages.SelectMany(page => page.GetWords()).Select(word => word.Text).Where(word => word is ['w', >= '0' and <= '9', ..]);
        Assert.Equal(words, read);
    }

    /// <summary>Every letter inside the page's margins; on each line of type no word reaches into the next.</summary>
    private static void AssertClear(RenderedInvoice invoice)
    {
        foreach (var page in invoice.Pages)
        {
            Assert.Equal((595, 842), ((int)page.Width, (int)Math.Round(page.Height)));
            Assert.All(page.Letters.Where(letter => letter.Value != " "), letter =>
            {
                Assert.InRange(letter.StartBaseLine.X, 44.5, 551);
                Assert.InRange(letter.EndBaseLine.X, 44.5, 551);
                Assert.InRange(letter.StartBaseLine.Y, 20, page.Height - 20);
            });
            foreach (var row in page.Letters.Where(letter => letter.Value != " ").GroupBy(letter => Math.Round(letter.StartBaseLine.Y * 4)))
            {
                Letter? before = null;
                foreach (var letter in row.OrderBy(letter => letter.StartBaseLine.X))
                {
                    Assert.True(
                        before is null || letter.StartBaseLine.X >= before.EndBaseLine.X - 0.3,
                        $"'{before?.Value}' and '{letter.Value}' overlap on page {page.Number} at {letter.StartBaseLine}.");
                    before = letter;
                }
            }
        }
    }
}
