using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.App.Documents;

/// <summary>An invoice as it is printed: the draft's figures with the MSP's name and words around them.</summary>
public static class PrintedInvoice
{
    /// <param name="number">Null for a preview, which is marked as a draft on every page.</param>
    /// <param name="paid">What is paid from credit; null for nothing.</param>
    public static InvoiceDocument Of(MspSettings settings, InvoiceDraft draft, string? number, IReadOnlyList<PaidAtIssue>? paid = null)
    {
        var document = Plain(settings, draft, number);
        IReadOnlyList<AppliedCredit> applied = [.. (paid ?? []).Select(share => new AppliedCredit(share.IsPrepayment ? AppliedCreditKind.Prepayment : AppliedCreditKind.AccountCredit, share.Reference, -share.Amount))];
        return WithXml(settings, applied.Count == 0 ? document : document with
        {
            Totals = document.Totals with { Applied = applied },
            PaymentTerms = TermsInWords.Of(draft, document.Language, Money.Sum((paid ?? []).Select(share => share.Amount), draft.Currency)),
        });
    }

    /// <summary>A credit note: the lines that it credits as they were invoiced, with the invoice and the reason.</summary>
    /// <param name="settings">Those of the invoice, so that both come from the same MSP.</param>
    public static InvoiceDocument Of(MspSettings settings, CreditNote note, WholeInvoice invoice, string number) => WithXml(settings, Plain(settings, note.Of(invoice.Draft), number) with
    {
        Kind = DocumentKind.CreditNote,
        Credits = new CreditedInvoice(invoice.Issued.Number, invoice.Issued.InvoiceDate, note.Why),
        PaymentTerms = "",
        PaymentInstructions = [],
        Appendix = [],
    });

    private static InvoiceDocument Plain(MspSettings settings, InvoiceDraft draft, string? number)
    {
        var (language, wishes, numbered) = (DocumentLanguage.Of(draft.BillTo.Language), draft.Documents, draft.Numbered);
        return new InvoiceDocument
        {
            Issuer = PrintedParts.Issuer(settings) with { Account = settings.EInvoice?.AccountFor(draft.Currency) },
            BillTo = PrintedParts.BillTo(draft.BillTo),
            Language = language,
            Template = PrintedParts.Template(wishes, language),
            Number = number,
            Watermark = number is null ? InvoiceLabels.For(language).Draft : null,
            InvoiceDate = draft.InvoiceDate,
            DueDate = draft.DueDate,
            ServicePeriod = draft.Period,
            Currency = draft.Currency,
            Reference = draft.PurchaseOrder,
            Contract = draft.Lines.Select(line => line.AgreementName).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var only] ? only : null,
            AccountingTax = AccountingTax.Of(settings.EInvoice?.AccountingCurrency, draft.Tax, draft.InvoiceDate),
            Groups = [.. numbered.GroupBy(n => n.Group).Select(g => new LineGroup(g.Key, [.. g.Select(n => Line(draft, n))], Money.Sum(g.Select(n => n.Line.Net), draft.Currency)))],
            Totals = new InvoiceTotals
            {
                Subtotal = draft.Gross - draft.Discount,
                Taxes = [.. draft.Taxes.Select(tax => new TaxTotal(tax.Name, tax.Percent, tax.Base, tax.Tax) { Category = tax.Category, Reason = tax.Reason })],
                TaxIncluded = draft.PricesIncludeTax,
                Total = draft.Total,
            },
            Notes = [.. new[] { SiteOf(draft, language), draft.TaxNote }.OfType<string>()],
            PaymentTerms = TermsInWords.Of(draft, language),
            PaymentInstructions = PrintedParts.PaymentInstructions(settings, wishes, draft.Currency),
            Appendix = Appendix(numbered, wishes?.Appendix ?? AppendixContent.WithNotes),
        };
    }

    private static string? SiteOf(InvoiceDraft draft, DocumentLanguage language) => draft.Site is { } site ? new DocumentFormat(language).Fill(InvoiceLabels.For(language).Site, site) : null;

    private static InvoiceDocument WithXml(MspSettings settings, InvoiceDocument document) => settings.EInvoice is { FacturX: true } ? FacturX.Within(document) : document;

    private static PrintedLine Line(InvoiceDraft draft, NumberedLine numbered)
    {
        var (line, place) = (numbered.Line, numbered.Place);
        return new PrintedLine
        {
            Number = numbered.Number,
            Description = line.Description,
            Explanation = draft.Documents?.Explanations ?? true ? Explanation(line) : line.Sku,
            Sku = line.Sku,
            ServicePeriod = line.ServicePeriod,
            Quantity = line.Quantity,
            Unit = line.Unit,
            UnitPrice = line.UnitPrice,
            Discount = line.Discount.IsZero ? null : -line.Discount,
            Net = line.Net,
            TaxCategory = draft.CategoryOf(place),
            TaxPercents = [.. draft.TaxesOf(place).Select(tax => tax.Tax.Percent)],
            NetWithoutTax = draft.LineTaxes[place].Net,
        };
    }

    private static string Explanation(RatedLine line) => line.Sku is { } sku ? $"{sku}: {line.Explanation.Sentence}" : line.Explanation.Sentence;

    private static IReadOnlyList<DetailSection> Appendix(IEnumerable<NumberedLine> numbered, AppendixContent content) => content == AppendixContent.None
        ? []
        : [.. numbered.Where(n => n.Line.Details.Count > 0).Select(n => new DetailSection(n.Number, n.Line.Description, [.. n.Line.Details.Select(detail => Row(detail, content))]))];

    private static DetailRow Row(LineDetail detail, AppendixContent content) => new()
    {
        Date = detail.Date,
        Who = detail.Who,
        Reference = detail.Reference,
        Description = content == AppendixContent.WithNotes ? detail.Text() : detail.Description,
        Quantity = detail.Quantity,
        Unit = detail.Unit,
        Treatment = detail.Treatment,
    };
}
