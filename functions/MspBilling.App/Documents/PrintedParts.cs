using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;

namespace MspBilling.App.Documents;

/// <summary>What all documents take from the settings: who sends them, to whom, in which look.</summary>
public static class PrintedParts
{
    public static Issuer Issuer(MspSettings settings) => new()
    {
        Name = settings.Name,
        AddressLines = settings.AddressLines,
        Email = settings.Email,
        Phone = settings.Phone,
        Website = settings.Website,
        RegistrationLines = settings.Registrations,
        // Not settings.LogoPng?.ToArray(): no array would become an empty logo instead of none.
        Logo = settings.LogoPng is { } png ? png.ToArray() : (ReadOnlyMemory<byte>?)null,
        Fonts = settings.Fonts is { } fonts ? new IssuerFonts(fonts.Regular.ToArray(), fonts.Bold.ToArray()) : null,
        Color = BrandColor.Parse(settings.BrandColor),
        Seller = settings.EInvoice?.Seller,
    };

    public static Core.Documents.BillTo BillTo(Core.Invoicing.BillTo client) => new()
    {
        Name = client.Name,
        AddressLines = client.AddressLines,
        TaxNumber = client.TaxNumber,
        Buyer = client.Buyer,
    };

    /// <param name="documents">The client's wishes over the MSP's; null for the standard.</param>
    /// <param name="language">The client's, which chooses among the texts.</param>
    public static DocumentTemplate Template(DocumentSettings? documents, DocumentLanguage language)
    {
        if (documents is null)
        {
            return DocumentTemplate.Standard;
        }

        var texts = documents.TextsIn(language.Tag);
        return new DocumentTemplate
        {
            Paper = documents.Paper ?? DocumentTemplate.Standard.Paper,
            Columns = documents.Columns ?? DocumentTemplate.Standard.Columns,
            TextColor = ColorOf(documents.TextColor),
            BoxColor = ColorOf(documents.BoxColor),
            Intro = texts?.Intro,
            ClosingNote = texts?.ClosingNote,
            FooterLines = texts?.FooterLines ?? [],
        };
    }

    /// <summary>How a document of this currency is paid.</summary>
    public static IReadOnlyList<string> PaymentInstructions(MspSettings settings, DocumentSettings? documents, Core.Currency currency) =>
        documents?.PaymentInstructions?.GetValueOrDefault(currency.Code) ?? settings.PaymentInstructions;

    private static BrandColor? ColorOf(string? color) => color is null ? null : BrandColor.Parse(color);
}
