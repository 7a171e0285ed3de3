using MspBilling.Core;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The invoice's lines by kind, each kind with its title and its subtotal.</summary>
/// <remarks>
/// A title keeps with its first line and a subtotal with its last; the last subtotal keeps with the totals below. Where a page ends among
/// the lines, the net of all lines so far stands under its last and above the first of the next: after 60.00 and 40.00, 100.00.
/// </remarks>
internal sealed class LineTable(Composition composition)
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
            yield return Title(table, group.Title, turn);
            var goesOn = Title(table, $"{group.Title} {_labels.Continued}", PageTurn.Plain);
            var before = row == 0 ? new PageTurn([header, goesOn]) : Carried(table, header, net, goesOn);
            for (var line = 0; line < group.Lines.Count; line++)
            {
                net += group.Lines[line].Net;
                // A tall line's net stands at its top: once that is printed it is carried.
                var within = Carried(table, header, net, goesOn);
                foreach (var block in table.Blocks(row++, before, within, keepsWithNext: line == group.Lines.Count - 1))
                    yield return block;

                before = within;
            }

            yield return table.Sum($"{_labels.Subtotal} {group.Title}", composition.Format.Figure(group.Subtotal), before, at == groups.Length - 1);
            turn = Carried(table, header, net);
        }
    }

    private PageTurn Carried(Table table, Block header, Money net, params ReadOnlySpan<Block> goesOn)
    {
        var figure = composition.Format.Figure(net);
        return new PageTurn([header, table.Carry(_labels.BroughtForward, figure), .. goesOn], table.Carry(_labels.CarriedForward, figure));
    }

    private Table Table(LineGroup[] groups)
    {
        var lines = groups.SelectMany(group => group.Lines).ToArray();
        var (cell, format, discounted) = (_typography.Cell, composition.Format, lines.Any(line => line.Discount is not null));
        List<Column> columns =
        [
            new(_labels.Line, cell, AlignsRight: true),
            new(_labels.Description, cell, Fills: true),
            new(_labels.Quantity, cell, AlignsRight: true),
            new(_labels.Unit, cell, WrapsAt: 58),
            new(_labels.UnitPrice, cell, AlignsRight: true),
            new(_labels.Net, cell, AlignsRight: true),
        ];
        if (discounted)
            columns.Insert(5, new(_labels.Discount, cell, AlignsRight: true));

        var rows = lines.Select(line =>
        {
            List<string?> cells =
            [
                format.Count(line.Number), line.Description, format.Quantity(line.Quantity), line.Unit, format.Price(line.UnitPrice), format.Figure(line.Net),
            ];
            if (discounted)
                cells.Insert(5, line.Discount is { } discount ? format.Figure(discount) : null);

            return new Row(cells, line.Explanation);
        });
        return new Table(columns, [.. rows], _typography);
    }

    private Block Title(Table table, string title, PageTurn turn)
    {
        var words = _typography.GroupTitle.Wrap(title, Page.Right - Page.Left)[0];
        return new Block(22, (page, top) =>
        {
            page.Bookmark(title, depth: 1, top);
            page.Enter(() => table.Title(page));
            page.Write(words, Page.Left, top + 8);
        })
        { KeepsWithNext = true, Turn = turn };
    }
}
