namespace MspBilling.Core.Documents;

/// <summary>A file carried inside a document's PDF, for programs that read what people read on its pages.</summary>
/// <remarks>
/// Its date is the document's date, never the clock. ISO 19005-3 (PDF/A-3) allows any kind of file if the PDF says how the file relates to it.
/// </remarks>
public sealed record Attachment
{
    /// <summary>The file's name as a reader saves it: <c>factur-x.xml</c>. Unique within the document.</summary>
    public required string Name { get; init; }

    /// <summary>For example <c>text/xml</c>.</summary>
    public required string MimeType { get; init; }

    public required AttachmentRelationship Relationship { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Description { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>
    /// Which profile of Factur-X the file conforms to, such as <c>EN 16931</c> or <c>BASIC</c>: the PDF's metadata then tells it as Factur-X 1.0 wants;
    /// null for any other file.
    /// </summary>
    public string? FacturXProfile { get; init; }
}

/// <summary>How an attached file relates to the pages (AFRelationship, ISO 19005-3, annex E).</summary>
public enum AttachmentRelationship
{
    /// <summary>The same content in another form: an invoice as XML.</summary>
    Alternative,

    /// <summary>What the pages were made from.</summary>
    Source,

    /// <summary>Data behind the pages, such as a table of activities.</summary>
    Data,

    /// <summary>More than the pages say.</summary>
    Supplement,
}
