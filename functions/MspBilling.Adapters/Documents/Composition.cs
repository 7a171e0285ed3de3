using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>What every part of a layout needs: the document, its words, how its figures are written, its styles.</summary>
internal abstract class Composition(PrintedDocument document, LogoImage? logo, FontFaces faces)
{
    public PrintedDocument Printed { get; } = document;

    public LogoImage? Logo { get; } = logo;

    public InvoiceLabels Labels { get; } = InvoiceLabels.For(document.Language);

    public DocumentFormat Format { get; } = new(document.Language);

    public Typography Typography { get; } = new(document.Issuer.Color, document.Template, faces);

    public Sheet Sheet { get; } = Sheet.Of(document.Template.Paper);

    /// <summary>The root of what is told to those who cannot see the pages.</summary>
    public Element Structure { get; } = new(Role.Document);

    /// <summary>What it is, and its number once it has one.</summary>
    public abstract string Title { get; }

    public abstract Metadata Metadata { get; }

    public List<Page> Pages()
    {
        var edges = new PageEdges(this);
        var flow = new PageFlow(Structure, Sheet, edges.FooterTop, edges.DrawHead);
        flow.Page.Bookmark(Title, depth: 0, top: 0);
        flow.Y = new FirstPageHead(this, Head()).Draw(flow.Page);
        Place(flow);
        edges.DrawFeet(flow.Pages);
        return flow.Pages;
    }

    protected abstract Head Head();

    /// <summary>Puts what follows the first page's head.</summary>
    protected abstract void Place(PageFlow flow);
}
