using MspBilling.Adapters.Documents;
using MspBilling.Core.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using Page = UglyToad.PdfPig.Content.Page;

namespace MspBilling.Tests.Documents;

/// <summary>A rendered file as a reader sees it.</summary>
internal sealed class RenderedInvoice : IDisposable
{
    private static readonly PdfInvoiceRenderer Renderer = new();

    private readonly PdfDocument _pdf;

    public RenderedInvoice(InvoiceDocument document)
        : this(Renderer.Render(document))
    {
    }

    public RenderedInvoice(StatementDocument document)
        : this(new PdfStatementRenderer().Render(document))
    {
    }

    private RenderedInvoice(byte[] bytes)
    {
        Bytes = bytes;
        _pdf = PdfDocument.Open(Bytes);
        Pages = [.. _pdf.GetPages()];
    }

    public byte[] Bytes { get; }

    public IReadOnlyList<Page> Pages { get; }

    public DocumentInformation Information => _pdf.Information;

    /// <summary>Text in the order of the file.</summary>
    public string Text => string.Concat(Pages.Select(page => page.Text));

    /// <summary>The words of each line of each page, from top to bottom and left to right.</summary>
    public IEnumerable<string> Lines => Pages.SelectMany(LinesOf);

    public static IEnumerable<string> LinesOf(Page page) =>
        Rows(page).Select(row => string.Join(' ', row.OrderBy(word => word.BoundingBox.Left).Select(word => word.Text)));

    /// <summary>Words that stand on one line of type.</summary>
    public static IEnumerable<IReadOnlyList<Word>> Rows(Page page) =>
        page.GetWords().GroupBy(word => Math.Round(word.Letters[0].StartBaseLine.Y)).OrderByDescending(row => row.Key).Select(row => row.ToArray());

    public void Dispose() => _pdf.Dispose();
}
