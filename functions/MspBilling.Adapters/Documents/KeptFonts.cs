using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The MSP's own fonts that were printed with last, read: one MSP prints all its documents with the same.</summary>
internal sealed class KeptFonts
{
    private Kept? _last;

    /// <param name="fonts">Null for the embedded ones.</param>
    public FontFaces Of(IssuerFonts? fonts)
    {
        if (fonts is null)
            return FontFaces.Standard;

        var last = _last;
        if (last is null || !last.Fonts.Regular.Span.SequenceEqual(fonts.Regular.Span) || !last.Fonts.Bold.Span.SequenceEqual(fonts.Bold.Span))
            _last = last = new Kept(fonts, new FontFaces(FontFace.Of(fonts.Regular.ToArray(), isBold: false), FontFace.Of(fonts.Bold.ToArray(), isBold: true)));

        return last.Faces;
    }

    private sealed record Kept(IssuerFonts Fonts, FontFaces Faces);
}
