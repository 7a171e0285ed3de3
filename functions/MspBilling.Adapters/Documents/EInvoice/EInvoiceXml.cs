using System.Globalization;
using System.Text;
using System.Xml;
using MspBilling.Core;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>How electronic invoices are written as XML: the same invoice is the same bytes, in UTF-8 with line feeds.</summary>
internal static class EInvoiceXml
{
    private const string AllPlaces = "0.############################";

    private static readonly XmlWriterSettings Form = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" };

    public static byte[] Write(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Form))
        {
            write(xml);
        }

        return bytes.ToArray();
    }

    /// <summary>The amount with its currency's decimals: <c>12.30</c>.</summary>
    public static string Text(Money money) => money.Amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>All decimals that there are, and no more: <c>0.0000004</c>, <c>12.5</c>.</summary>
    public static string Text(decimal number) => number.ToString(AllPlaces, CultureInfo.InvariantCulture);

    public static string Text(DateOnly date, string form) => date.ToString(form, CultureInfo.InvariantCulture);
}
