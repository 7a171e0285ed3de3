using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MspBilling.Adapters.Documents;
using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

/// <summary>A file as the standard reads it and no more kindly: every object must stand where the cross-reference says, every length must be right.</summary>
internal sealed class StrictPdf
{
    private readonly Dictionary<int, object?> _objects = [];

    public StrictPdf(InvoiceDocument document)
        : this(new PdfInvoiceRenderer().Render(document))
    {
    }

    public StrictPdf(byte[] file)
    {
        Assert.True(file.AsSpan().StartsWith("%PDF-1.7\n%"u8));
        // Four bytes above 127 tell a transfer that the file is no text.
        Assert.All(file[10..14], value => Assert.True(value > 127));
        var end = Encoding.Latin1.GetString(file.AsSpan(file.Length - 40));
        Assert.EndsWith("\n%%EOF\n", end, StringComparison.Ordinal);
        var start = int.Parse(end.Split("startxref\n")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        var (_, table) = Read(file, start);
        Trailer = ((PdfStream)table!).Dictionary;
        Assert.Equal([1m, 4m, 2m], List(Trailer["W"]));
        var rows = Content((PdfStream)table).Chunk(7).ToArray();
        Assert.Equal((decimal)rows.Length, Trailer["Size"]);
        ReadObjects(file, rows);
    }

    public IReadOnlyDictionary<string, object?> Trailer { get; }

    public IReadOnlyDictionary<int, object?> Objects => _objects;

    public IReadOnlyDictionary<string, object?> Catalog => Dictionary(Trailer["Root"]);

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Pages => [.. List(Dictionary(Catalog["Pages"])["Kids"]).Select(Dictionary)];

    public IEnumerable<PdfStream> Streams => _objects.Values.OfType<PdfStream>();

    public object? Resolve(object? value) => value is PdfReference reference ? _objects[reference.Number] : value;

    public IReadOnlyDictionary<string, object?> Dictionary(object? value) => Resolve(value) switch
    {
        PdfStream stream => stream.Dictionary,
        var other => Assert.IsType<Dictionary<string, object?>>(other),
    };

    public List<object?> List(object? value) => Assert.IsType<List<object?>>(Resolve(value));

    public PdfStream Stream(object? value) => Assert.IsType<PdfStream>(Resolve(value));

    public static string Name(object? value) => Assert.IsType<PdfName>(value).Text;

    /// <summary>A text for people.</summary>
    public static string Text(object? value)
    {
        var bytes = Assert.IsType<byte[]>(value);
        return bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)) : Encoding.ASCII.GetString(bytes);
    }

    public static byte[] Content(PdfStream stream)
    {
        if (!stream.Dictionary.TryGetValue("Filter", out var filter))
            return stream.Stored;

        Assert.Equal("FlateDecode", Name(filter));
        using var content = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(stream.Stored), CompressionMode.Decompress))
            zlib.CopyTo(content);

        return content.ToArray();
    }

    private void ReadObjects(byte[] file, byte[][] rows)
    {
        foreach (var (number, row) in rows.Index().Where(row => row.Item[0] == 1))
        {
            var (found, content) = Read(file, Where(row));
            Assert.Equal(number, found);
            _objects[number] = content;
        }

        foreach (var (number, row) in rows.Index().Where(row => row.Item[0] == 2))
        {
            var packed = Stream(new PdfReference(Where(row)));
            Assert.Equal("ObjStm", Name(packed.Dictionary["Type"]));
            var (content, first) = (Content(packed), (int)(decimal)packed.Dictionary["First"]!);
            var head = new PdfLexer(content);
            var index = Enumerable.Range(0, 2 * (int)(decimal)packed.Dictionary["N"]!).Select(_ => (int)head.Next<decimal>()).ToArray();
            var at = BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(5));
            Assert.Equal(number, index[2 * at]);
            var lexer = new PdfLexer(content, first + index[(2 * at) + 1]);
            _objects[number] = lexer.Next();
            // It ends where the next begins.
            Assert.True(lexer.IsAtEnd || lexer.Position == first + index[(2 * at) + 3]);
        }

        Assert.Equal(rows.Length - 1, _objects.Count);
    }

    private static int Where(byte[] row) => BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(1));

    private static (int Number, object? Content) Read(byte[] file, int start)
    {
        var lexer = new PdfLexer(file, start);
        var number = (int)lexer.Next<decimal>();
        Assert.Equal(0m, lexer.Next<decimal>());
        lexer.Expect("obj");
        var dictionary = lexer.Next<Dictionary<string, object?>>();
        lexer.Expect("stream");
        var content = lexer.Stream((int)(decimal)dictionary["Length"]!);
        lexer.Expect("endobj");
        return (number, new PdfStream(dictionary, content));
    }
}
