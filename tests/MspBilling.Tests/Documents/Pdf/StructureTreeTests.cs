using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

public sealed class StructureTreeTests
{
    public static TheoryData<string> Documents => [.. Samples.Keys];

    private static Dictionary<string, InvoiceDocument> Samples { get; } = new(StringComparer.Ordinal)
    {
        ["one line"] = SampleInvoices.OfLines(1),
        ["two pages and a watermark"] = SampleInvoices.OfLines(60) with { Watermark = "DRAFT" },
        ["300 lines"] = SampleInvoices.OfLines(300),
        ["an appendix"] = SampleInvoices.WithAppendix(120),
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Tree_OfDocument_HoldsEveryPieceThatIsNotDecorationOnce(string name)
    {
        var pdf = new StrictPdf(Samples[name]);
        var parents = List(pdf, pdf.Dictionary(Root(pdf)["ParentTree"])["Nums"]);
        Assert.Equal(2 * pdf.Pages.Count, parents.Count);
        var told = Told(pdf, Root(pdf)["K"]).ToList();
        for (var page = 0; page < pdf.Pages.Count; page++)
        {
            Assert.Equal((decimal)page, pdf.Pages[page]["StructParents"]);
            var pieces = MarkedPiece.Of(StrictPdf.Content(pdf.Stream(pdf.Pages[page]["Contents"])));
            Assert.All(pieces.Where(piece => piece.Number is null), piece => Assert.Equal("Artifact", piece.Tag));
            var numbered = pieces.Where(piece => piece.Number is not null).ToArray();
            Assert.Equal(Enumerable.Range(0, numbered.Length), numbered.Select(piece => piece.Number!.Value));
            Assert.All(numbered, piece => Assert.True(piece.Drawn > 0, $"Piece {piece.Number} draws nothing."));

            // From the piece to its element by the parent tree, and from the element to the piece by its kids: the same.
            var owners = List(pdf, parents[(2 * page) + 1]).Cast<PdfReference>().Select(reference => reference.Number).ToArray();
            var byTree = told.Where(mark => mark.Page == pdf.Pages[page]).OrderBy(mark => mark.Piece).ToArray();
            Assert.Equal(owners, byTree.Select(mark => mark.Element));
            Assert.Equal(numbered.Select(piece => piece.Tag), byTree.Select(mark => mark.Role));
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Tree_OfDocument_HasRowsOfAsManyColumnsInEachTable(string name)
    {
        var pdf = new StrictPdf(Samples[name]);
        foreach (var table in Elements(pdf, Root(pdf)["K"]).Where(element => Role(element) == "Table"))
        {
            var rows = Kids(pdf, table).ToArray();
            Assert.All(rows, row => Assert.Equal("TR", Role(row)));
            var columns = Kids(pdf, rows[0]).Count();
            Assert.All(Kids(pdf, rows[0]), cell => Assert.Equal(("TH", "Column"), (Role(cell), StrictPdf.Name(pdf.Dictionary(cell["A"])["Scope"]))));
            Assert.All(rows, row => Assert.Equal(columns, Kids(pdf, row).Sum(cell => cell.TryGetValue("A", out var a) && pdf.Dictionary(a).TryGetValue("ColSpan", out var span) ? (int)(decimal)span! : 1)));
        }
    }

    [Fact]
    public void Tree_OfInvoice_IsToldInReadingOrder()
    {
        var pdf = new StrictPdf(SampleInvoices.WithAppendix(5));
        Assert.True((bool)pdf.Dictionary(pdf.Catalog["MarkInfo"])["Marked"]!);
        Assert.Equal("en-IE", StrictPdf.Text(pdf.Catalog["Lang"]));
        var roles = Kids(pdf, pdf.Dictionary(Root(pdf)["K"])).Select(Role).ToArray();
        Assert.Equal(["Figure", "P"], roles[..2]);
        Assert.Equal(["H1", "P", "Table", "P", "H2", "H3", "Table", "H3", "Table"], roles[2..].Where((role, at) => role != "P" || roles[at + 1] != "P").ToArray());
        Assert.Equal("Northwind Managed IT Ltd", StrictPdf.Text(Kids(pdf, pdf.Dictionary(Root(pdf)["K"])).First()["Alt"]));
    }

    [Fact]
    public void Tree_OfTableOverPages_TellsItsHeaderOnceAndNoCarriedSum()
    {
        var pdf = new StrictPdf(SampleInvoices.OfLines(300));
        var table = Assert.Single(Elements(pdf, Root(pdf)["K"]), element => Role(element) == "Table");
        // The header, three titles and three subtotals, and the lines.
        Assert.Equal(1 + 3 + 3 + 300, Kids(pdf, table).Count());
    }

    private static IReadOnlyDictionary<string, object?> Root(StrictPdf pdf) => pdf.Dictionary(pdf.Catalog["StructTreeRoot"]);

    private static List<object?> List(StrictPdf pdf, object? value) => pdf.List(value);

    private static string Role(IReadOnlyDictionary<string, object?> element) => StrictPdf.Name(element["S"]);

    private static List<object?> KidValues(StrictPdf pdf, IReadOnlyDictionary<string, object?> element) => pdf.Resolve(element["K"]) is List<object?> kids ? kids : [element["K"]];

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Kids(StrictPdf pdf, IReadOnlyDictionary<string, object?> element) =>
        KidValues(pdf, element).OfType<PdfReference>().Select(pdf.Dictionary);

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Elements(StrictPdf pdf, object? element) =>
        Kids(pdf, pdf.Dictionary(element)).SelectMany(kid => KidValues(pdf, kid).OfType<PdfReference>().Any() ? Elements(pdf, kid).Prepend(kid) : [kid]);

    private static IEnumerable<(int Element, string Role, IReadOnlyDictionary<string, object?> Page, int Piece)> Told(StrictPdf pdf, object? reference)
    {
        var (number, element) = (((PdfReference)reference!).Number, pdf.Dictionary(reference));
        foreach (var kid in KidValues(pdf, element))
        {
            if (kid is decimal piece)
            {
                yield return (number, Role(element), pdf.Dictionary(element["Pg"]), (int)piece);
            }
            else if (kid is Dictionary<string, object?> mark)
            {
                yield return (number, Role(element), pdf.Dictionary(mark["Pg"]), (int)(decimal)mark["MCID"]!);
            }
            else
            {
                Assert.Equal(reference, pdf.Dictionary(kid)["P"]);
                foreach (var told in Told(pdf, kid))
                    yield return told;
            }
        }
    }
}
