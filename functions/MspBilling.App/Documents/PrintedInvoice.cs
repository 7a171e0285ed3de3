using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.App.Documents;

/// <summary>An invoice as it is printed: the draft's figures with the MSP's name and words around them.</summary>
public static class PrintedInvoice
{
    private const string Draft = "DRAFT";

    /// <param name="number">Null for a preview, which is marked as a draft on every page.</param>
    public static InvoiceDocument Of(MspSettings settings, InvoiceDraft draft, string? number)
    {
        // Lines are numbered in the order in which their groups are printed: services in the order in which they first appear.
        var numbered = draft.Lines.Select((line, place) => (Line: line, Place: place)).GroupBy(l => l.Line.Service).SelectMany(g => g).Select((l, index) => (l.Line, l.Place, Number: index + 1)).ToList();
        return new InvoiceDocument
        {
            Issuer = new Issuer
            {
                Name = settings.Name,
                AddressLines = settings.AddressLines,
                Email = settings.Email,
                Phone = settings.Phone,
                Website = settings.Website,
                RegistrationLines = settings.Registrations,
                // Not settings.LogoPng?.ToArray(): no array would become an empty logo instead of none.
                Logo = settings.LogoPng is { } png ? png.ToArray() : (ReadOnlyMemory<byte>?)null,
                Color = BrandColor.Parse(settings.BrandColor),
            },
            BillTo = new Core.Documents.BillTo { Name = draft.BillTo.Name, AddressLines = draft.BillTo.AddressLines, TaxNumber = draft.BillTo.TaxNumber },
            Number = number,
            Watermark = number is null ? Draft : null,
            InvoiceDate = draft.InvoiceDate,
            DueDate = draft.DueDate,
            ServicePeriod = draft.Period,
            Currency = draft.Currency,
            Reference = draft.PurchaseOrder,
            Language = DocumentLanguage.Of(draft.BillTo.Language),
            Groups = [.. numbered.GroupBy(n => n.Line.Service).Select(g => new LineGroup(g.Key, [.. g.Select(n => Line(draft, n.Line, n.Place, n.Number))], Money.Sum(g.Select(n => n.Line.Net), draft.Currency)))],
            Totals = new InvoiceTotals
            {
                Subtotal = draft.Gross - draft.Discount,
                Taxes = [.. draft.Taxes.Select(tax => new TaxTotal(tax.Name, tax.Percent, tax.Base, tax.Tax) { Category = tax.Category, Reason = tax.Reason })],
                TaxIncluded = draft.PricesIncludeTax,
                Total = draft.Total,
            },
            Notes = draft.TaxNote is { } note ? [note] : [],
            PaymentTerms = TermsInWords.Of(draft, DocumentLanguage.Of(draft.BillTo.Language)),
            PaymentInstructions = settings.PaymentInstructions,
            Appendix =
            [
                .. numbered.Where(n => n.Line.Details.Count > 0)
                    .Select(n => new DetailSection(n.Number, n.Line.Description, [.. n.Line.Details.Select(Row)])),
            ],
        };
    }

    private static PrintedLine Line(InvoiceDraft draft, RatedLine line, int place, int number) => new()
    {
        Number = number,
        Description = line.Description,
        Explanation = line.Sku is { } sku ? $"{sku}: {line.Explanation.Sentence}" : line.Explanation.Sentence,
        Quantity = line.Quantity,
        Unit = line.Unit,
        UnitPrice = line.UnitPrice,
        Discount = line.Discount.IsZero ? null : -line.Discount,
        Net = line.Net,
        TaxCategory = draft.CategoryOf(place),
        TaxPercents = [.. draft.TaxesOf(place).Select(tax => tax.Tax.Percent)],
        NetWithoutTax = draft.LineTaxes[place].Net,
    };

    private static DetailRow Row(LineDetail detail) => new()
    {
        Date = detail.Date,
        Who = detail.Who,
        Reference = detail.Reference,
        Description = detail.Text(),
        Quantity = detail.Quantity,
        Unit = detail.Unit,
        Treatment = detail.Treatment,
    };
}
