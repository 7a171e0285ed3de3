using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The invoice's lines by kind, each kind with its title and its subtotal.</summary>
/// <remarks>
/// A title keeps with its first line and a subtotal with its last; the last subtotal keeps with the totals below. Where a page ends among
/// the lines, the net of all lines so far stands under its last and above the first of the next: after 60.00 and 40.00, 100.00.
/// </remarks>
internal sealed class LineTable(InvoiceComposition composition)
{
    private readonly InvoiceLabels _labels = composition.Labels;
    private readonly Typography _typography = composition.Typography;

    public IEnumerable<Block> Blocks()
    {
        var groups = composition.Document.Groups.Where(group => group.Lines.Count > 0).ToArray();
        if (groups.Length == 0)
            yield break;

        var table = Table(groups);
        var header = table.Header();
        yield return header;
        var (row, net) = (0, Money.Zero(composition.Document.Currency));
        var turn = new PageTurn([header]);
        for (var at = 0; at < groups.Length; at++)
        {
            var group = groups[at];
            // Lines that are not grouped stand under no title and come to no sum but the totals.
            if (group.Title.Length > 0)
                yield return Title(table, group.Title, turn);

            Block[] goesOn = group.Title.Length > 0 ? [Title(table, $"{group.Title} {_labels.Continued}", PageTurn.Plain)] : [];
            var before = row == 0 ? new PageTurn([header, .. goesOn]) : Carried(table, header, net, goesOn);
            for (var line = 0; line < group.Lines.Count; line++)
            {
                net += group.Lines[line].Net;
                // A tall line's net stands at its top: once that is printed it is carried.
                var within = Carried(table, header, net, goesOn);
                foreach (var block in table.Blocks(row++, before, within, keepsWithNext: line == group.Lines.Count - 1))
                    yield return block;

                before = within;
            }

            if (group.Title.Length > 0)
                yield return table.Sum($"{_labels.Subtotal} {group.Title}", composition.Format.Figure(group.Subtotal), before, at == groups.Length - 1);
            turn = Carried(table, header, net);
        }
    }

    private PageTurn Carried(Table table, Block header, Money net, params ReadOnlySpan<Block> goesOn)
    {
        // Written out only where a page ends, which is after few of the lines.
        string Figure() => composition.Format.Figure(net);
        return new PageTurn([header, table.Carry(_labels.BroughtForward, Figure), .. goesOn], table.Carry(_labels.CarriedForward, Figure));
    }

    private Table Table(LineGroup[] groups)
    {
        var lines = groups.SelectMany(group => group.Lines).ToArray();
        var (cell, format) = (_typography.Cell, composition.Format);
        List<(Column Column, Func<PrintedLine, string?> Cell)> columns =
        [
            (new(_labels.Line, cell, AlignsRight: true), line => format.Count(line.Number)),
            (new(_labels.Description, cell, Fills: true), line => line.Description),
            .. composition.Document.Template.Columns.Where(column => column != LineColumn.Discount || lines.Any(line => line.Discount is not null)).Select(Optional),
            (new(composition.Document.Totals.TaxIncluded ? _labels.Amount : _labels.Net, cell, AlignsRight: true), line => format.Figure(line.Net)),
        ];
        return new Table([.. columns.Select(each => each.Column)], [.. lines.Select(line => new Row([.. columns.Select(each => each.Cell(line))], line.Explanation))], composition);
    }

    private (Column Column, Func<PrintedLine, string?> Cell) Optional(LineColumn column)
    {
        var (cell, format) = (_typography.Cell, composition.Format);
        return column switch
        {
            LineColumn.Quantity => (new(_labels.Quantity, cell, AlignsRight: true), line => format.Quantity(line.Quantity)),
            LineColumn.Unit => (new(_labels.Unit, cell, WrapsAt: 58), line => _labels.UnitOf(line.Unit)),
            LineColumn.UnitPrice => (new(_labels.UnitPrice, cell, AlignsRight: true), line => format.Price(line.UnitPrice)),
            LineColumn.Discount => (new(_labels.Discount, cell, AlignsRight: true), line => line.Discount is { } discount ? format.Figure(discount) : null),
            LineColumn.TaxRate => (new(_labels.TaxRate, cell, AlignsRight: true), line => string.Join(" + ", line.TaxPercents.Select(format.Percent))),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
        };
    }

    private Block Title(Table table, string title, PageTurn turn)
    {
        var words = _typography.GroupTitle.Wrap(title, composition.Sheet.TextWidth)[0];
        return new Block(22, (page, top) =>
        {
            page.Bookmark(title, depth: 1, top);
            page.Enter(() => table.Title(page));
            page.Write(words, Sheet.Left, top + 8);
        })
        { KeepsWithNext = true, Turn = turn };
    }
}
