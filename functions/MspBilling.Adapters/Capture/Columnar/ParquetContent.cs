using System.Buffers;
using System.Globalization;
using Parquet.Meta;

namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>A Parquet file as it is given to the library that reads it.</summary>
/// <remarks>
/// Parquet.Net (6.1.0) trusts what a file says of itself: at the end of a damaged description it reads on for ever, it takes a field for the type
/// that it should be, and it follows a page of a negative size backwards. So it is given the footer as it was read here and written anew, and of
/// a column no more than the pages whose headers were read here before.
/// </remarks>
internal sealed class ParquetContent : ReadOnlyStream
{
    private const int MostFooterBytes = 64_000_000;
    private const int MostHeaderBytes = 1_000_000;
    private const int UsualHeaderBytes = 4_096;
    private const int MostNesting = 32;
    private const int EndBytes = 8;

    private readonly Stream _content;
    private readonly long _footerAt;
    private readonly byte[] _end;
    private long _next;
    private long _limit;

    private ParquetContent(Stream content, long footerAt, byte[] end) => (_content, _footerAt, _end, _limit) = (content, footerAt, end, footerAt + end.Length);

    public override bool CanSeek => true;

    public override long Length => _footerAt + _end.Length;

    public override long Position
    {
        get => _next;
        set => _next = value >= 0 ? value : throw new InvalidDataException("a place before its beginning");
    }

    /// <param name="content">Seekable; stays open.</param>
    /// <returns>Null for a file without a whole footer.</returns>
    /// <exception cref="InvalidDataException">The footer is damaged; also <see cref="EndOfStreamException"/>.</exception>
    public static ParquetContent? Open(Stream content)
    {
        if (content.Length < 4 + EndBytes)
            return null;

        var end = new byte[EndBytes];
        content.Seek(-EndBytes, SeekOrigin.End);
        content.ReadExactly(end);
        var length = BitConverter.ToInt32(end);
        if (!end.AsSpan(4).SequenceEqual("PAR1"u8) || length is <= 0 or > MostFooterBytes || length > content.Length - 4 - EndBytes)
            return null;

        var footer = new byte[length];
        var at = content.Seek(-EndBytes - length, SeekOrigin.End);
        content.ReadExactly(footer);
        return new ParquetContent(content, at, Checked(footer));
    }

    /// <summary>Checks the headers of a column's pages and allows these pages, and nothing else, to be read.</summary>
    /// <param name="mostBytes">That a page may take unpacked.</param>
    /// <exception cref="InvalidDataException">A header is damaged, or pages are missing; also <see cref="EndOfStreamException"/>.</exception>
    public void Allow(ColumnMetaData column, long mostBytes)
    {
        // Where the library begins: the offsets are not reliable one by one.
        long[] offsets = [column.DictionaryPageOffset ?? 0, column.DataPageOffset, column.IndexPageOffset ?? 0];
        var at = offsets.Where(offset => offset != 0).DefaultIfEmpty(-1).Min();
        for (var values = 0L; values < column.NumValues;)
        {
            if (at < 0 || at >= _footerAt)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the pages of column {string.Join('.', column.PathInSchema)} hold {values} of {column.NumValues} values"));

            var (header, length) = HeaderAt(at);
            at += length;
            values += ValuesOf(header, column.NumValues - values, _footerAt - at, mostBytes);
            at += header.Number(3)!.Value;
        }

        _limit = at;
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;

        if (_next >= _limit)
            throw new EndOfStreamException("its pages hold less than they say");

        var length = (int)Math.Min(buffer.Length, _limit - _next);
        if (_next >= _footerAt)
        {
            _end.AsSpan((int)(_next - _footerAt), length).CopyTo(buffer);
        }
        else
        {
            _content.Position = _next;
            length = _content.Read(buffer[..(int)Math.Min(length, _footerAt - _next)]);
        }

        _next += length;
        return length;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _next + offset,
        _ => Length + offset,
    };

    private static byte[] Checked(byte[] footer)
    {
        var read = new ThriftReader(footer).Read(ParquetShapes.Footer);
        CheckNesting(read.List(2) ?? throw new InvalidDataException("its columns are missing"));
        var end = new ArrayBufferWriter<byte>(footer.Length + EndBytes);
        read.Write(end);
        var length = end.WrittenCount;
        end.Write(BitConverter.GetBytes(length));
        end.Write("PAR1"u8);
        return end.WrittenSpan.ToArray();
    }

    // Columns come flat, each with the number of those that are inside it; the library goes into them without looking how deep.
    private static void CheckNesting(IReadOnlyList<object> elements)
    {
        var inside = new Stack<long>();
        foreach (var element in elements.Cast<ThriftStruct>())
        {
            while (inside.TryPeek(out var left) && left == 0)
                inside.Pop();
            if (inside.Count > 0)
                inside.Push(inside.Pop() - 1);
            if (element.Number(5) is { } children and > 0)
                inside.Push(children);
            if (inside.Count > MostNesting)
                throw new InvalidDataException($"its columns are nested more than {MostNesting} deep");
        }
    }

    private static long ValuesOf(ThriftStruct header, long valuesLeft, long bytesLeft, long mostBytes)
    {
        var type = (PageType)(header.Number(1) ?? -1);
        var page = header.Struct(type switch { PageType.DATA_PAGE => 5, PageType.DICTIONARY_PAGE => 7, PageType.DATA_PAGE_V2 => 8, _ => 0 });
        var unpacked = header.Number(2) ?? -1;
        var packed = header.Number(3) ?? -1;
        var values = page?.Number(1) ?? -1;
        if (unpacked < 0 || unpacked > mostBytes || packed < 0 || packed > bytesLeft || values < 0)
            throw Damaged();

        // Of a dictionary each entry is the value of some row.
        if (type == PageType.DICTIONARY_PAGE)
            return values <= valuesLeft ? 0 : throw Damaged();

        var nulls = type == PageType.DATA_PAGE_V2 ? page!.Number(2) ?? -1 : 0;
        var levels = type == PageType.DATA_PAGE_V2 ? (page!.Number(5) ?? -1) + (page.Number(6) ?? 0) : 0;
        return values <= valuesLeft && nulls >= 0 && nulls <= values && levels >= 0 && levels <= packed && (page!.Number(6) ?? 0) >= 0 ? values : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("a page's header is damaged");

    private (ThriftStruct Header, int Length) HeaderAt(long at)
    {
        try
        {
            return HeaderAt(at, UsualHeaderBytes);
        }
        catch (EndOfStreamException)
        {
            // The largest and the smallest value of the page are in its header, and may be long.
            return HeaderAt(at, MostHeaderBytes);
        }
    }

    private (ThriftStruct Header, int Length) HeaderAt(long at, int mostBytes)
    {
        var bytes = new byte[Math.Min(mostBytes, _footerAt - at)];
        _content.Position = at;
        _content.ReadExactly(bytes);
        var reader = new ThriftReader(bytes);
        var header = reader.Read(ParquetShapes.Page);
        return reader.HasUnknownParts ? throw Damaged() : (header, reader.Length);
    }
}
