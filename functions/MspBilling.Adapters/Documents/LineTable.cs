using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The invoice's lines by kind, each kind with its title and its subtotal.</summary>
/// <remarks>A title keeps with its first line and a subtotal with its last; the last subtotal keeps with the totals below.</remarks>
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
        var row = 0;
        for (var at = 0; at < groups.Length; at++)
        {
            var group = groups[at];
            yield return Title(group.Title, [header]);
            IReadOnlyList<Block> repeats = [header, Title($"{group.Title} {_labels.Continued}", [])];
            for (var line = 1; line <= group.Lines.Count; line++)
            {
                foreach (var block in table.Blocks(row++, repeats, keepsWithNext: line == group.Lines.Count))
                    yield return block;
            }

            yield return table.Sum($"{_labels.Subtotal} {group.Title}", composition.Format.Figure(group.Subtotal), repeats, at == groups.Length - 1);
        }
    }

    private Table Table(LineGroup[] groups)
    {
        var lines = groups.SelectMany(group => group.Lines).ToArray();
        // All cells share one style: a change of style costs Skia more than a row of text.
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

    private Block Title(string title, IReadOnlyList<Block> repeats)
    {
        var words = _typography.GroupTitle.Wrap(title, Page.Right - Page.Left)[0];
        return new Block(22, (page, top) => page.Write(words, Page.Left, top + 8)) { KeepsWithNext = true, Repeats = repeats };
    }
}
