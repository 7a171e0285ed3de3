using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>An invoice or a credit note: the lines, the totals, and on a page of its own the detail behind them.</summary>
internal sealed class InvoiceComposition(InvoiceDocument document, LogoImage? logo, FontFaces faces) : Composition(document, logo, faces)
{
    public InvoiceDocument Document { get; } = document;

    public override string Title => Document.Number is { } number ? $"{Name} {number}" : Name;

    public override Metadata Metadata =>
        new(Title, Document.Issuer.Name, $"{Format.Span(Document.ServicePeriod)}, {Document.BillTo.Name}", Document.Language.Tag, Document.InvoiceDate);

    /// <summary>What is above the total's box in size: the amount that is still due, or given back.</summary>
    public string AmountLabel => (IsCreditNote, Document.Totals.AmountDue.IsNegative) switch
    {
        (true, _) => Labels.AmountCredited,
        (_, true) => Labels.AmountInYourFavour,
        _ => Labels.AmountDue,
    };

    private bool IsCreditNote => Document.Kind == DocumentKind.CreditNote;

    private string Name => IsCreditNote ? Labels.CreditNote : Labels.Invoice;

    protected override Head Head()
    {
        var due = IsCreditNote ? null : Format.Date(Document.DueDate);
        return new Head(
            Name,
            [
                (IsCreditNote ? Labels.CreditNoteNumber : Labels.InvoiceNumber, Document.Number),
                (IsCreditNote ? Labels.CreditNoteDate : Labels.InvoiceDate, Format.Date(Document.InvoiceDate)),
                (Labels.DueDate, due),
                (Labels.ServicePeriod, Format.Span(Document.ServicePeriod)),
                (Labels.Reference, Document.Reference),
                (Labels.Currency, Document.Currency.Code),
            ],
            new HeadBox(AmountLabel, Format.Amount(Document.Totals.AmountDue), due is null ? null : (Labels.DueDate, due)),
            [.. Credited()]);
    }

    protected override void Place(PageFlow flow)
    {
        flow.Place([.. new LineTable(this).Blocks(), .. new ClosingBlocks(this).Blocks()]);
        if (Document.Appendix.Count == 0)
            return;

        flow.NewPage();
        flow.Place([.. new Appendix(this, Document.Appendix).Blocks()]);
    }

    private IEnumerable<string> Credited()
    {
        if (Document.Credits is not { } credited)
            yield break;

        yield return Format.Fill(Labels.CreditedInvoice, credited.Number, Format.Date(credited.Date));
        if (credited.Reason is { } reason)
            yield return Format.Fill(Labels.Reason, reason);
    }
}
