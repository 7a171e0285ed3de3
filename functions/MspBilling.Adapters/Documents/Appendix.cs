using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The activities behind the lines, a table for each line.</summary>
internal sealed class Appendix(Composition composition, IReadOnlyList<DetailSection> sections)
{
    private readonly InvoiceLabels _labels = composition.Labels;
    private readonly DocumentFormat _format = composition.Format;
    private readonly Typography _typography = composition.Typography;

    public IEnumerable<Block> Blocks()
    {
        yield return Heading(_labels.Appendix);
        foreach (var (at, section) in sections.Where(section => section.Rows.Count > 0).Index())
        {
            // Before a section and not after it: after the last one it could begin an empty page.
            if (at > 0)
                yield return new Block(10, (_, _) => { }) { KeepsWithNext = true };

            var table = Table(section);
            var header = table.Header();
            var title = _format.Fill(_labels.DetailBehindLine, _format.Count(section.LineNumber), section.Title);
            foreach (var block in Title(title))
                yield return block;

            yield return header;
            var turn = new PageTurn([.. Title($"{title} {_labels.Continued}"), header]);
            for (var row = 0; row < section.Rows.Count; row++)
            {
                foreach (var block in table.Blocks(row, turn, turn, keepsWithNext: false))
                    yield return block;
            }
        }
    }

    private Table Table(DetailSection section)
    {
        var detail = _typography.Detail;
        (Column Column, Func<DetailRow, string?> Cell)[] all =
        [
            (new(_labels.Date, detail), row => row.Date is { } date ? _format.Date(date) : null),
            (new(_labels.Who, detail, WrapsAt: 66), row => row.Who),
            (new(_labels.Reference, detail, WrapsAt: 66), row => row.Reference),
            (new(_labels.Description, detail, Fills: true), row => row.Description),
            (new(_labels.Quantity, detail, AlignsRight: true), row => _format.Quantity(row.Quantity)),
            (new(_labels.Unit, detail, WrapsAt: 40), row => _labels.UnitOf(row.Unit)),
            (new(_labels.Treatment, detail, WrapsAt: 84), row => row.Treatment),
            (new(_labels.Amount, detail, AlignsRight: true), row => row.Amount is { } amount ? _format.Figure(amount) : null),
        ];
        var used = all.Where(column => section.Rows.Any(row => column.Cell(row) is { Length: > 0 })).ToList();
        if (used.All(column => !column.Column.Fills))
            used.Add(all[3]);

        return new Table([.. used.Select(column => column.Column)], [.. section.Rows.Select(row => new Row([.. used.Select(column => column.Cell(row))]))], composition);
    }

    private Block Heading(string text)
    {
        var words = _typography.Heading.Measure(text);
        return new Block(26, (page, top) =>
        {
            page.Bookmark(text, depth: 1, top);
            page.Begin(Role.Heading2);
            page.Write(words, Sheet.Left, top + 4);
        })
        { KeepsWithNext = true };
    }

    private IEnumerable<Block> Title(string title)
    {
        Element? heading = null;
        return _typography.GroupTitle.Wrap(title, composition.Sheet.TextWidth).Select(line => new Block(line.Style.LineHeight + 3, (page, top) =>
        {
            if (!line.Continues)
                page.Bookmark(title, depth: 2, top);

            page.Enter(() => heading ??= page.Open(Role.Heading3));
            page.Write(line, Sheet.Left, top + 2);
        })
        { KeepsWithNext = true });
    }
}
