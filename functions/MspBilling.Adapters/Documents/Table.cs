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
    private readonly float[] _lefts;
    private readonly float[] _widths;
    private readonly Words[] _titles;

    public Table(IReadOnlyList<Column> columns, IReadOnlyList<Row> rows, Typography typography)
    {
        (_columns, _rows, _typography) = (columns, rows, typography);
        _titles = [.. columns.Select(column => typography.ColumnTitle.Measure(column.Title))];
        _widths = [.. _titles.Select(title => title.Width)];
        _cells = [.. rows.Select(row => columns.Select((column, at) => row.Cells[at] is { Length: > 0 } text ? column.Style.Measure(text) : (Words?)null).ToArray())];
        for (var column = 0; column < columns.Count; column++)
        {
            var widest = _cells.Max(cells => cells[column]?.Width ?? 0);
            _widths[column] = Math.Max(_widths[column], Math.Min(widest, columns[column].WrapsAt ?? widest));
        }

        var fills = columns.Index().First(column => column.Item.Fills).Index;
        _widths[fills] = 0;
        _widths[fills] = Page.Right - Page.Left - _widths.Sum() - (Gap * (columns.Count - 1));
        _lefts = new float[columns.Count];
        _lefts[0] = Page.Left;
        for (var column = 1; column < columns.Count; column++)
            _lefts[column] = _lefts[column - 1] + _widths[column - 1] + Gap;
    }

    public Block Header() => new(16, (page, top) =>
    {
        for (var column = 0; column < _columns.Count; column++)
            Write(page, _titles[column], column, top + 2);

        page.Rule(top + 14, _typography.Accent, 0.75f);
    })
    { KeepsWithNext = true };

    /// <summary>The pieces of a row: one, unless it is tall.</summary>
    public IEnumerable<Block> Blocks(int row, IReadOnlyList<Block> repeats, bool keepsWithNext)
    {
        var cells = _columns.Select((_, column) => Lines(row, column)).ToArray();
        var depth = cells.Max(lines => lines.Count);
        var tallest = Enumerable.Range(0, depth).Sum(line => LineHeight(cells, line)) > TallestWhole ? TallestPiece : TallestWhole;
        for (var from = 0; from < depth;)
        {
            var (first, to, above, height) = (from, from, from == 0 ? Padding : 0, 0f);
            for (; to < depth && (to == from || height < tallest); to++)
                height += LineHeight(cells, to);

            var ends = to == depth;
            height += above + (ends ? Padding : 0);
            yield return new Block(height, (page, top) => Draw(page, top + above, cells, first, to))
            {
                Repeats = repeats,
                KeepsWithNext = ends,
            };
            from = to;
        }

        yield return new Block(0, (page, top) => page.Rule(top - 0.5f, _typography.Rule)) { KeepsWithNext = keepsWithNext };
    }

    /// <summary>A line under the rows: words in the column that fills, a figure in the last.</summary>
    public Block Sum(string label, string figure, IReadOnlyList<Block> repeats, bool keepsWithNext) => new(22, (page, top) =>
    {
        var sum = _typography.StrongCell.Measure(figure);
        var right = Page.Right - Math.Max(_widths[^1], sum.Width) - Gap;
        page.WriteRight(_typography.PaleCell.Wrap(label, right - Page.Left)[0], right, top + 3);
        page.WriteRight(sum, Page.Right, top + 3);
    })
    { Repeats = repeats, KeepsWithNext = keepsWithNext };

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

    private void Draw(Page page, float top, IReadOnlyList<Words>[] cells, int from, int to)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var y = top;
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
