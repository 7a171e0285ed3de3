using MspBilling.Core;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>What follows the lines: the totals, and beside them, or below when there is much of it, what the law wants and how to pay.</summary>
internal sealed class ClosingBlocks(InvoiceComposition composition)
{
    private const float TotalsWidth = 235;
    private const float TallestBeside = 200;

    private readonly InvoiceDocument _document = composition.Document;
    private readonly Sheet _sheet = composition.Sheet;
    private readonly Typography _typography = composition.Typography;

    private float TotalsLeft => _sheet.Right - TotalsWidth;

    public IEnumerable<Block> Blocks()
    {
        Sum[] sums = [.. Sums()];
        var beside = Sentences(TotalsLeft - Sheet.Left - 30);
        var besideHeight = beside.Sum(line => line.Style.LineHeight) + 10;
        var fits = besideHeight <= TallestBeside;
        yield return new Block(Math.Max(sums.Sum(Height) + 8, fits ? besideHeight : 0), (page, top) =>
        {
            Draw(page, top + 8, sums);
            if (fits)
                DrawLines(page, top + 10, beside);
        });

        foreach (var line in fits ? [] : Sentences(_sheet.TextWidth))
            yield return new Block(line.Style.LineHeight, (page, top) => page.Write(line, Sheet.Left, top));
    }

    private IEnumerable<Sum> Sums()
    {
        var (labels, format, totals) = (composition.Labels, composition.Format, _document.Totals);
        List<Figure> figures = [FigureOf(totals.TaxIncluded ? labels.Subtotal : labels.NetTotal, totals.Subtotal)];
        if (totals.Discounts is { } discounts)
            figures.Add(FigureOf(labels.Discounts, discounts));

        var taxOn = totals.TaxIncluded ? labels.TaxIncludedOn : labels.TaxOn;
        figures.AddRange(totals.Taxes.Select(tax => FigureOf(format.Fill(taxOn, tax.Name, format.Percent(tax.Percent), format.Amount(tax.TaxableBase)), tax.Tax)));
        yield return new Sum(figures, labels.Total, totals.Total);
        if (totals.Applied.Count > 0)
            yield return new Sum([.. totals.Applied.Select(credit => FigureOf(format.Fill(LabelOf(credit.Kind), credit.Reference).TrimEnd(), credit.Amount))], composition.AmountLabel, totals.AmountDue);
    }

    private string LabelOf(AppliedCreditKind kind) => kind switch
    {
        AppliedCreditKind.Prepayment => composition.Labels.PaidFromPrepayment,
        AppliedCreditKind.AccountCredit => composition.Labels.PaidByCredit,
        AppliedCreditKind.Payment => composition.Labels.PaidAlready,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private Figure FigureOf(string label, Money amount)
    {
        var figure = _typography.Text.Measure(composition.Format.Amount(amount));
        return new Figure(_typography.Text.Wrap(label, TotalsWidth - 36 - figure.Width), figure);
    }

    private float Height(Sum sum) => sum.Figures.Sum(figure => (figure.Label.Count * _typography.Text.LineHeight) + 5) + 36;

    private void Draw(Page page, float top, IEnumerable<Sum> sums)
    {
        foreach (var sum in sums)
        {
            Draw(page, top, sum);
            top += Height(sum);
        }
    }

    private void Draw(Page page, float top, Sum sum)
    {
        foreach (var (label, figure) in sum.Figures)
        {
            page.Begin(Role.Paragraph);
            page.Write(label[0], TotalsLeft + 12, top + 2);
            page.WriteRight(figure, _sheet.Right - 12, top + 2);
            top += label[0].Style.LineHeight;
            foreach (var line in label.Skip(1))
            {
                page.Write(line, TotalsLeft + 12, top + 2);
                top += line.Style.LineHeight;
            }

            top += 5;
        }

        page.Fill(new(TotalsLeft, top + 3, _sheet.Right, top + 31), _typography.Tint, 5);
        page.Begin(Role.Paragraph);
        page.Write(_typography.Total.Measure(sum.Label), TotalsLeft + 12, top + 10);
        page.WriteRight(_typography.Total.Measure(composition.Format.Amount(sum.Amount)), _sheet.Right - 12, top + 10);
        page.End();
    }

    private List<Words> Sentences(float width)
    {
        List<Words> lines = [];
        foreach (var wanted in _document.Notes)
            lines.AddRange([.. _typography.Text.Wrap(wanted, width), _typography.Small.Measure("")]);

        string[] payment = [.. _document.PaymentInstructions.Prepend(_document.PaymentTerms).Where(sentence => sentence.Length > 0)];
        if (payment.Length > 0)
            lines.AddRange([_typography.Strong.Measure(composition.Labels.Payment), .. payment.SelectMany(sentence => _typography.Text.Wrap(sentence, width))]);

        if (_document.Template.ClosingNote is { } note)
            lines.AddRange([_typography.Small.Measure(""), .. _typography.Text.Wrap(note, width)]);

        return lines;
    }

    private static void DrawLines(Page page, float top, IEnumerable<Words> lines)
    {
        foreach (var line in lines)
        {
            page.Write(line, Sheet.Left, top);
            top += line.Style.LineHeight;
        }
    }

    /// <summary>Figures one under the other, and what they come to in a box.</summary>
    private sealed record Sum(IReadOnlyList<Figure> Figures, string Label, Money Amount);

    private sealed record Figure(IReadOnlyList<Words> Label, Words Amount);
}
