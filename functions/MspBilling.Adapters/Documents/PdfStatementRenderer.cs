using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>Renders a statement of account as a PDF. One instance serves any number of threads.</summary>
public sealed class PdfStatementRenderer : IStatementRenderer
{
    private readonly KeptLogo _logo = new();
    private readonly KeptFonts _fonts = new();

    /// <exception cref="ArgumentException">The issuer's logo is not a PNG image.</exception>
    public byte[] Render(StatementDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var composition = new StatementComposition(document, _logo.Of(document.Issuer.Logo), _fonts.Of(document.Issuer.Fonts));
        return PdfWriter.Write(composition.Pages(), composition.Typography.Faces, composition.Structure, composition.Metadata, []);
    }
}
