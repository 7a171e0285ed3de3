using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>Renders an invoice as an A4 PDF, with the files that the document carries inside. One instance serves any number of threads.</summary>
public sealed class PdfInvoiceRenderer : IInvoiceRenderer
{
    // One MSP renders all its invoices with one logo, so only the last one is kept.
    private KeptLogo? _last;

    /// <exception cref="ArgumentException">The issuer's logo is not a PNG image.</exception>
    public byte[] Render(InvoiceDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var composition = new Composition(document, document.Issuer.Logo is { } png ? Logo(png) : null);
        return PdfWriter.Write(composition.Pages(), composition.Structure, Metadata(composition), document.Attachments);
    }

    private static Metadata Metadata(Composition composition)
    {
        var document = composition.Document;
        var subject = $"{composition.Format.Span(document.ServicePeriod)}, {document.BillTo.Name}";
        return new Metadata(composition.Title, document.Issuer.Name, subject, document.Language.Tag, document.InvoiceDate);
    }

    private LogoImage Logo(ReadOnlyMemory<byte> png)
    {
        var last = _last;
        if (last is null || !last.Png.Span.SequenceEqual(png.Span))
            _last = last = new KeptLogo(png.ToArray(), new LogoImage(png.Span));

        return last.Image;
    }

    private sealed record KeptLogo(ReadOnlyMemory<byte> Png, LogoImage Image);
}
