using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>Files inside the file, as PDF/A-3 takes them: each named twice, dated, and with its relation to the pages (ISO 19005-3, 6.8).</summary>
internal static class AttachedFiles
{
    /// <returns>The objects of the file specifications, in the order of their names.</returns>
    public static IReadOnlyList<(string Name, int Number)> Write(PdfFile file, IEnumerable<Attachment> attachments, Metadata metadata) =>
        [.. attachments.OrderBy(attachment => attachment.Name, StringComparer.Ordinal).Select(attachment => (attachment.Name, Write(file, attachment, metadata)))];

    /// <summary>The catalog's two entries: what is associated with the document, and under which names a reader lists it.</summary>
    public static void WriteEntries(PdfBytes catalog, IReadOnlyList<(string Name, int Number)> files)
    {
        if (files.Count == 0)
            return;

        catalog.Raw("/AF["u8);
        foreach (var (_, number) in files)
            catalog.Reference(number).Raw((byte)' ');

        catalog.Raw("]/Names<</EmbeddedFiles<</Names["u8);
        foreach (var (name, number) in files)
            catalog.Text(name).Reference(number).Raw((byte)' ');

        catalog.Raw("]>>>>"u8);
    }

    private static int Write(PdfFile file, Attachment attachment, Metadata metadata)
    {
        var (specification, content) = (file.Reserve(), file.Reserve());
        var dictionary = new PdfBytes(128);
        dictionary.Raw("/Type/EmbeddedFile/Subtype"u8);
        WriteMimeType(dictionary, attachment.MimeType);
        dictionary.Raw("/Params<</Size "u8).Number(attachment.Content.Length).Raw("/ModDate"u8);
        metadata.WriteDate(dictionary);
        dictionary.Raw(">>"u8);
        file.AddStream(content, dictionary.Span, attachment.Content.Span);
        file.Begin(specification).Raw("<</Type/Filespec/F"u8).Text(attachment.Name).Raw("/UF"u8).Text(attachment.Name)
            .Raw("/AFRelationship"u8).Name(attachment.Relationship.ToString()).Raw("/Desc"u8).Text(attachment.Description)
            .Raw("/EF<</F "u8).Reference(content).Raw("/UF "u8).Reference(content).Raw(">>>>"u8);
        return specification;
    }

    /// <summary>As a name, in which a slash is spelt by its number: <c>/text#2Fxml</c>.</summary>
    private static void WriteMimeType(PdfBytes dictionary, string mimeType)
    {
        dictionary.Raw((byte)'/');
        foreach (var character in mimeType)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '+')
                dictionary.Raw((byte)character);
            else
                dictionary.Raw((byte)'#').Ascii(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
