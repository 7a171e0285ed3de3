using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>Damages to a UBL document, each at a path from its root such as <c>cac:TaxTotal/cbc:TaxAmount</c>.</summary>
internal static class Damage
{
    private static readonly XmlNamespaceManager Names = new(new NameTable());

    static Damage()
    {
        Names.AddNamespace("cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2");
        Names.AddNamespace("cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");
    }

    public static Action<XDocument> Remove(string path) => xml => Found(xml, path).Remove();

    public static Action<XDocument> RemoveAttribute(string path, string name) => xml => Found(xml, path).Attribute(name)!.Remove();

    public static Action<XDocument> Set(string path, string text) => xml => Found(xml, path).Value = text;

    public static Action<XDocument> SetAttribute(string path, string name, string text) => xml => Found(xml, path).SetAttributeValue(name, text);

    /// <summary>A copy of what is there beside it.</summary>
    public static Action<XDocument> Repeat(string path) => xml => Found(xml, path).AddAfterSelf(new XElement(Found(xml, path)));

    /// <summary>A basic element at the end of another.</summary>
    public static Action<XDocument> Add(string path, string name, string text) => xml => Found(xml, path).Add(new XElement(XName.Get(name, Names.LookupNamespace("cbc")!), text));

    public static Action<XDocument> AddVatNumber(string party, string number) => xml =>
    {
        XElement Aggregate(string name, params object[] content) => new(XName.Get(name, Names.LookupNamespace("cac")!), content);
        XElement Basic(string name, string text) => new(XName.Get(name, Names.LookupNamespace("cbc")!), text);
        Found(xml, party).Add(Aggregate("PartyTaxScheme", Basic("CompanyID", number), Aggregate("TaxScheme", Basic("ID", "VAT"))));
    };

    public static Action<XDocument> And(this Action<XDocument> first, Action<XDocument> second) => xml =>
    {
        first(xml);
        second(xml);
    };

    private static XElement Found(XDocument xml, string path) =>
        xml.Root!.XPathSelectElement(path, Names) ?? throw new InvalidOperationException($"The document has no {path} to damage.");
}
