using System.Text;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>Bytes in the making, with the tokens of PDF (ISO 32000-1, 7.2 and 7.3).</summary>
internal sealed class PdfBytes(int capacity = 1024)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public PdfBytes Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    public PdfBytes Raw(byte value)
    {
        Room(1)[0] = value;
        Length++;
        return this;
    }

    /// <summary>Text of ASCII characters.</summary>
    public PdfBytes Ascii(ReadOnlySpan<char> text)
    {
        Length += Encoding.ASCII.GetBytes(text, Room(text.Length));
        return this;
    }

    public PdfBytes Number(int value)
    {
        value.TryFormat(Room(11), out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    /// <summary>A number given in hundredths: 1250 reads 12.5.</summary>
    public PdfBytes Hundredths(int value)
    {
        if (value < 0)
        {
            Raw((byte)'-');
            value = -value;
        }

        var (whole, rest) = Math.DivRem(value, 100);
        if (whole > 0 || rest == 0)
            Number(whole);

        if (rest == 0)
            return this;

        Raw((byte)'.').Raw((byte)('0' + (rest / 10)));
        return rest % 10 == 0 ? this : Raw((byte)('0' + (rest % 10)));
    }

    /// <summary>A share between 0 and 1, given in thousandths: 125 reads .125.</summary>
    public PdfBytes Thousandths(int value)
    {
        if (value is 0 or 1000)
            return Raw((byte)('0' + (value / 1000)));

        Raw((byte)'.').Raw((byte)('0' + (value / 100)));
        if (value % 100 != 0)
            Raw((byte)('0' + (value / 10 % 10)));

        return value % 10 == 0 ? this : Raw((byte)('0' + (value % 10)));
    }

    public PdfBytes Points(float points) => Hundredths(InHundredths(points));

    public static int InHundredths(float points) => (int)MathF.Round(points * 100);

    /// <summary><c>12 0 R</c>.</summary>
    public PdfBytes Reference(int number) => Number(number).Raw(" 0 R"u8);

    /// <summary>A name whose characters need no escape, without a space before it.</summary>
    public PdfBytes Name(ReadOnlySpan<char> name) => Raw((byte)'/').Ascii(name);

    /// <summary>A text for people: UTF-16 behind a byte order mark (7.9.2.2).</summary>
    public PdfBytes Text(string text)
    {
        Raw((byte)'(').Raw(0xFE).Raw(0xFF);
        foreach (var character in text)
            Escaped((byte)(character >> 8)).Escaped((byte)(character & 0xFF));

        return Raw((byte)')');
    }

    /// <summary>One byte of a string in parentheses.</summary>
    public PdfBytes Escaped(byte value) => value switch
    {
        (byte)'(' or (byte)')' or (byte)'\\' => Raw((byte)'\\').Raw(value),
        // A reader takes a carriage return in a string for a line feed.
        (byte)'\r' => Raw("\\r"u8),
        _ => Raw(value),
    };

    public PdfBytes Hex(ReadOnlySpan<byte> bytes)
    {
        Raw((byte)'<');
        foreach (var value in bytes)
            Raw((byte)"0123456789ABCDEF"[value >> 4]).Raw((byte)"0123456789ABCDEF"[value & 0xF]);

        return Raw((byte)'>');
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));

        return _bytes.AsSpan(Length);
    }
}
