namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>Reads Thrift's compact protocol and believes none of it: each number ends, each length is there, each field is of the type that its shape says.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MostDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _next;

    /// <summary>How many bytes were read.</summary>
    public readonly int Length => _next;

    /// <summary>Whether a struct, list, set or map was passed over that no shape names.</summary>
    public bool HasUnknownParts { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are no such struct.</exception>
    public ThriftStruct Read(ThriftShape shape) => Read(shape, 0);

    private ThriftStruct Read(ThriftShape shape, int depth)
    {
        var read = new ThriftStruct();
        for (var id = 0; NextField(ref id, depth) is var type && type != ThriftType.Stop;)
        {
            if (shape.Field(id) is not { } field)
            {
                Skip(type, depth, isElement: false);
                continue;
            }

            if ((type == ThriftType.False ? ThriftType.True : type) != field.Type)
                throw new InvalidDataException($"field {id} is of another type than it is known to be");

            read.Set(field, field.Type == ThriftType.True ? type == ThriftType.True ? 1L : 0L : Value(field, type, depth));
        }

        return read;
    }

    private ThriftType NextField(ref int id, int depth)
    {
        if (depth > MostDepth)
            throw new InvalidDataException($"its description is nested more than {MostDepth} deep");

        var header = Byte();
        if (header == (byte)ThriftType.Stop)
            return ThriftType.Stop;

        id = header >> 4 is var step and not 0 ? id + step : (int)Number();
        return id is >= 0 and <= short.MaxValue ? (ThriftType)(header & 0x0F) : throw new InvalidDataException("a field has no number");
    }

    private object Value(ThriftField field, ThriftType type, int depth)
    {
        switch (type)
        {
            case ThriftType.Struct:
                return Read(field.Shape!, depth + 1);
            case ThriftType.List:
                var (count, element) = ListHeader();
                if (count > 0 && element != field.Element)
                    throw new InvalidDataException($"the list in field {field.Id} is of something else than it is known to be");

                var list = new List<object>(Math.Min(count, 1000));
                for (var i = 0; i < count; i++)
                    list.Add(Value(field, element, depth));
                return list;
            case ThriftType.Binary:
                return Bytes(Count()).ToArray();
            case ThriftType.Byte:
                return (long)(sbyte)Byte();
            case ThriftType.Int:
                return Number() is >= int.MinValue and <= int.MaxValue and var number ? number : throw new InvalidDataException($"the number in field {field.Id} is too large");
            case ThriftType.Long:
                return Number();
            default:
                throw new InvalidDataException($"field {field.Id} is of an unknown type");
        }
    }

    private void Skip(ThriftType type, int depth, bool isElement)
    {
        HasUnknownParts |= type >= ThriftType.List;
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                Bytes(isElement ? 1 : 0);
                break;
            case ThriftType.Byte:
                Bytes(1);
                break;
            case ThriftType.Short or ThriftType.Int or ThriftType.Long:
                Varint();
                break;
            case ThriftType.Double:
                Bytes(sizeof(double));
                break;
            case ThriftType.Binary:
                Bytes(Count());
                break;
            case ThriftType.List or ThriftType.Set:
                var (count, element) = ListHeader();
                SkipAll(count, depth, element);
                break;
            case ThriftType.Map:
                SkipMap(depth);
                break;
            case ThriftType.Struct:
                for (var id = 0; NextField(ref id, depth + 1) is var field && field != ThriftType.Stop;)
                    Skip(field, depth + 1, isElement: false);
                break;
            default:
                throw new InvalidDataException("a field is of an unknown type");
        }
    }

    private void SkipMap(int depth)
    {
        var count = Count();
        if (count == 0)
            return;

        var types = Byte();
        for (var i = 0; i < count; i++)
            SkipAll(1, depth, (ThriftType)(types >> 4), (ThriftType)(types & 0x0F));
    }

    private void SkipAll(int count, int depth, params ReadOnlySpan<ThriftType> types)
    {
        if (depth > MostDepth)
            throw new InvalidDataException($"its description is nested more than {MostDepth} deep");

        for (var i = 0; i < count; i++)
        {
            foreach (var type in types)
                Skip(type, depth + 1, isElement: true);
        }
    }

    private (int Count, ThriftType Element) ListHeader()
    {
        var header = Byte();
        var count = header >> 4;
        return (count < 15 ? count : Count(), (ThriftType)(header & 0x0F));
    }

    // Of bytes or of elements, each of which takes at least one byte.
    private int Count()
    {
        var count = Varint();
        return count <= (ulong)(_bytes.Length - _next) ? (int)count : throw TooShort();
    }

    private long Number()
    {
        var number = Varint();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private ulong Varint()
    {
        const int most = 10;
        var number = 0UL;
        for (var i = 0; i < most; i++)
        {
            var part = Byte();
            number |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
                return number;
        }

        throw new InvalidDataException("a number does not end");
    }

    private byte Byte() => _next < _bytes.Length ? _bytes[_next++] : throw TooShort();

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _bytes.Length - _next)
            throw TooShort();

        var found = _bytes.Slice(_next, count);
        _next += count;
        return found;
    }

    private static EndOfStreamException TooShort() => new("a part of its description is missing");
}
