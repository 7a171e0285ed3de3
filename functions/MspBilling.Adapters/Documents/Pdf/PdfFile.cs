using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>A PDF 1.7 file: numbered objects, packed into deflated object streams, and the cross-reference stream that finds them (ISO 32000-1, 7.5).</summary>
/// <remarks>Nothing in it depends on a clock or on chance: the file's identifier is the hash of its bytes.</remarks>
internal sealed class PdfFile
{
    // A reader unpacks a stream whole to find one of its objects.
    private const int MostPacked = 500;

    private readonly PdfBytes _file = new(64 * 1024);
    private readonly PdfBytes _packed = new(32 * 1024);
    private readonly List<(int Number, int Offset)> _index = [];
    private readonly List<Place> _places = [default];

    public PdfFile() => _file.Raw("%PDF-1.7\n%"u8).Raw([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _places.Add(default);
        return _places.Count - 1;
    }

    /// <summary>Begins an object; what is written until the next begins is its content.</summary>
    public PdfBytes Begin(int number)
    {
        if (_index.Count == MostPacked)
            Pack();

        _index.Add((number, _packed.Length));
        return _packed;
    }

    /// <param name="dictionary">Entries beside the length and the filter.</param>
    /// <param name="content">Deflated here.</param>
    public void AddStream(int number, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> content) => AddDeflated(number, dictionary, Deflate.Compress(content));

    public void AddDeflated(int number, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> content) =>
        Stream(number, dictionary, "/Filter/FlateDecode"u8, content);

    /// <summary>A stream that programs read without knowing PDF: metadata.</summary>
    public void AddPlain(int number, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> content) => Stream(number, dictionary, [], content);

    public byte[] Close(int catalog, int information)
    {
        Pack();
        // Sixteen bytes, as long as the MD5 that is usual there.
        var identifier = SHA256.HashData(_file.Span).AsSpan(0, 16);
        var number = Reserve();
        var start = _file.Length;
        _places[number] = new Place(1, start, 0);
        var dictionary = new PdfBytes();
        dictionary.Raw("/Type/XRef/W[1 4 2]/Size "u8).Number(_places.Count).Raw("/Root "u8).Reference(catalog).Raw("/Info "u8).Reference(information);
        dictionary.Raw("/ID["u8).Hex(identifier).Hex(identifier).Raw("]"u8);
        AddStream(number, dictionary.Span, Table());
        _file.Raw("startxref\n"u8).Number(start).Raw("\n%%EOF\n"u8);
        return _file.Span.ToArray();
    }

    private void Stream(int number, ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> filter, ReadOnlySpan<byte> content)
    {
        _places[number] = new Place(1, _file.Length, 0);
        _file.Number(number).Raw(" 0 obj\n<<"u8).Raw(dictionary).Raw(filter).Raw("/Length "u8).Number(content.Length);
        _file.Raw(">>\nstream\n"u8).Raw(content).Raw("\nendstream\nendobj\n"u8);
    }

    /// <summary>Writes the objects since the last time as one object stream.</summary>
    private void Pack()
    {
        if (_index.Count == 0)
            return;

        var number = Reserve();
        var content = new PdfBytes(_packed.Length + (12 * _index.Count));
        for (var at = 0; at < _index.Count; at++)
        {
            content.Number(_index[at].Number).Raw((byte)' ').Number(_index[at].Offset).Raw((byte)' ');
            _places[_index[at].Number] = new Place(2, number, at);
        }

        var first = content.Length;
        content.Raw(_packed.Span);
        var dictionary = new PdfBytes(64);
        dictionary.Raw("/Type/ObjStm/N "u8).Number(_index.Count).Raw("/First "u8).Number(first);
        AddStream(number, dictionary.Span, content.Span);
        _index.Clear();
        _packed.Clear();
    }

    /// <summary>An entry of seven bytes for each object: how it is stored, where, and its index there.</summary>
    private byte[] Table()
    {
        var table = new byte[7 * _places.Count];
        for (var number = 0; number < _places.Count; number++)
        {
            var entry = table.AsSpan(7 * number, 7);
            var place = _places[number];
            entry[0] = place.Kind;
            BinaryPrimitives.WriteInt32BigEndian(entry[1..], place.Where);
            BinaryPrimitives.WriteUInt16BigEndian(entry[5..], (ushort)place.Index);
        }

        // Object 0 heads the list of free objects, of which there is no other.
        BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(5), ushort.MaxValue);
        return table;
    }

    /// <param name="Kind">1 at a byte of the file, 2 in an object stream.</param>
    private readonly record struct Place(byte Kind, int Where, int Index);
}
