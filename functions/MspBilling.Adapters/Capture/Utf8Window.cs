using System.Buffers;
using System.Text.Unicode;

namespace MspBilling.Adapters.Capture;

/// <summary>Goes through a text in UTF-8 from row to row, and knows the line and column that it has come to.</summary>
/// <remarks>
/// Memory is bounded by the longest row, which has fewer than 1,048,576 characters, whatever the file's size (at most
/// 2,000,000,000 bytes where nothing else is said); it starts with room for so many characters, a power of two. A line ends with LF, CR LF or CR.
/// A text that is too large, is not UTF-8 or has too long a row becomes a problem and ends there.
/// </remarks>
/// <param name="expected">Said of what is not UTF-8.</param>
internal sealed class Utf8Window(Stream content, ProblemList problems, int characters, string expected = Utf8Text.Expected)
{
    public const int RowLimit = 1 << 20;

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

    /// <summary>The largest text that is read; what is unpacked while it is read has a limit of its own.</summary>
    public long MostBytes { get; set; } = 2_000_000_000;

    /// <summary>A problem ended the text: the row that it was found in is not whole.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The line that the row starts on.</summary>
    public int RowLine { get; private set; }

    /// <summary>How many characters of the row are behind; it stands when the window moves.</summary>
    public int Passed => _next - _row;

    public TextPlace Place => new(_line, _next - _lineStart + 1);

    /// <summary>Whether there is a next character.</summary>
    public bool HasNext() => _next < _length || Fill();

    /// <summary>The next character, or -1 at the end.</summary>
    public int Peek() => HasNext() ? _text[_next] : -1;

    /// <summary>Lets go of all that is behind.</summary>
    public void StartRow() => (_row, RowLine) = (_next, _line);

    /// <summary>Characters of the row, which may be changed in their place; valid until the window is read on.</summary>
    public Span<char> InRow(int start, int length) => _text.AsSpan(_row + start, length);

    /// <summary>Goes over a character that ends no line.</summary>
    public void Skip() => _next++;

    /// <summary>Goes to the first of the characters, which must have CR and LF among them, and tells it; -1 at the end.</summary>
    public int SkipTo(SearchValues<char> sought)
    {
        while (HasNext())
        {
            var ahead = _text.AsSpan(_next, _length - _next);
            var found = ahead.IndexOfAny(sought);
            if (found >= 0)
            {
                _next += found;
                return ahead[found];
            }

            _next = _length;
        }

        return -1;
    }

    /// <summary>Goes over LF, CR LF or CR.</summary>
    public void EndLine()
    {
        _next++;
        if (_text[_next - 1] == '\r' && Peek() == '\n')
            _next++;
        (_line, _lineStart) = (_line + 1, _next);
    }

    /// <summary>Decodes more where the text in memory ends; false when there is none.</summary>
    private bool Fill()
    {
        if (!_started)
            Start();

        while (!HasFailed && !(_noMoreBytes && _bytesLength == 0))
        {
            if (_length == _text.Length && !MakeRoom())
                return false;

            var status = Utf8.ToUtf16(_bytes.AsSpan(0, _bytesLength), _text.AsSpan(_length), out var read, out var written, false, _noMoreBytes);
            _length += written;
            _bytesLength -= read;
            _bytes.AsSpan(read, _bytesLength).CopyTo(_bytes);
            if (written > 0)
                return true;

            if (status == OperationStatus.InvalidData)
                return Fail(Place, Utf8Text.NameOf(_bytes[0]), expected);

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

    private void Start()
    {
        _started = true;
        if (content.CanSeek && content.Length - content.Position is var size && size > MostBytes)
        {
            Fail(TextPlace.WholeFile, ReadLimit.Bytes(size), $"at most {ReadLimit.Bytes(MostBytes)} of CSV; split the file");
            return;
        }

        _bytesLength = content.ReadAtLeast(_bytes, _bytes.Length, throwOnEndOfStream: false);
        if (Utf8Text.IsUtf16(_bytes.AsSpan(0, _bytesLength)))
        {
            Fail(TextPlace.WholeFile, "UTF-16", expected);
            return;
        }

        var mark = Utf8Text.MarkLength(_bytes.AsSpan(0, _bytesLength));
        _bytes.AsSpan(mark, _bytesLength - mark).CopyTo(_bytes);
        _bytesLength -= mark;
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
            return Fail(new TextPlace(RowLine, 0), null, "a row of fewer than 1,048,576 characters; a closing quote or the line breaks are missing");

        Array.Resize(ref _text, _text.Length * 2);
        return true;
    }

    private bool Fail(TextPlace place, string? value, string wanted)
    {
        problems.Add(place, null, value, wanted);
        HasFailed = true;
        return false;
    }
}
