namespace MspBilling.Adapters.Documents;

/// <summary>How wide a column is: as wide as its widest cell, at most so wide and then wrapped, or all that is left.</summary>
internal sealed record Column(string Title, TextStyle Style, bool AlignsRight = false, float? WrapsAt = null, bool Fills = false);

/// <summary>One cell for each column; the note stands small under the cell that fills.</summary>
internal sealed record Row(IReadOnlyList<string?> Cells, string? Note = null);

/// <summary>Rows and columns measured once for a whole table, so that columns stand still from page to page.</summary>
/// <remarks>A row taller than <see cref="TallestWhole"/> is cut between lines of text, so that any description fits some page.</remarks>
internal sealed class Table
{
    private const float Gap = 11;
    private const float Padding = 2.1f;
    private const float TallestWhole = 160;
    private const float TallestPiece = 60;

    private readonly IReadOnlyList<Column> _columns;
    private readonly IReadOnlyList<Row> _rows;
    private readonly Words?[][] _cells;
    private readonly Typography _typography;
    private readonly Sheet _sheet;
    private readonly float[] _lefts;
    private readonly float[] _widths;
    private readonly Words[] _titles;
    private Element? _element;

    public Table(IReadOnlyList<Column> columns, IReadOnlyList<Row> rows, Composition composition)
    {
        (_columns, _rows, _typography, _sheet) = (columns, rows, composition.Typography, composition.Sheet);
        _titles = [.. columns.Select(column => _typography.ColumnTitle.Measure(column.Title))];
        _widths = [.. _titles.Select(title => title.Width)];
        _cells = [.. rows.Select(row => columns.Select((column, at) => row.Cells[at] is { Length: > 0 } text ? column.Style.Measure(text) : (Words?)null).ToArray())];
        for (var column = 0; column < columns.Count; column++)
        {
            var widest = _cells.Max(cells => cells[column]?.Width ?? 0);
            _widths[column] = Math.Max(_widths[column], Math.Min(widest, columns[column].WrapsAt ?? widest));
        }

        var fills = columns.Index().First(column => column.Item.Fills).Index;
        _widths[fills] = 0;
        _widths[fills] = _sheet.TextWidth - _widths.Sum() - (Gap * (columns.Count - 1));
        _lefts = new float[columns.Count];
        _lefts[0] = Sheet.Left;
        for (var column = 1; column < columns.Count; column++)
            _lefts[column] = _lefts[column - 1] + _widths[column - 1] + Gap;
    }

    public Block Header() => new(16, (page, top) =>
    {
        Element? titles = null;
        for (var column = 0; column < _columns.Count; column++)
        {
            page.Enter(() => (titles ??= Told(page).Add(Role.TableRow)).Add(Role.HeaderCell));
            Write(page, _titles[column], column, top + 2);
        }

        page.Rule(top + 14, _typography.Accent, 0.75f);
    })
    { KeepsWithNext = true };

    /// <summary>The heading of some rows, over all columns.</summary>
    public Element Title(Page page) => Told(page).Add(Role.TableRow).Add(new Element(Role.HeaderCell) { Columns = _columns.Count });

    /// <summary>The pieces of a row: one, unless it is tall.</summary>
    /// <param name="before">What is drawn if the page ends before the row.</param>
    /// <param name="within">The same between its pieces.</param>
    public IEnumerable<Block> Blocks(int row, PageTurn before, PageTurn within, bool keepsWithNext)
    {
        Element[]? told = null;
        var cells = _columns.Select((_, column) => Lines(row, column)).ToArray();
        var depth = cells.Max(lines => lines.Count);
        var tallest = Enumerable.Range(0, depth).Sum(line => LineHeight(cells, line)) > TallestWhole ? TallestPiece : TallestWhole;
        for (var from = 0; from < depth;)
        {
            var (first, to, above, height) = (from, from, from == 0 ? Padding : 0, 0f);
            for (; to < depth && (to == from || height < tallest); to++)
                height += LineHeight(cells, to);

            var (ends, last) = (to == depth, to);
            height += above + (ends ? Padding : 0);
            yield return new Block(height, (page, top) => Draw(page, top + above, cells, first, last, told ??= Cells(page)))
            {
                Turn = first == 0 ? before : within,
                KeepsWithNext = ends,
            };
            from = to;
        }

        yield return new Block(0, (page, top) => page.Rule(top - 0.5f, _typography.Rule)) { KeepsWithNext = keepsWithNext };
    }

    /// <summary>A line under the rows: words in the column that fills, a figure in the last.</summary>
    public Block Sum(string label, string figure, PageTurn turn, bool keepsWithNext) => new(22, (page, top) => DrawSum(page, top, label, figure, _typography.StrongCell))
    {
        Turn = turn,
        KeepsWithNext = keepsWithNext,
    };

    /// <summary>A sum that goes over to the next page, or comes from the one before: the page's, not the table's.</summary>
    public Block Carry(string label, Func<string> figure) => new(10.5f, (page, top) => DrawSum(page, top - 2.5f, label, figure(), _typography.PaleCell));

    private void DrawSum(Page page, float top, string label, string figure, TextStyle style)
    {
        var sum = style.Measure(figure);
        var right = _sheet.Right - Math.Max(_widths[^1], sum.Width) - Gap;
        Element? told = null;
        page.Enter(() => (told = Told(page).Add(Role.TableRow)).Add(new Element(Role.DataCell) { Columns = _columns.Count - 1 }));
        page.WriteRight(_typography.PaleCell.Wrap(label, right - Sheet.Left)[0], right, top + 3);
        page.Enter(() => told!.Add(Role.DataCell));
        page.WriteRight(sum, _sheet.Right, top + 3);
    }

    private Element Told(Page page) => _element ??= page.Open(Role.Table);

    private Element[] Cells(Page page)
    {
        var row = Told(page).Add(Role.TableRow);
        return [.. _columns.Select(_ => row.Add(Role.DataCell))];
    }

    private IReadOnlyList<Words> Lines(int row, int column)
    {
        if (_cells[row][column] is not { } whole)
            return [];

        var (style, text, width) = (_columns[column].Style, _rows[row].Cells[column]!, _widths[column]);
        var lines = whole.Width <= width && !text.Contains('\n') ? [whole] : style.Wrap(text, width);
        return _columns[column].Fills && _rows[row].Note is { Length: > 0 } note ? [.. lines, .. _typography.Small.Wrap(note, width)] : lines;
    }

    private static float LineHeight(IReadOnlyList<Words>[] cells, int line) =>
        cells.Where(lines => lines.Count > line).Max(lines => lines[line].Style.LineHeight);

    private void Draw(Page page, float top, IReadOnlyList<Words>[] cells, int from, int to, Element[] told)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var y = top;
            page.Enter(() => told[column]);
            for (var line = from; line < Math.Min(to, cells[column].Count); line++)
            {
                Write(page, cells[column][line], column, y);
                y += LineHeight(cells, line);
            }
        }
    }

    private void Write(Page page, Words words, int column, float top) =>
        page.Write(words, _columns[column].AlignsRight ? _lefts[column] + _widths[column] - words.Width : _lefts[column], top);
}
