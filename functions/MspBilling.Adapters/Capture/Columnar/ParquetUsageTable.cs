using System.Globalization;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>A usage file in Parquet, read a row group at a time and only the columns that are asked for.</summary>
/// <remarks>
/// Memory is bounded by the largest row group, of at most 2,000,000 rows and 1,000,000,000 bytes a column; the writers that clouds use make groups
/// of at most 1,048,576 rows. What a file says of itself is checked before anything is read by it.
/// </remarks>
internal sealed class ParquetUsageTable : UsageTable
{
    private const long MostRows = 2_000_000;
    private const long MostColumnBytes = 1_000_000_000;
    private const int LargeGroup = 10_000;
    private const int MostPooledBytes = 8_000_000;

    private static readonly ParquetOptions Options = new() { TreatByteArrayAsString = true, MaximumSmallPoolFreeBytes = MostPooledBytes, MaximumLargePoolFreeBytes = MostPooledBytes };

    private readonly Stream _content;
    private readonly bool _isOurs;
    private readonly ParquetContent _checked;
    private readonly ParquetReader _reader;
    private readonly ProblemList _problems;
    private readonly DataField[] _fields;
    private readonly ParquetUsageColumn?[] _columns;
    private int[] _chosen = [];
    private int _group;
    private int _rows;
    private int _next;
    private int _line;

    private ParquetUsageTable(Stream content, bool isOurs, ParquetContent whole, ParquetReader reader, ProblemList problems)
    {
        (_content, _isOurs, _checked, _reader, _problems) = (content, isOurs, whole, reader, problems);
        _fields = [.. reader.Schema.DataFields.Where(field => !field.Path.ToString().Contains('/', StringComparison.Ordinal))];
        _columns = new ParquetUsageColumn?[_fields.Length];
        Header = [.. _fields.Select(field => (field.Name, TextPlace.WholeFile))];
    }

    public override IReadOnlyList<(string Name, TextPlace Place)> Header { get; }

    public override int Count => _fields.Length;

    public override int Line => _line;

    public override ReadOnlySpan<char> this[int index] => _columns[index] is { } column ? column.Text(_next - 1) : default;

    /// <param name="isOurs">Whether the stream is closed with the table.</param>
    public static ParquetUsageTable? Open(Stream content, bool isOurs, ProblemList problems)
    {
        try
        {
            if (ParquetContent.Open(content) is not { } whole)
            {
                problems.Add(TextPlace.WholeFile, null, null, "a whole Parquet file: its end is missing or damaged");
                return null;
            }

            var reader = ParquetReader.CreateAsync(whole, Options, leaveStreamOpen: true).GetAwaiter().GetResult();
            return new ParquetUsageTable(content, isOurs, whole, reader, problems);
        }
        catch (Exception e) when (e is not UnpackedLimitException)
        {
            // The library tells damage by whatever it comes upon first.
            problems.Add(TextPlace.WholeFile, null, null, $"a Parquet file that can be read: {e.Message}");
            return null;
        }
    }

    public override void Choose(IEnumerable<int> columns) => _chosen = [.. columns.Distinct()];

    public override bool Read()
    {
        while (_next == _rows)
        {
            if (_group == _reader.RowGroupCount || !ReadGroup())
                return false;
        }

        _next++;
        _line++;
        return true;
    }

    public override TextPlace PlaceOf(int index) => new(_line, 0);

    public override void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (_isOurs)
            _content.Dispose();
        base.Dispose();
    }

    private bool ReadGroup()
    {
        var number = _group++;
        try
        {
            using var group = _reader.OpenRowGroupReader(number);
            if (group.RowCount is < 0 or > MostRows)
            {
                _problems.Add(TextPlace.WholeFile, null, string.Create(CultureInfo.InvariantCulture, $"row group {number} of {group.RowCount} rows"), string.Create(CultureInfo.InvariantCulture, $"row groups of at most {MostRows:N0} rows; write the file with smaller ones"));
                return false;
            }

            // What the group before left behind is large and would else wait long to be collected: it is half of the memory that a file takes.
            if (_rows > LargeGroup)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            (_rows, _next) = ((int)group.RowCount, 0);
            foreach (var index in _chosen)
            {
                if (SmallColumn(group, _fields[index]) is not { } stored)
                    return false;

                var column = _columns[index] ?? ParquetUsageColumn.Of(_fields[index].ClrType);
                if (column is null)
                {
                    _problems.Add(TextPlace.WholeFile, _fields[index].Name, _fields[index].ClrType.Name, "a column of texts, numbers or times");
                    return false;
                }

                _columns[index] = column;
                _checked.Allow(stored, MostColumnBytes);
                column.ReadAsync(group, _fields[index], _rows).GetAwaiter().GetResult();
            }

            return true;
        }
        catch (Exception e)
        {
            (_rows, _next) = (0, 0);
            _problems.Add(TextPlace.WholeFile, null, string.Create(CultureInfo.InvariantCulture, $"row group {number}"), $"a Parquet file that can be read: {e.Message}");
            return false;
        }
    }

    private ColumnMetaData? SmallColumn(ParquetRowGroupReader group, DataField field)
    {
        var size = group.GetMetadata(field)?.MetaData;
        if (size is not null && size.NumValues == group.RowCount && size.TotalUncompressedSize is >= 0 and <= MostColumnBytes && size.TotalCompressedSize >= 0 && size.TotalCompressedSize <= _content.Length)
            return size;

        _problems.Add(TextPlace.WholeFile, field.Name, null, string.Create(CultureInfo.InvariantCulture, $"a column with a value for each row and at most {MostColumnBytes:N0} bytes in a row group"));
        return null;
    }
}
