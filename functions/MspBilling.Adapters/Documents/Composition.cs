using MspBilling.Core.Documents;
using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>What every part of the layout needs: the document, its words, how its figures are written, its styles.</summary>
internal sealed class Composition(InvoiceDocument document, SKImage? logo)
{
    public InvoiceDocument Document { get; } = document;

    public SKImage? Logo { get; } = logo;

    public InvoiceLabels Labels { get; } = InvoiceLabels.For(document.Language);

    public DocumentFormat Format { get; } = new(document.Language);

    public Typography Typography { get; } = new(document.Issuer.Color);

    /// <summary>Invoice, and its number once it has one.</summary>
    public string Title => Document.Number is { } number ? $"{Labels.Invoice} {number}" : Labels.Invoice;

    public List<Page> Pages()
    {
        var edges = new PageEdges(this);
        var flow = new PageFlow(edges.FooterTop, edges.DrawHead);
        flow.Y = new FirstPageHead(this).Draw(flow.Page);
        flow.Place([.. new LineTable(this).Blocks(), .. new ClosingBlocks(this).Blocks()]);
        if (Document.Appendix.Count > 0)
        {
            flow.NewPage();
            flow.Place([.. new Appendix(this).Blocks()]);
        }

        edges.DrawFeet(flow.Pages);
        return flow.Pages;
    }
}
