namespace MspBilling.Core.Documents;

/// <summary>What every document has that is sent to a client: who sends it to whom, in which language, in which look.</summary>
public abstract record PrintedDocument
{
    public required Issuer Issuer { get; init; }

    public required BillTo BillTo { get; init; }

    public required DocumentLanguage Language { get; init; }

    public DocumentTemplate Template { get; init; } = DocumentTemplate.Standard;

    /// <summary>Printed large and pale across every page, for example <c>DRAFT</c>; null for what is final.</summary>
    public string? Watermark { get; init; }
}
