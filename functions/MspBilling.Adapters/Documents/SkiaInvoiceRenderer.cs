using MspBilling.Core.Documents;
using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>Renders an invoice as an A4 PDF. One instance serves any number of threads.</summary>
/// <remarks>The file's dates are the invoice date, never the clock, so that the same invoice is the same bytes on any day.</remarks>
public sealed class SkiaInvoiceRenderer : IInvoiceRenderer
{
    private readonly LogoImage _logo = new();

    public byte[] Render(InvoiceDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var composition = new Composition(document, document.Issuer.Logo is { } png ? _logo.Of(png) : null);
        using var painter = new PdfPainter();
        return painter.Paint(composition.Pages(), Metadata(composition));
    }

    private static SKDocumentPdfMetadata Metadata(Composition composition)
    {
        var document = composition.Document;
        var date = document.InvoiceDate.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var metadata = SKDocumentPdfMetadata.Default;
        metadata.Title = composition.Title;
        metadata.Author = document.Issuer.Name;
        metadata.Subject = $"{composition.Format.Span(document.ServicePeriod)}, {document.BillTo.Name}";
        metadata.Creation = date;
        metadata.Modified = date;
        return metadata;
    }
}
