using System.Globalization;
using System.Text;
using System.Xml.Linq;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>What the file says of itself, in the old form (ISO 32000-1, 14.3.3) and as XMP, where PDF/A and Factur-X want it.</summary>
/// <remarks>The file's dates are the document's date, never the clock, so that the same document is the same bytes on any day.</remarks>
internal sealed record Metadata(string Title, string Author, string Subject, string Language, DateOnly Date)
{
    private const string Program = "MSP Billing";
    private const string FacturX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace PdfA = "http://www.aiim.org/pdfa/ns/id/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Pdf = "http://ns.adobe.com/pdf/1.3/";
    private static readonly XNamespace Extension = "http://www.aiim.org/pdfa/ns/extension/";
    private static readonly XNamespace Schema = "http://www.aiim.org/pdfa/ns/schema#";
    private static readonly XNamespace Property = "http://www.aiim.org/pdfa/ns/property#";

    /// <summary><c>(D:20240930000000Z)</c>.</summary>
    public void WriteDate(PdfBytes content) => content.Raw("(D:"u8).Ascii(Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).Raw("000000Z)"u8);

    /// <returns>The object of the old form.</returns>
    public int WriteInformation(PdfFile file)
    {
        var number = file.Reserve();
        var content = file.Begin(number).Raw("<</Title"u8).Text(Title).Raw("/Author"u8).Text(Author).Raw("/Subject"u8).Text(Subject);
        content.Raw("/Producer"u8).Text(Program).Raw("/CreationDate"u8);
        WriteDate(content);
        content.Raw("/ModDate"u8);
        WriteDate(content);
        content.Raw(">>"u8);
        return number;
    }

    /// <returns>The object of the XMP packet.</returns>
    public int WriteXmp(PdfFile file, IReadOnlyList<Attachment> attachments)
    {
        var number = file.Reserve();
        var packet = $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            {new XElement(
                XName.Get("xmpmeta", "adobe:ns:meta/"),
                new XAttribute(XNamespace.Xmlns + "x", "adobe:ns:meta/"),
                new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf), Description(), FacturXOf(attachments))).ToString(SaveOptions.DisableFormatting)}
            <?xpacket end="w"?>
            """;
        file.AddPlain(number, "/Type/Metadata/Subtype/XML"u8, Encoding.UTF8.GetBytes(packet));
        return number;
    }

    private XElement Description()
    {
        var date = Date.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);
        return About(
            [("pdfaid", PdfA), ("dc", DublinCore), ("xmp", Xmp), ("pdf", Pdf)],
            new XElement(PdfA + "part", "3"),
            new XElement(PdfA + "conformance", "B"),
            new XElement(DublinCore + "title", Translated(Title)),
            new XElement(DublinCore + "creator", new XElement(Rdf + "Seq", new XElement(Rdf + "li", Clean(Author)))),
            new XElement(DublinCore + "description", Translated(Subject)),
            new XElement(DublinCore + "language", new XElement(Rdf + "Bag", new XElement(Rdf + "li", Language))),
            new XElement(Xmp + "CreateDate", date),
            new XElement(Xmp + "ModifyDate", date),
            new XElement(Pdf + "Producer", Program));
    }

    /// <summary>What Factur-X 1.0 says of the invoice inside, and what these words mean: PDF/A takes none that it does not know.</summary>
    private static IEnumerable<XElement> FacturXOf(IReadOnlyList<Attachment> attachments)
    {
        if (attachments.FirstOrDefault(attachment => attachment.FacturXProfile is not null) is not { FacturXProfile: { } profile } invoice)
            yield break;

        XNamespace fx = FacturX;
        yield return About(
            [("fx", fx)],
            new XElement(fx + "DocumentType", "INVOICE"),
            new XElement(fx + "DocumentFileName", Clean(invoice.Name)),
            new XElement(fx + "Version", "1.0"),
            new XElement(fx + "ConformanceLevel", Clean(profile)));
        yield return About(
            [("pdfaExtension", Extension), ("pdfaSchema", Schema), ("pdfaProperty", Property)],
            new XElement(Extension + "schemas", new XElement(Rdf + "Bag", Item(
                new XElement(Schema + "schema", "Factur-X PDFA Extension Schema"),
                new XElement(Schema + "namespaceURI", FacturX),
                new XElement(Schema + "prefix", "fx"),
                new XElement(Schema + "property", new XElement(
                    Rdf + "Seq",
                    Told("DocumentFileName", "The name of the embedded XML document"),
                    Told("DocumentType", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
                    Told("Version", "The actual version of the standard applying to the embedded XML document"),
                    Told("ConformanceLevel", "The conformance level of the embedded XML document")))))));
    }

    private static XElement Told(string name, string description) => Item(
        new XElement(Property + "name", name),
        new XElement(Property + "valueType", "Text"),
        new XElement(Property + "category", "external"),
        new XElement(Property + "description", description));

    private static XElement Item(params object[] content) => new(Rdf + "li", [new XAttribute(Rdf + "parseType", "Resource"), .. content]);

    private static XElement About(IEnumerable<(string Prefix, XNamespace Namespace)> prefixes, params object[] content) => new(
        Rdf + "Description",
        [new XAttribute(Rdf + "about", ""), .. prefixes.Select(each => new XAttribute(XNamespace.Xmlns + each.Prefix, each.Namespace)), .. content]);

    private static XElement Translated(string text) =>
        new(Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), Clean(text)));

    /// <summary>Without the characters that no XML can hold.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value is < ' ' or 0xFFFE or 0xFFFF ? " " : rune.ToString()));
}
