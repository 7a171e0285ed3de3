using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

public sealed class OutlineTests
{
    [Fact]
    public void Outline_OfInvoice_LeadsToItsGroupsAndWhatStandsBehindTheLines()
    {
        var pdf = new StrictPdf(SampleInvoices.WithAppendix(120));
        Assert.Equal(
            [
                "Invoice INV-2024-0042 on 1", "- Managed services on 1", "- Licences on 1", "- Projects and time on 1",
                "- Detail behind this invoice on 2", "-- Detail behind line 1: Service desk, September on 2", "-- Detail behind line 2: Microsoft 365 Business Premium on 5",
            ],
            Below(pdf, pdf.Catalog["Outlines"], ""));
    }

    [Fact]
    public void Outline_OfGroupsOverPages_NamesEachOnce()
    {
        var pdf = new StrictPdf(SampleInvoices.OfLines(300));
        Assert.Equal(
            ["Invoice INV-2024-0042 on 1", "- Managed services on 1", "- Licences on 4", "- Projects and time on 6"],
            Below(pdf, pdf.Catalog["Outlines"], ""));
    }

    /// <summary>Reads the entries forward, and sees that the way back and the counts agree.</summary>
    private static List<string> Below(StrictPdf pdf, object? parent, string indent)
    {
        var (titles, node) = (new List<string>(), pdf.Dictionary(parent));
        PdfReference? before = null;
        for (var next = node.GetValueOrDefault("First"); next is PdfReference reference; next = pdf.Dictionary(reference).GetValueOrDefault("Next"))
        {
            var entry = pdf.Dictionary(reference);
            Assert.Equal((before, parent), (entry.GetValueOrDefault("Prev"), entry["Parent"]));
            var place = pdf.List(entry["Dest"]);
            titles.Add($"{indent}{StrictPdf.Text(entry["Title"])} on {pdf.Pages.Index().Single(page => page.Item == pdf.Dictionary(place[0])).Index + 1}");
            Assert.InRange((decimal)place[3]!, 60m, 841.89m);
            titles.AddRange(Below(pdf, reference, indent.Length == 0 ? "- " : "-" + indent));
            before = reference;
        }

        Assert.Equal(before, node.GetValueOrDefault("Last"));
        if (titles.Count > 0)
            Assert.Equal((decimal)titles.Count, node["Count"]);

        return titles;
    }
}
