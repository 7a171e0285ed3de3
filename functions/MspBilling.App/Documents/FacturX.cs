using MspBilling.Adapters.Documents.EInvoice;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.App.Documents;

/// <summary>An invoice as XML inside its own PDF: Factur-X 1.0, which is ZUGFeRD 2 in Germany, in the profile EN 16931.</summary>
internal static class FacturX
{
    private const string FileName = "factur-x.xml";
    private const string Conformance = "EN 16931";

    /// <returns>The document as it is where the invoice cannot be said electronically: the PDF is never kept back for it.</returns>
    public static InvoiceDocument Within(InvoiceDocument document) => EInvoiceMapping.Of(document, EInvoiceProfile.En16931).Invoice is not { } invoice ? document : document with
    {
        Attachments =
        [
            new Attachment
            {
                Name = FileName,
                MimeType = "text/xml",
                Relationship = AttachmentRelationship.Alternative,
                Description = $"{invoice.Number} as XML for accounting software (Factur-X, ZUGFeRD)",
                Content = CiiWriter.Write(invoice),
                FacturXProfile = Conformance,
            },
        ],
    };
}
