using System.Buffers;

namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>What a struct in Thrift's compact form holds of its shape.</summary>
internal sealed class ThriftStruct
{
    private readonly SortedDictionary<int, (ThriftField Field, object Value)> _fields = [];

    /// <summary>A number, of any width, or 1 for true and 0 for false.</summary>
    public long? Number(int id) => _fields.TryGetValue(id, out var found) ? found.Value as long? : null;

    public ThriftStruct? Struct(int id) => _fields.TryGetValue(id, out var found) ? found.Value as ThriftStruct : null;

    public IReadOnlyList<object>? List(int id) => _fields.TryGetValue(id, out var found) ? found.Value as List<object> : null;

    /// <param name="value">A long, a byte array, a struct, or a list of these.</param>
    public void Set(ThriftField field, object value) => _fields[field.Id] = (field, value);

    public void Write(ArrayBufferWriter<byte> to)
    {
        var last = 0;
        foreach (var (id, (field, value)) in _fields)
        {
            var type = field.Type == ThriftType.True && value is 0L ? ThriftType.False : field.Type;
            if (id - last <= 15)
            {
                Put(to, (byte)(((id - last) << 4) | (int)type));
            }
            else
            {
                Put(to, (byte)type);
                PutNumber(to, id);
            }

            last = id;
            if (field.Type != ThriftType.True)
                Put(to, field, field.Type, value);
        }

        Put(to, (byte)ThriftType.Stop);
    }

    private static void Put(ArrayBufferWriter<byte> to, ThriftField field, ThriftType type, object value)
    {
        switch (value)
        {
            case ThriftStruct inner:
                inner.Write(to);
                break;
            case byte[] bytes:
                PutVarint(to, (ulong)bytes.Length);
                to.Write(bytes);
                break;
            case List<object> list:
                PutList(to, field, list);
                break;
            case long number when type is ThriftType.Byte or ThriftType.True:
                Put(to, unchecked((byte)number));
                break;
            case long number:
                PutNumber(to, number);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} is nothing that Thrift writes.", nameof(value));
        }
    }

    private static void PutList(ArrayBufferWriter<byte> to, ThriftField field, List<object> list)
    {
        Put(to, (byte)((Math.Min(list.Count, 15) << 4) | (int)field.Element));
        if (list.Count >= 15)
            PutVarint(to, (ulong)list.Count);
        foreach (var element in list)
            Put(to, field, field.Element, element);
    }

    private static void PutNumber(ArrayBufferWriter<byte> to, long number) => PutVarint(to, unchecked((ulong)((number << 1) ^ (number >> 63))));

    private static void PutVarint(ArrayBufferWriter<byte> to, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
            Put(to, (byte)((number & 0x7F) | 0x80));
        Put(to, unchecked((byte)number));
    }

    private static void Put(ArrayBufferWriter<byte> to, byte value) => to.Write([value]);
}
