using System.Buffers;
using System.Text.Unicode;

namespace MspBilling.Adapters.Capture;

/// <summary>A strict reader of comma-separated values (RFC 4180) in UTF-8 that knows the line and column of every cell.</summary>
/// <remarks>
/// Quotes stand around a whole cell or nowhere; a quote in a quoted cell is doubled; a line ends with LF, CR LF or CR; empty
/// lines are skipped. Memory is bounded by the longest row, which has fewer than 1,048,576 characters, whatever the file's size
/// (at most 2,000,000,000 bytes); it starts with room for so many characters, a power of two. What is wrong with the text itself becomes a problem here; cells are judged by the caller.
/// </remarks>
internal sealed class CsvReader(Stream content, ProblemList problems, int characters = 128 * 1024)
{
    public const long MostBytes = 2_000_000_000;
    public const int RowLimit = 1 << 20;

    private static readonly SearchValues<char> EndOfPlainCell = SearchValues.Create(",\"\r\n");

    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _bytesLength;
    private bool _started;
    private bool _noMoreBytes;

    private char[] _text = new char[characters];
    private int _length;
    private int _row;
    private int _next;

    private int _line = 1;
    private int _lineStart;
    private bool _stopped;

    private Cell[] _cells = new Cell[64];
    private int _count;

    private enum Quoted
    {
        No,
        Yes,
        WithDoubledQuotes,
    }

    /// <summary>Cells in the row.</summary>
    public int Count => _count;

    /// <summary>The line that the row starts on; a quoted cell may go over several.</summary>
    public int Line { get; private set; }

    /// <summary>Goes to the next row without an error of quoting; false at the end, or when nothing more can be read.</summary>
    public bool Read()
    {
        if (!_started && !Start())
            return false;

        while (!_stopped && SkipEmptyLines())
        {
            (Line, _count) = (_line, 0);
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
                cell = cell with { Length = UndoubleQuotes(_text.AsSpan(_row + cell.Start, cell.Length)), Quoted = Quoted.Yes };
            return _text.AsSpan(_row + cell.Start, cell.Length);
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

    private bool Start()
    {
        _started = true;
        if (content.Length - content.Position is > MostBytes and var size)
        {
            problems.Add(TextPlace.WholeFile, null, ReadLimit.Bytes(size), $"at most {ReadLimit.Bytes(MostBytes)} of CSV; split the file");
            return Stop();
        }

        _bytesLength = content.ReadAtLeast(_bytes, _bytes.Length, throwOnEndOfStream: false);
        if (Utf8Text.IsUtf16(_bytes.AsSpan(0, _bytesLength)))
        {
            problems.Add(TextPlace.WholeFile, null, "UTF-16", Utf8Text.Expected);
            return Stop();
        }

        var mark = Utf8Text.MarkLength(_bytes.AsSpan(0, _bytesLength));
        _bytes.AsSpan(mark, _bytesLength - mark).CopyTo(_bytes);
        _bytesLength -= mark;
        return true;
    }

    private bool SkipEmptyLines()
    {
        _row = _next;
        while (Has(_next))
        {
            if (!IsLineEnd(_text[_next]))
                return true;
            EndLine();
            _row = _next;
        }

        return false;
    }

    /// <summary>False when the row cannot be read; then it has been reported, and the next line is to be tried.</summary>
    private bool ReadRow()
    {
        while (true)
        {
            var place = new TextPlace(_line, _next - _lineStart + 1);
            var opened = Has(_next) && _text[_next] == '"';
            if (!(opened ? ReadQuotedCell(place) : ReadPlainCell(place)))
                return false;

            if (Has(_next) && _text[_next] == ',')
            {
                _next++;
                continue;
            }

            if (Has(_next))
                EndLine();
            return !_stopped;
        }
    }

    private bool ReadPlainCell(TextPlace place)
    {
        var start = _next - _row;
        while (Has(_next))
        {
            var found = _text.AsSpan(_next, _length - _next).IndexOfAny(EndOfPlainCell);
            _next = found < 0 ? _length : _next + found;
            if (found < 0)
                continue;
            if (_text[_next] == '"')
                return SkipBadRow("no quote inside a cell that does not start with one");
            break;
        }

        AddCell(start, _next - _row - start, Quoted.No, place);
        return !_stopped;
    }

    private bool ReadQuotedCell(TextPlace place)
    {
        var start = ++_next - _row;
        var quoted = Quoted.Yes;
        while (Has(_next))
        {
            var found = _text.AsSpan(_next, _length - _next).IndexOf('"');
            var end = found < 0 ? _length : _next + found;
            CountLines(end);
            if (found < 0)
                continue;

            _next++;
            if (Has(_next) && _text[_next] == '"')
            {
                quoted = Quoted.WithDoubledQuotes;
                _next++;
                continue;
            }

            AddCell(start, _next - 1 - _row - start, quoted, place);
            return !Has(_next) || _text[_next] == ',' || IsLineEnd(_text[_next])
                ? !_stopped
                : SkipBadRow("a comma or the end of the line after a closing quote; a quote inside a quoted cell is doubled");
        }

        if (!_stopped)
        {
            problems.Add(place, null, null, "a closing quote for the quote that opens here, but the file ends");
            Stop();
        }

        return false;
    }

    /// <summary>Moves over quoted text up to the end, counting its lines; a CR at the end takes its LF along.</summary>
    private void CountLines(int end)
    {
        // Looking for that LF may move the buffer, but never the distance from the start of the row.
        for (var fromRow = end - _row; _next - _row < fromRow;)
        {
            var found = _text.AsSpan(_next, _row + fromRow - _next).IndexOfAny('\r', '\n');
            if (found < 0)
            {
                _next = _row + fromRow;
                return;
            }

            _next += found;
            EndLine();
        }
    }

    private bool SkipBadRow(string expected)
    {
        problems.Add(new TextPlace(_line, _next - _lineStart + 1), null, "\"", expected);
        while (Has(_next) && !IsLineEnd(_text[_next]))
        {
            var found = _text.AsSpan(_next, _length - _next).IndexOfAny('\r', '\n');
            _next = found < 0 ? _length : _next + found;
        }

        if (Has(_next))
            EndLine();
        return false;
    }

    private void AddCell(int start, int length, Quoted quoted, TextPlace place)
    {
        if (_count == _cells.Length)
            Array.Resize(ref _cells, _count * 2);
        _cells[_count++] = new Cell(start, length, quoted, place);
    }

    private static bool IsLineEnd(char character) => character is '\r' or '\n';

    /// <summary>Moves over LF, CR LF or CR.</summary>
    private void EndLine()
    {
        _next++;
        if (_text[_next - 1] == '\r' && Has(_next) && _text[_next] == '\n')
            _next++;
        (_line, _lineStart) = (_line + 1, _next);
    }

    /// <summary>Whether there is text at the position, which is the first that is not read yet or before it.</summary>
    private bool Has(int position) => position < _length || Fill();

    private bool Fill()
    {
        while (!_stopped && !(_noMoreBytes && _bytesLength == 0))
        {
            if (_length == _text.Length && !MakeRoom())
                return false;

            var status = Utf8.ToUtf16(_bytes.AsSpan(0, _bytesLength), _text.AsSpan(_length), out var read, out var written, false, _noMoreBytes);
            _length += written;
            _bytesLength -= read;
            _bytes.AsSpan(read, _bytesLength).CopyTo(_bytes);
            if (status == OperationStatus.InvalidData && written == 0)
            {
                problems.Add(PlaceAtEnd(), null, Utf8Text.NameOf(_bytes[0]), Utf8Text.Expected);
                return Stop();
            }

            if (written > 0)
                return true;

            if (status == OperationStatus.DestinationTooSmall)
            {
                if (!MakeRoom())
                    return false;
                continue;
            }

            var more = content.Read(_bytes, _bytesLength, _bytes.Length - _bytesLength);
            _bytesLength += more;
            _noMoreBytes = more == 0;
        }

        return false;
    }

    /// <summary>Lets go of the rows before this one; takes more memory only for a row that is longer than what there is.</summary>
    private bool MakeRoom()
    {
        if (_row > 0)
        {
            var moved = _row;
            Array.Copy(_text, moved, _text, 0, _length - moved);
            (_length, _next, _lineStart, _row) = (_length - moved, _next - moved, _lineStart - moved, 0);
            return true;
        }

        if (_text.Length >= RowLimit)
        {
            problems.Add(new TextPlace(Line, 0), null, null, "a row of fewer than 1,048,576 characters; a closing quote or the line breaks are missing");
            return Stop();
        }

        Array.Resize(ref _text, _text.Length * 2);
        return true;
    }

    private TextPlace PlaceAtEnd()
    {
        var (line, start) = (_line, _lineStart);
        for (var i = _next; i < _length; i++)
        {
            if (_text[i] == '\n' || (_text[i] == '\r' && (i + 1 == _length || _text[i + 1] != '\n')))
                (line, start) = (line + 1, i + 1);
        }

        return new TextPlace(line, _length - start + 1);
    }

    private bool Stop()
    {
        _stopped = true;
        return false;
    }

    /// <param name="Start">From the start of the row.</param>
    private readonly record struct Cell(int Start, int Length, Quoted Quoted, TextPlace Place);
}
