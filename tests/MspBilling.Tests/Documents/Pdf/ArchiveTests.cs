using System.Text;
using System.Xml.Linq;
using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

/// <summary>What ISO 19005-3 (PDF/A-3) asks of a file at level B, clause by clause, and Factur-X 1.0 of one with an invoice inside.</summary>
public sealed class ArchiveTests
{
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace PdfA = "http://www.aiim.org/pdfa/ns/id/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace FacturX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
    private static readonly XNamespace Property = "http://www.aiim.org/pdfa/ns/property#";

    private static readonly byte[] Invoice = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><Invoice>Łódź</Invoice>");

    private static InvoiceDocument WithInvoice { get; } = SampleInvoices.OfLines(5) with
    {
        Attachments =
        [
            new Attachment { Name = "factur-x.xml", MimeType = "text/xml", Relationship = AttachmentRelationship.Alternative, Description = "The invoice for programs", Content = Invoice, FacturXProfile = "EN 16931" },
            new Attachment { Name = "detail (1).csv", MimeType = "text/csv", Relationship = AttachmentRelationship.Supplement, Description = "Zażółć", Content = "a;b"u8.ToArray() },
        ],
    };

    // 6.1.3: an identifier, and no encryption.
    [Fact]
    public void File_HasAnIdentifierFromItsContentAlone()
    {
        var (one, same, other) = (new StrictPdf(SampleInvoices.OfLines(1)), new StrictPdf(SampleInvoices.OfLines(1)), new StrictPdf(SampleInvoices.OfLines(2)));
        var identifier = one.List(one.Trailer["ID"]).Cast<byte[]>().ToArray();
        Assert.Equal(16, identifier[0].Length);
        Assert.Equal(identifier[0], identifier[1]);
        Assert.Equal(identifier[0], same.List(same.Trailer["ID"])[0]);
        Assert.NotEqual(identifier[0], other.List(other.Trailer["ID"])[0]);
        Assert.DoesNotContain("Encrypt", one.Trailer.Keys);
    }

    // 6.1.7.2 and 6.1.6: streams lie in the file itself, with filters that are allowed.
    [Fact]
    public void Streams_LieInTheFileAndDeflatedAtMost()
    {
        var pdf = new StrictPdf(WithInvoice);
        Assert.NotEmpty(pdf.Streams);
        Assert.All(pdf.Streams, stream =>
        {
            Assert.DoesNotContain(stream.Dictionary.Keys, key => key is "F" or "FFilter" or "FDecodeParms");
            Assert.NotNull(StrictPdf.Content(stream));
        });
    }

    // 6.2.2 and 6.2.4.3: an output intent says what the colours of the device mean.
    [Fact]
    public void Colors_AreThoseOfTheOutputIntent()
    {
        var pdf = new StrictPdf(SampleInvoices.OfLines(60));
        var intent = pdf.Dictionary(Assert.Single(pdf.List(pdf.Catalog["OutputIntents"])));
        Assert.Equal("GTS_PDFA1", StrictPdf.Name(intent["S"]));
        var profile = pdf.Stream(intent["DestOutputProfile"]);
        Assert.Equal(3m, profile.Dictionary["N"]);
        Assert.Equal("mntrRGB XYZ ", Encoding.ASCII.GetString(StrictPdf.Content(profile), 12, 12));
        var operators = pdf.Pages.SelectMany(page => Encoding.Latin1.GetString(StrictPdf.Content(pdf.Stream(page["Contents"]))).Split([' ', '\n'])).ToHashSet();
        Assert.Contains("rg", operators);
        Assert.DoesNotContain(operators, each => each is "k" or "K" or "cs" or "CS" or "sh" or "ri");
    }

    // 6.2.11: every font is embedded, its glyphs mapped one to one, its widths those of the embedded file.
    [Fact]
    public void Fonts_AreEmbeddedWithTheirWidths()
    {
        var pdf = new StrictPdf(SampleInvoices.OfLines(60));
        var fonts = pdf.Dictionary(pdf.Dictionary(pdf.Pages[0]["Resources"])["Font"]).Values.Select(pdf.Dictionary).ToArray();
        Assert.Equal(2, fonts.Length);
        Assert.All(fonts, font =>
        {
            Assert.Equal(("Type0", "Identity-H"), (StrictPdf.Name(font["Subtype"]), StrictPdf.Name(font["Encoding"])));
            var descendant = pdf.Dictionary(Assert.Single(pdf.List(font["DescendantFonts"])));
            Assert.Equal(("CIDFontType2", "Identity"), (StrictPdf.Name(descendant["Subtype"]), StrictPdf.Name(descendant["CIDToGIDMap"])));
            var file = new MspBilling.Adapters.Documents.Fonts.TrueTypeFile(StrictPdf.Content(pdf.Stream(pdf.Dictionary(descendant["FontDescriptor"])["FontFile2"])));
            var widths = pdf.List(pdf.List(descendant["W"])[1]);
            Assert.InRange(widths.Count, 10, file.Word("maxp", 4));
            Assert.All(widths.Index(), width => Assert.InRange((file.Word("hmtx", 4 * width.Index) * 1000m / file.Word("head", 18)) - (decimal)width.Item!, -0.01m, 0.01m));
        });
    }

    // 6.1.12, 6.5, 6.6.1: no scripts, no actions, no forms; what is in the catalog is all there is.
    [Fact]
    public void Catalog_HasNothingThatActs()
    {
        var pdf = new StrictPdf(WithInvoice);
        Assert.Equal(
            ["AF", "Lang", "MarkInfo", "Metadata", "Names", "Outlines", "OutputIntents", "Pages", "StructTreeRoot", "Type", "ViewerPreferences"], pdf.Catalog.Keys.Order(StringComparer.Ordinal));
        Assert.True((bool)pdf.Dictionary(pdf.Catalog["ViewerPreferences"])["DisplayDocTitle"]!);
        Assert.All(pdf.Pages, page => Assert.DoesNotContain(page.Keys, key => key is "Annots" or "AA"));
    }

    // 6.6.2 and 6.6.4: the packet of metadata, not deflated, names part and level; it says the same as the old information.
    [Fact]
    public void Metadata_SaysThePartAndTheSameAsTheInformation()
    {
        var pdf = new StrictPdf(SampleInvoices.OfLines(1) with { Number = "A&B <1>" });
        var metadata = Metadata(pdf);
        Assert.Equal(("3", "B"), (metadata.Descendants(PdfA + "part").Single().Value, metadata.Descendants(PdfA + "conformance").Single().Value));
        var information = pdf.Dictionary(pdf.Trailer["Info"]);
        Assert.Equal("Invoice A&B <1>", StrictPdf.Text(information["Title"]));
        Assert.Equal(StrictPdf.Text(information["Title"]), metadata.Descendants(DublinCore + "title").Single().Value);
        Assert.Equal(StrictPdf.Text(information["Author"]), metadata.Descendants(DublinCore + "creator").Single().Value);
        Assert.Equal(StrictPdf.Text(information["Subject"]), metadata.Descendants(DublinCore + "description").Single().Value);
        Assert.Equal("D:20240930000000Z", StrictPdf.Text(information["CreationDate"]));
        Assert.Equal("2024-09-30T00:00:00Z", metadata.Descendants(Xmp + "CreateDate").Single().Value);
        Assert.Empty(metadata.Descendants(FacturX + "DocumentType"));
    }

    // 6.8: a file inside has two names, a type, a date and its relation to the document.
    [Fact]
    public void Attachments_AreNamedDatedAndRelated()
    {
        var pdf = new StrictPdf(WithInvoice);
        var related = pdf.List(pdf.Catalog["AF"]);
        var names = pdf.List(pdf.Dictionary(pdf.Dictionary(pdf.Catalog["Names"])["EmbeddedFiles"])["Names"]);
        Assert.Equal(["detail (1).csv", "factur-x.xml"], names.Where((_, at) => at % 2 == 0).Select(StrictPdf.Text));
        Assert.Equal(related, names.Where((_, at) => at % 2 == 1));
        var specification = pdf.Dictionary(related[1]);
        Assert.Equal(("factur-x.xml", "factur-x.xml", "The invoice for programs", "Alternative"), (StrictPdf.Text(specification["F"]), StrictPdf.Text(specification["UF"]), StrictPdf.Text(specification["Desc"]), StrictPdf.Name(specification["AFRelationship"])));
        Assert.Equal("Zażółć", StrictPdf.Text(pdf.Dictionary(related[0])["Desc"]));
        var content = pdf.Stream(pdf.Dictionary(specification["EF"])["F"]);
        Assert.Equal("text/xml", StrictPdf.Name(content.Dictionary["Subtype"]));
        Assert.Equal((Invoice.Length, "D:20240930000000Z"), ((int)(decimal)pdf.Dictionary(content.Dictionary["Params"])["Size"]!, StrictPdf.Text(pdf.Dictionary(content.Dictionary["Params"])["ModDate"])));
        Assert.Equal(Invoice, StrictPdf.Content(content));
    }

    // Factur-X 1.0, 6.2: four properties, each described by an extension schema.
    [Fact]
    public void Metadata_OfFacturX_NamesTheInvoiceAndDescribesItsWords()
    {
        var metadata = Metadata(new StrictPdf(WithInvoice));
        string Told(string name) => metadata.Descendants(FacturX + name).Single().Value;
        Assert.Equal(("INVOICE", "factur-x.xml", "1.0", "EN 16931"), (Told("DocumentType"), Told("DocumentFileName"), Told("Version"), Told("ConformanceLevel")));
        Assert.Equal(["ConformanceLevel", "DocumentFileName", "DocumentType", "Version"], metadata.Descendants(Property + "name").Select(name => name.Value).Order(StringComparer.Ordinal));
    }

    private static XDocument Metadata(StrictPdf pdf)
    {
        var stream = pdf.Stream(pdf.Catalog["Metadata"]);
        Assert.DoesNotContain("Filter", stream.Dictionary.Keys);
        var packet = Encoding.UTF8.GetString(stream.Stored);
        Assert.StartsWith("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>", packet, StringComparison.Ordinal);
        Assert.EndsWith("<?xpacket end=\"w\"?>", packet, StringComparison.Ordinal);
        var metadata = XDocument.Parse(packet);
        Assert.Equal("adobe:ns:meta/", metadata.Root!.Name.NamespaceName);
        Assert.All(metadata.Descendants(Rdf + "Description"), description => Assert.Equal("", description.Attribute(Rdf + "about")?.Value));
        return metadata;
    }
}
