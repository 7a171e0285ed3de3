using System.Globalization;
using System.Text;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

/// <summary>Reads PDF's objects (ISO 32000-1, 7.3) and refuses what it does not know.</summary>
/// <remarks>Numbers are decimals, names <see cref="PdfName"/>, strings bytes, arrays lists; anything else that is a word is a <see cref="PdfWord"/>.</remarks>
internal sealed class PdfLexer(byte[] bytes, int position = 0)
{
    private const string Delimiters = "()<>[]{}/%";

    public int Position { get; set; } = position;

    public bool IsAtEnd
    {
        get
        {
            while (Position < bytes.Length && bytes[Position] is 0 or 9 or 10 or 12 or 13 or 32)
                Position++;

            return Position >= bytes.Length;
        }
    }

    public object? Next()
    {
        Assert.False(IsAtEnd, "The bytes end where an object should stand.");
        switch ((char)bytes[Position++])
        {
            case '/':
                return new PdfName(Name());
            case '(':
                return Text();
            case '[':
                return Array();
            case '<' when bytes[Position] == '<':
                Position++;
                return Dictionary();
            case '<':
                return Hex();
            case ']' or '}' or '{' or ')' or '>' or '%':
                throw new FormatException($"'{(char)bytes[Position - 1]}' stands alone at {Position - 1}.");
            default:
                Position--;
                return Reference() ?? Word();
        }
    }

    /// <summary>The object as what it must be.</summary>
    public T Next<T>() => Assert.IsType<T>(Next(), exactMatch: false);

    public void Expect(string word) => Assert.Equal(word, Next<PdfWord>().Text);

    /// <summary>The bytes after the word <c>stream</c> and its end of line.</summary>
    public byte[] Stream(int length)
    {
        Assert.Equal((byte)'\n', bytes[Position]);
        var content = bytes.AsSpan(Position + 1, length).ToArray();
        Position += 1 + length;
        Assert.Equal((byte)'\n', bytes[Position]);
        Expect("endstream");
        return content;
    }

    private object? Word()
    {
        var text = Regular();
        Assert.NotEmpty(text);
        return text switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            _ => new PdfWord(text),
        };
    }

    private PdfReference? Reference()
    {
        var start = Position;
        if (int.TryParse(Regular(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && !IsAtEnd && Regular() == "0" && !IsAtEnd && Regular() == "R")
            return new PdfReference(number);

        Position = start;
        return null;
    }

    private string Regular()
    {
        var start = Position;
        while (Position < bytes.Length && bytes[Position] > ' ' && !Delimiters.Contains((char)bytes[Position], StringComparison.Ordinal))
            Position++;

        return Encoding.Latin1.GetString(bytes, start, Position - start);
    }

    private string Name()
    {
        var name = Regular();
        for (var at = name.IndexOf('#', StringComparison.Ordinal); at >= 0; at = name.IndexOf('#', at + 1))
            name = string.Concat(name.AsSpan(0, at), ((char)Convert.ToByte(name.Substring(at + 1, 2), 16)).ToString(), name.AsSpan(at + 3));

        return name;
    }

    private byte[] Text()
    {
        var (text, depth) = (new List<byte>(), 1);
        while (true)
        {
            var value = bytes[Position++];
            depth += value switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
            if (depth == 0)
                return [.. text];

            Assert.NotEqual((byte)'\r', value);
            text.Add(value != '\\' ? value : bytes[Position++] switch { (byte)'r' => (byte)'\r', var escaped when "()\\".Contains((char)escaped, StringComparison.Ordinal) => escaped, var other => throw new FormatException($"\\{(char)other}") });
        }
    }

    private byte[] Hex()
    {
        var start = Position;
        Position = System.Array.IndexOf(bytes, (byte)'>', start) + 1;
        return Convert.FromHexString(Encoding.ASCII.GetString(bytes, start, Position - 1 - start));
    }

    private List<object?> Array()
    {
        var items = new List<object?>();
        while (!IsAtEnd && bytes[Position] != ']')
            items.Add(Next());

        Position++;
        return items;
    }

    private Dictionary<string, object?> Dictionary()
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!IsAtEnd && bytes[Position] != '>')
            entries.Add(Next<PdfName>().Text, Next());

        Assert.Equal((byte)'>', bytes[Position + 1]);
        Position += 2;
        return entries;
    }
}

internal sealed record PdfName(string Text);

internal sealed record PdfWord(string Text);

internal sealed record PdfReference(int Number);

internal sealed record PdfStream(IReadOnlyDictionary<string, object?> Dictionary, byte[] Stored);
