using MspBilling.Core;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>What follows the lines: the totals, and beside them, or below when there is much of it, what the law wants and how to pay.</summary>
internal sealed class ClosingBlocks(Composition composition)
{
    private const float TotalsLeft = 315;
    private const float TallestBeside = 200;

    private readonly InvoiceDocument _document = composition.Document;
    private readonly Typography _typography = composition.Typography;

    public IEnumerable<Block> Blocks()
    {
        var figures = Figures().ToArray();
        var totalsHeight = figures.Sum(figure => (figure.Label.Count * _typography.Text.LineHeight) + 5) + 44;
        var beside = Sentences(TotalsLeft - Page.Left - 30);
        var besideHeight = beside.Sum(line => line.Style.LineHeight) + 10;
        var fits = besideHeight <= TallestBeside;
        yield return new Block(Math.Max(totalsHeight, fits ? besideHeight : 0), (page, top) =>
        {
            DrawTotals(page, top + 8, figures);
            if (fits)
                DrawLines(page, top + 10, beside);
        });

        foreach (var line in fits ? [] : Sentences(Page.Right - Page.Left))
            yield return new Block(line.Style.LineHeight, (page, top) => page.Write(line, Page.Left, top));
    }

    private IEnumerable<(IReadOnlyList<Words> Label, Words Figure)> Figures()
    {
        var (labels, format, totals) = (composition.Labels, composition.Format, _document.Totals);
        (IReadOnlyList<Words>, Words) Figure(string label, Money amount)
        {
            var figure = _typography.Text.Measure(format.Amount(amount));
            return (_typography.Text.Wrap(label, Page.Right - TotalsLeft - 36 - figure.Width), figure);
        }

        yield return Figure(labels.Subtotal, totals.Subtotal);
        if (totals.Discounts is { } discounts)
            yield return Figure(labels.Discounts, discounts);

        foreach (var tax in totals.Taxes)
            yield return Figure(format.Fill(totals.TaxIncluded ? labels.TaxIncludedOn : labels.TaxOn, tax.Name, format.Percent(tax.Percent), format.Amount(tax.TaxableBase)), tax.Tax);
    }

    private void DrawTotals(Page page, float top, IEnumerable<(IReadOnlyList<Words> Label, Words Figure)> figures)
    {
        foreach (var (label, figure) in figures)
        {
            page.Write(label[0], TotalsLeft + 12, top + 2);
            page.WriteRight(figure, Page.Right - 12, top + 2);
            top += label[0].Style.LineHeight;
            foreach (var line in label.Skip(1))
            {
                page.Write(line, TotalsLeft + 12, top + 2);
                top += line.Style.LineHeight;
            }

            top += 5;
        }

        page.Fill(new(TotalsLeft, top + 3, Page.Right, top + 31), _typography.Tint, 5);
        page.Write(_typography.Total.Measure(composition.Labels.Total), TotalsLeft + 12, top + 10);
        page.WriteRight(_typography.Total.Measure(composition.Format.Amount(_document.Totals.Total)), Page.Right - 12, top + 10);
    }

    private List<Words> Sentences(float width)
    {
        List<Words> lines = [];
        foreach (var note in _document.Notes)
            lines.AddRange([.. _typography.Text.Wrap(note, width), _typography.Small.Measure("")]);

        lines.Add(_typography.Strong.Measure(composition.Labels.Payment));
        foreach (var sentence in _document.PaymentInstructions.Prepend(_document.PaymentTerms))
            lines.AddRange(_typography.Text.Wrap(sentence, width));

        return lines;
    }

    private static void DrawLines(Page page, float top, IEnumerable<Words> lines)
    {
        foreach (var line in lines)
        {
            page.Write(line, Page.Left, top);
            top += line.Style.LineHeight;
        }
    }
}
