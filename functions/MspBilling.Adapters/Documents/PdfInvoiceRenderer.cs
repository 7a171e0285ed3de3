using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>Renders an invoice or a credit note as a PDF, with the files that the document carries inside. One instance serves any number of threads.</summary>
public sealed class PdfInvoiceRenderer : IInvoiceRenderer
{
    private readonly KeptLogo _logo = new();
    private readonly KeptFonts _fonts = new();

    /// <exception cref="ArgumentException">The issuer's logo is not a PNG image.</exception>
    public byte[] Render(InvoiceDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var composition = new InvoiceComposition(document, _logo.Of(document.Issuer.Logo), _fonts.Of(document.Issuer.Fonts));
        return PdfWriter.Write(composition.Pages(), composition.Typography.Faces, composition.Structure, composition.Metadata, document.Attachments);
    }
}
