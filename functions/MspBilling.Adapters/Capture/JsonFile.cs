using System.Text;
using System.Text.Json;

namespace MspBilling.Adapters.Capture;

/// <summary>A JSON file in memory, read so that every value's line and column can be told.</summary>
/// <remarks>
/// At most 64,000,000 bytes, 1,000,000 bytes a text and 64 levels, so that no file can exhaust the host. The whole file
/// is walked once for its syntax before a value is looked at; a value is then read from its own bytes and cannot fail.
/// </remarks>
internal sealed class JsonFile
{
    public const int MostBytes = 64_000_000;
    public const int MostTokenBytes = 1_000_000;
    public const int MostLevels = 64;

    private const string Nested = "JSON nested at most 64 deep";
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MostLevels };

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly ProblemList _problems;

    private JsonFile(byte[] bytes, ProblemList problems) =>
        (_bytes, _start, _problems) = (bytes, Utf8Text.MarkLength(bytes), problems);

    /// <summary>The file, or null and a problem when it is empty, too large or not in UTF-8.</summary>
    public static JsonFile? Open(Stream content, ProblemList problems)
    {
        var length = content.Length - content.Position;
        if (length > MostBytes)
        {
            problems.Add(TextPlace.WholeFile, null, ReadLimit.Bytes(length), $"at most {ReadLimit.Bytes(MostBytes)} of JSON; split the file");
            return null;
        }

        var bytes = new byte[length];
        bytes = bytes[..content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        var file = new JsonFile(bytes, problems);
        if (Utf8Text.IsUtf16(bytes))
        {
            problems.Add(TextPlace.WholeFile, null, "UTF-16", Utf8Text.Expected);
            return null;
        }

        if (Utf8Text.FirstInvalid(bytes) is >= 0 and var invalid)
        {
            file.Problem(invalid, null, Utf8Text.NameOf(bytes[invalid]), Utf8Text.Expected);
            return null;
        }

        if (!bytes.AsSpan(file._start).ContainsAnyExcept(" \t\r\n"u8))
        {
            problems.Add(TextPlace.WholeFile, null, null, "JSON, but the file is empty");
            return null;
        }

        return file;
    }

    /// <summary>The items of the file's one array, which must be objects, up to the first error of syntax.</summary>
    public IEnumerable<JsonRecord> Records()
    {
        var syntax = Walk(out var top, out var items);
        if (top.Kind is not (JsonTokenType.StartArray or JsonTokenType.None))
        {
            Problem(top, null, "a list of records in brackets, as the source's interface answers");
        }

        foreach (var item in items)
        {
            if (item.Kind == JsonTokenType.StartObject)
                yield return Record(item, "");
            else
                Problem(item, null, "a record in braces");
        }

        syntax?.Invoke();
    }

    /// <summary>The object that the file is, or null and a problem.</summary>
    public JsonRecord? Root()
    {
        var syntax = Walk(out var top, out _);
        if (syntax is not null)
        {
            syntax();
            return null;
        }

        if (top.Kind == JsonTokenType.StartObject)
            return Record(top, "");

        Problem(top, null, "one object in braces");
        return null;
    }

    /// <summary>The fields of an object; a name that stands twice is a problem.</summary>
    public JsonRecord Record(JsonField self, string path)
    {
        var fields = new Dictionary<string, JsonField>(StringComparer.Ordinal);
        var record = new JsonRecord(this, self, path, fields);
        var reader = Reader(self);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = self.Start + (int)reader.TokenStartIndex;
            var name = TextOf(ref reader);
            reader.Read();
            var value = Field(ref reader, self.Start);
            if (name is null)
                Problem(at, record.PathOf("?"), null, "a name without half a surrogate pair (\\uD800 to \\uDFFF)");
            else if (!fields.TryAdd(name, value))
                Problem(at, record.PathOf(name), null, "each property once");
        }

        return record;
    }

    public IEnumerable<JsonField> Items(JsonField list)
    {
        var items = new List<JsonField>();
        var reader = Reader(list);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Field(ref reader, list.Start));
        return items;
    }

    /// <summary>Null when the text has half a surrogate pair.</summary>
    public string? Text(JsonField field)
    {
        var reader = Reader(field);
        return TextOf(ref reader);
    }

    public bool TryNumber(JsonField field, out decimal value)
    {
        value = 0;
        return field.Kind == JsonTokenType.Number && Reader(field).TryGetDecimal(out value);
    }

    public bool TryWhole(JsonField field, out long value)
    {
        value = 0;
        return field.Kind == JsonTokenType.Number && Reader(field).TryGetInt64(out value);
    }

    public byte[]? Base64(JsonField field) => Reader(field).TryGetBytesFromBase64(out var bytes) ? bytes : null;

    public void Problem(JsonField found, string? path, string expected) => Problem(found.Start, path, Shown(found), expected);

    public void Problem(int offset, string? path, string? value, string expected) =>
        _problems.Add(Utf8Text.PlaceOf(_bytes, offset), path, value, expected);

    /// <summary>The value as written, without the quotes of a text.</summary>
    private string Shown(JsonField field)
    {
        var (start, length) = field.Kind == JsonTokenType.String ? (field.Start + 1, field.Length - 2) : (field.Start, field.Length);
        return Encoding.UTF8.GetString(_bytes.AsSpan(start, Math.Min(length, 400)));
    }

    private Utf8JsonReader Reader(JsonField field)
    {
        var reader = new Utf8JsonReader(_bytes.AsSpan(field.Start, field.Length), Options);
        reader.Read();
        return reader;
    }

    private static JsonField Field(ref Utf8JsonReader reader, int offset)
    {
        var (kind, start) = (reader.TokenType, offset + (int)reader.TokenStartIndex);
        reader.Skip();
        return new JsonField(kind, start, offset + (int)reader.BytesConsumed - start);
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads every token once: the outermost value, its items, and what reports the first error of syntax, if any.</summary>
    private Action? Walk(out JsonField top, out List<JsonField> items)
    {
        top = default;
        items = [];
        var reader = new Utf8JsonReader(_bytes.AsSpan(_start), Options);
        var itemStart = default(JsonField);
        try
        {
            while (reader.Read())
            {
                var start = _start + (int)reader.TokenStartIndex;
                var end = _start + (int)reader.BytesConsumed;
                if (end - start > MostTokenBytes)
                {
                    return () => Problem(start, null, Shown(new JsonField(JsonTokenType.None, start, end - start)),
                        $"a value of at most {ReadLimit.Bytes(MostTokenBytes)}");
                }

                if (top.Kind == JsonTokenType.None)
                    top = new JsonField(reader.TokenType, start, end - start);
                else if (reader.CurrentDepth == 0)
                    top = top with { Length = end - top.Start };

                if (top.Kind == JsonTokenType.StartArray && reader.CurrentDepth == 1)
                {
                    // An object or array stands here twice: where it starts and where it ends.
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        itemStart = new JsonField(reader.TokenType, start, 0);
                    else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                        items.Add(itemStart with { Length = end - itemStart.Start });
                    else
                        items.Add(new JsonField(reader.TokenType, start, end - start));
                }
            }

            return null;
        }
        catch (JsonException error)
        {
            var expected = reader.CurrentDepth >= MostLevels ? Nested : "valid JSON";
            var at = OffsetOf(error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
            return at >= _bytes.AsSpan().TrimEnd(" \t\r\n"u8).Length
                ? () => Problem(_bytes.Length, null, null, "valid JSON, but the file ends too early: it is cut off or a bracket is missing")
                : () => Problem(at, null, Shown(new JsonField(JsonTokenType.None, at, Math.Min(20, _bytes.Length - at))), expected);
        }
    }

    /// <summary>System.Text.Json ends lines with LF alone and counts bytes.</summary>
    private int OffsetOf(long line, long bytesInLine)
    {
        var start = _start;
        for (; line > 0; line--)
            start += _bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        return (int)Math.Min(start + bytesInLine, _bytes.Length);
    }
}

/// <summary>A value's place in a file: its first token and its bytes.</summary>
internal readonly record struct JsonField(JsonTokenType Kind, int Start, int Length);
