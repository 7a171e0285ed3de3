using System.Buffers;

namespace MspBilling.Adapters.Capture;

/// <summary>A strict reader of comma-separated values (RFC 4180) in UTF-8 that knows the line and column of every cell.</summary>
/// <remarks>
/// Quotes stand around a whole cell or nowhere; a quote in a quoted cell is doubled; empty lines are skipped. Of a spreadsheet
/// a cell may also be <c>="00123"</c>, which keeps the zeros of a text. What is wrong with the text itself becomes a problem here
/// or in the <see cref="Utf8Window"/>, which sets the limits; cells are judged by the caller.
/// </remarks>
/// <param name="separator">Comma, semicolon or tab.</param>
internal sealed class CsvReader(Stream content, ProblemList problems, int characters = 128 * 1024, char separator = ',', bool isOfSpreadsheet = false, string textWords = Utf8Text.Expected)
{
    private static readonly SearchValues<char> EndOfPlainCell = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> EndOfSemicolonCell = SearchValues.Create(";\"\r\n");
    private static readonly SearchValues<char> EndOfTabbedCell = SearchValues.Create("\t\"\r\n");
    private static readonly SearchValues<char> EndOfQuotedText = SearchValues.Create("\"\r\n");
    private static readonly SearchValues<char> EndOfLine = SearchValues.Create("\r\n");

    private readonly Utf8Window _text = new(content, problems, characters, textWords);
    private readonly char _separator = separator;

    private readonly SearchValues<char> _endOfPlainCell = separator switch
    {
        ',' => EndOfPlainCell,
        ';' => EndOfSemicolonCell,
        '\t' => EndOfTabbedCell,
        _ => throw new ArgumentOutOfRangeException(nameof(separator), separator, "Cells are separated by a comma, a semicolon or a tab."),
    };

    private Cell[] _cells = new Cell[64];

    /// <summary>The largest text that is read.</summary>
    public long MostBytes { init => _text.MostBytes = value; }

    private enum Quoted
    {
        No,
        Yes,
        WithDoubledQuotes,
    }

    /// <summary>Cells in the row.</summary>
    public int Count { get; private set; }

    /// <summary>The line that the row starts on; a quoted cell may go over several.</summary>
    public int Line => _text.RowLine;

    /// <summary>Goes to the next row without an error of quoting; false at the end, or when nothing more can be read.</summary>
    public bool Read()
    {
        while (SkipEmptyLines())
        {
            Count = 0;
            if (ReadRow())
                return true;
        }

        return false;
    }

    /// <summary>Valid until the next row is read.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            ref var cell = ref _cells[index];
            if (cell.Quoted == Quoted.WithDoubledQuotes)
                cell = cell with { Length = UndoubleQuotes(_text.InRow(cell.Start, cell.Length)), Quoted = Quoted.Yes };
            return _text.InRow(cell.Start, cell.Length);
        }
    }

    public TextPlace PlaceOf(int index) => _cells[index].Place;

    /// <summary>Closes up the text in its place and tells its new length.</summary>
    private static int UndoubleQuotes(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            text[length++] = text[i];
            if (text[i] == '"')
                i++;
        }

        return length;
    }

    private bool SkipEmptyLines()
    {
        _text.StartRow();
        while (_text.Peek() is '\r' or '\n')
        {
            _text.EndLine();
            _text.StartRow();
        }

        return _text.HasNext();
    }

    /// <summary>False when the row cannot be read; then it has been reported, and the next line is to be tried.</summary>
    private bool ReadRow()
    {
        while (true)
        {
            var place = _text.Place;
            if (!(_text.Peek() == '"' ? ReadQuotedCell(place) : ReadPlainCell(place)))
                return false;

            var next = _text.Peek();
            if (next == _separator)
            {
                _text.Skip();
                continue;
            }

            if (next >= 0)
                _text.EndLine();
            return !_text.HasFailed;
        }
    }

    private bool ReadPlainCell(TextPlace place)
    {
        var start = _text.Passed;
        if (_text.SkipTo(_endOfPlainCell) == '"')
        {
            return isOfSpreadsheet && _text.Passed - start == 1 && _text.InRow(start, 1)[0] == '='
                ? ReadQuotedCell(place)
                : SkipBadRow("no quote inside a cell that does not start with one");
        }

        AddCell(start, _text.Passed - start, Quoted.No, place);
        return !_text.HasFailed;
    }

    private bool ReadQuotedCell(TextPlace place)
    {
        _text.Skip();
        var start = _text.Passed;
        var quoted = Quoted.Yes;
        while (_text.SkipTo(EndOfQuotedText) is >= 0 and var found)
        {
            if (found != '"')
            {
                _text.EndLine();
                continue;
            }

            var length = _text.Passed - start;
            _text.Skip();
            var next = _text.Peek();
            if (next == '"')
            {
                quoted = Quoted.WithDoubledQuotes;
                _text.Skip();
                continue;
            }

            AddCell(start, length, quoted, place);
            return next == _separator || next is '\r' or '\n' or < 0
                ? !_text.HasFailed
                : SkipBadRow($"{NameOf(_separator)} or the end of the line after a closing quote; a quote inside a quoted cell is doubled");
        }

        if (!_text.HasFailed)
            problems.Add(place, null, null, "a closing quote for the quote that opens here, but the file ends");
        return false;
    }

    private bool SkipBadRow(string expected)
    {
        problems.Add(_text.Place, null, "\"", expected);
        if (_text.SkipTo(EndOfLine) >= 0)
            _text.EndLine();
        return false;
    }

    private static string NameOf(char separator) => separator switch
    {
        ';' => "a semicolon",
        '\t' => "a tab",
        _ => "a comma",
    };

    private void AddCell(int start, int length, Quoted quoted, TextPlace place)
    {
        if (Count == _cells.Length)
            Array.Resize(ref _cells, Count * 2);
        _cells[Count++] = new Cell(start, length, quoted, place);
    }

    /// <param name="Start">From the start of the row.</param>
    private readonly record struct Cell(int Start, int Length, Quoted Quoted, TextPlace Place);
}
