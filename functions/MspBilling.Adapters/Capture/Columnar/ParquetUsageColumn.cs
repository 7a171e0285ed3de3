using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>A column of a row group, kept small: texts as the number of each among the few that there are, other values as they are.</summary>
internal abstract class ParquetUsageColumn
{
    /// <summary>For a type of values; null for one that no usage column has.</summary>
    public static ParquetUsageColumn? Of(Type type) => type switch
    {
        _ when type == typeof(ReadOnlyMemory<char>) => new Texts(),
        _ when type == typeof(decimal) => new Values<decimal>("0.############################"),
        _ when type == typeof(double) => new Values<double>("R"),
        _ when type == typeof(float) => new Values<float>("R"),
        _ when type == typeof(long) => new Values<long>(""),
        _ when type == typeof(int) => new Values<int>(""),
        _ when type == typeof(short) => new Values<short>(""),
        _ when type == typeof(DateTime) => new Values<DateTime>("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"),
        _ when type == typeof(DateOnly) => new Values<DateOnly>("yyyy-MM-dd"),
        _ => null,
    };

    public abstract Task ReadAsync(ParquetRowGroupReader group, DataField field, int rows);

    /// <summary>Valid until the next text is asked for.</summary>
    public abstract ReadOnlySpan<char> Text(int row);

    private sealed class Texts : ParquetUsageColumn
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private readonly List<string> _texts = [];
        private int[] _numbers = [];

        public override async Task ReadAsync(ParquetRowGroupReader group, DataField field, int rows)
        {
            using var read = await group.ReadRawColumnDataBaseAsync(field, default).ConfigureAwait(false);
            Take(((RawColumnData<ReadOnlyMemory<char>>)read).Values, field.IsNullable ? read.DefinitionLevels : default, rows);
        }

        public override ReadOnlySpan<char> Text(int row) => _texts[_numbers[row]];

        // Values are those that there are; the level of a cell that has none is 0.
        private void Take(ReadOnlySpan<ReadOnlyMemory<char>> values, ReadOnlySpan<int> levels, int rows)
        {
            _known.Clear();
            _texts.Clear();
            _numbers = rows <= _numbers.Length ? _numbers : new int[rows];
            var next = 0;
            for (var i = 0; i < rows; i++)
                _numbers[i] = NumberOf(levels.IsEmpty || levels[i] > 0 ? values[next++].Span : default);
        }

        private int NumberOf(ReadOnlySpan<char> text)
        {
            var known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!known.TryGetValue(text, out var number))
            {
                number = _texts.Count;
                _texts.Add(text.ToString());
                _known[_texts[number]] = number;
            }

            return number;
        }
    }

    private sealed class Values<T>(string format) : ParquetUsageColumn
        where T : struct, ISpanFormattable
    {
        private readonly char[] _text = new char[64];
        private T?[] _optional = [];
        private T[] _required = [];
        private bool _isOptional;

        public override async Task ReadAsync(ParquetRowGroupReader group, DataField field, int rows)
        {
            _isOptional = field.IsNullable;
            if (_isOptional)
            {
                _optional = rows <= _optional.Length ? _optional : new T?[rows];
                await group.ReadAsync<T>(field, _optional.AsMemory(0, rows), null, default).ConfigureAwait(false);
            }
            else
            {
                _required = rows <= _required.Length ? _required : new T[rows];
                await group.ReadAsync<T>(field, _required.AsMemory(0, rows), null, default).ConfigureAwait(false);
            }
        }

        public override ReadOnlySpan<char> Text(int row)
        {
            var value = _isOptional ? _optional[row] : _required[row];
            if (value is not { } there)
                return default;

            // What does not fit is no number that is taken, and is refused as what it is.
            return there.TryFormat(_text, out var length, format, CultureInfo.InvariantCulture) ? _text.AsSpan(0, length) : there.ToString(format, CultureInfo.InvariantCulture);
        }
    }
}
