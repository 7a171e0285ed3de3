namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>Which fields a struct in Thrift's compact form is read with; any other field is passed over.</summary>
internal sealed class ThriftShape(params ThriftField[] fields)
{
    private readonly Dictionary<int, ThriftField> _fields = fields.ToDictionary(field => field.Id);

    public ThriftField? Field(int id) => _fields.GetValueOrDefault(id);
}

/// <param name="Type">As in <see cref="ThriftType"/>; of a truth value, <see cref="ThriftType.True"/>.</param>
/// <param name="Element">Of a list, the type of what is in it.</param>
/// <param name="Shape">Of a struct, or of the structs in a list.</param>
internal sealed record ThriftField(int Id, ThriftType Type, ThriftType Element, ThriftShape? Shape)
{
    public static ThriftField Of(int id, ThriftType type) => new(id, type, default, null);

    public static ThriftField Of(int id, ThriftShape shape) => new(id, ThriftType.Struct, default, shape);

    public static ThriftField ListOf(int id, ThriftType element) => new(id, ThriftType.List, element, null);

    public static ThriftField ListOf(int id, ThriftShape shape) => new(id, ThriftType.List, ThriftType.Struct, shape);
}

/// <summary>The types of Thrift's compact protocol, by the numbers that it writes (apache/thrift, doc/specs/thrift-compact-protocol.md).</summary>
internal enum ThriftType : byte
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    Short = 4,
    Int = 5,
    Long = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}
