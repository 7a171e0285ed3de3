namespace MspBilling.Adapters.Documents.Fonts;

/// <summary>What a document is set in.</summary>
internal sealed record FontFaces(FontFace Regular, FontFace Bold)
{
    public static FontFaces Standard { get; } = new(FontFace.Regular, FontFace.Bold);
}
