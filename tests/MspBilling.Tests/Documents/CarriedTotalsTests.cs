using System.Globalization;
using MspBilling.Core;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class CarriedTotalsTests
{
    private const string Forward = "Carried forward ";
    private const string Brought = "Brought forward ";

    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void Pages_Of1000Lines_CarryTheSumOfTheirLines()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(1000));
        var carried = AssertCarried(invoice);
        Assert.Equal(invoice.Pages.Count - 1, carried.Count);
    }

    [Fact]
    public void Pages_Of1000ExplainedLines_AreMoreThan30()
    {
        var document = SampleInvoices.OfLines(1000);
        document = document with
        {
            Groups = [.. document.Groups.Select(group => group with { Lines = [.. group.Lines.Select(line => line with { Explanation = "By the hour, at the rate of the engineer's role." })] })],
        };
        using var invoice = new RenderedInvoice(document);
        Assert.InRange(invoice.Pages.Count, 31, 45);
        Assert.Equal(invoice.Pages.Count - 1, AssertCarried(invoice).Count);
    }

    [Fact]
    public void Pages_OfAnyNumberOfLines_CarryAboveTheFootAndNeverOntoNothing()
    {
        // One line more at a time moves every break once over the foot of a page.
        for (var count = 20; count <= 80; count++)
        {
            using var invoice = new RenderedInvoice(SampleInvoices.OfLines(count));
            Assert.Equal(invoice.Pages.Count - 1, AssertCarried(invoice).Count);
        }
    }

    [Fact]
    public void Pages_OfOneLineLongerThanAPage_CarryItsNetOnceItIsPrinted()
    {
        var line = SampleInvoices.Line(1, Eur) with { Description = string.Join(' ', Enumerable.Range(1, 2500)), Net = new Money(-12.34m, Eur) };
        using var invoice = new RenderedInvoice(SampleInvoices.OfLine(line));
        Assert.True(invoice.Pages.Count > 2);
        Assert.Equal(invoice.Pages.Count - 1, invoice.Lines.Count(each => each == Forward + "-12.34"));
        Assert.Equal(invoice.Pages.Count - 1, invoice.Lines.Count(each => each == Brought + "-12.34"));
    }

    [Fact]
    public void Pages_OfAppendix_CarryNothing()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.WithAppendix(200));
        Assert.True(invoice.Pages.Count > 3);
        Assert.DoesNotContain(invoice.Lines, line => line.StartsWith(Forward, StringComparison.Ordinal) || line.StartsWith(Brought, StringComparison.Ordinal));
    }

    /// <summary>Every page but the last ends with the sum of all lines so far, and the next begins with it, under its header.</summary>
    private static List<decimal> AssertCarried(RenderedInvoice invoice)
    {
        var (sum, carried) = (0m, new List<decimal>());
        foreach (var page in invoice.Pages)
        {
            var lines = RenderedInvoice.LinesOf(page).ToArray();
            if (page.Number > 1)
                Assert.Equal(Brought + carried[^1].ToString("N2", CultureInfo.InvariantCulture), lines[2]);

            sum += lines.Where(line => char.IsAsciiDigit(line[0]) && (line.Contains(" seat ", StringComparison.Ordinal) || line.Contains(" h ", StringComparison.Ordinal)))
                .Sum(line => decimal.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
            if (page.Number == invoice.Pages.Count)
                return carried;

            // Last of all stands the footer.
            Assert.Equal(Forward + sum.ToString("N2", CultureInfo.InvariantCulture), lines[^2]);
            carried.Add(sum);
        }

        return carried;
    }
}
