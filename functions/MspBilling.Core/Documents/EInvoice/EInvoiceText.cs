using System.Text;
using System.Xml;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>Text from outside as XML can carry it: on one line, without the characters that XML 1.0 forbids.</summary>
internal static class EInvoiceText
{
    /// <returns>Null where nothing is left: an empty element is not allowed (rule PEPPOL-EN16931-R008).</returns>
    public static string? Of(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd(' ') is { Length: > 0 } left ? left : null;
    }

    /// <summary>Several texts as one; null where none of them says anything.</summary>
    public static string? Joined(params IEnumerable<string?> texts) => string.Join(' ', texts.Select(Of).OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
