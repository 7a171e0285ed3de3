using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>What every part of the layout needs: the document, its words, how its figures are written, its styles.</summary>
internal sealed class Composition(InvoiceDocument document, LogoImage? logo)
{
    public InvoiceDocument Document { get; } = document;

    public LogoImage? Logo { get; } = logo;

    public InvoiceLabels Labels { get; } = InvoiceLabels.For(document.Language);

    public DocumentFormat Format { get; } = new(document.Language);

    public Typography Typography { get; } = new(document.Issuer.Color);

    /// <summary>The root of what is told to those who cannot see the pages.</summary>
    public Element Structure { get; } = new(Role.Document);

    /// <summary>Invoice, and its number once it has one.</summary>
    public string Title => Document.Number is { } number ? $"{Labels.Invoice} {number}" : Labels.Invoice;

    public List<Page> Pages()
    {
        var edges = new PageEdges(this);
        var flow = new PageFlow(Structure, edges.FooterTop, edges.DrawHead);
        flow.Page.Bookmark(Title, depth: 0, top: 0);
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
