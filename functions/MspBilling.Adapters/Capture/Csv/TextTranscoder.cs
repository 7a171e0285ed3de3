using System.Text;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>A text of another encoding as UTF-8, a piece at a time.</summary>
/// <remarks>
/// Bytes that are no text in that encoding become the byte 0xFF, which no UTF-8 has: who reads on tells them at their line and column.
/// Length and position are those of the text as it is.
/// </remarks>
internal sealed class TextTranscoder : Stream
{
    /// <summary>A character for private use, which stands in for what is no text until it is encoded.</summary>
    private const char Invalid = '\uF8FF';
    private const byte NoText = 0xFF;

    private readonly Stream _content;
    private readonly Decoder _decoder;
    private readonly byte[] _bytes = new byte[16 * 1024];
    private readonly char[] _text;
    private byte[] _encoded = [];
    private int _next;
    private bool _isOver;

    public TextTranscoder(Stream content, Encoding encoding)
    {
        _content = content;
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback(Invalid.ToString());
        _decoder = strict.GetDecoder();
        _text = new char[strict.GetMaxCharCount(_bytes.Length)];
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _content.Length;

    public override long Position
    {
        get => _content.Position;
        set => throw new NotSupportedException("The text is read from its beginning to its end.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_next == _encoded.Length)
        {
            if (_isOver)
                return 0;

            Decode();
        }

        var length = Math.Min(buffer.Length, _encoded.Length - _next);
        _encoded.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        return length;
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Decode()
    {
        var read = _content.Read(_bytes, 0, _bytes.Length);
        _isOver = read == 0;
        var text = _text.AsSpan(0, _decoder.GetChars(_bytes.AsSpan(0, read), _text, flush: _isOver));
        using var encoded = new MemoryStream(text.Length + 8);
        while (!text.IsEmpty)
        {
            var piece = text.IndexOf(Invalid) is >= 0 and var at ? at : text.Length;
            encoded.Write(Encoding.UTF8.GetBytes(text[..piece].ToArray()));
            if (piece < text.Length)
                encoded.WriteByte(NoText);
            text = text[Math.Min(piece + 1, text.Length)..];
        }

        (_encoded, _next) = (encoded.ToArray(), 0);
    }
}
