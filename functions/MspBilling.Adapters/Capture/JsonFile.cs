using System.Text;
using System.Text.Json;

namespace MspBilling.Adapters.Capture;

/// <summary>A JSON file in memory, read so that every value's line and column can be told.</summary>
/// <remarks>
/// At most 64,000,000 bytes, 2,000,000 bytes a record and 64 levels, so that no file can exhaust the host. A record's
/// syntax is checked before a value in it is looked at; a value is then read from its own bytes and cannot fail.
/// </remarks>
internal sealed class JsonFile
{
    public const int MostBytes = 64_000_000;
    public const int MostRecordBytes = 2_000_000;
    public const int MostLevels = 64;

    private const string Nested = "JSON nested at most 64 deep";
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MostLevels };

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly ProblemList _problems;

    private JsonFile(byte[] bytes, ProblemList problems) =>
        (_bytes, _start, _problems) = (bytes, Utf8Text.MarkLength(bytes), problems);

    /// <summary>How many problems were said of it, shown or not.</summary>
    public int Problems { get; private set; }

    /// <summary>The file, or null and a problem when it is empty, too large or not in UTF-8.</summary>
    public static JsonFile? Open(Stream content, ProblemList problems)
    {
        var length = content.Length - content.Position;
        if (length > MostBytes)
        {
            problems.Add(TextPlace.WholeFile, null, ReadLimit.Bytes(length), $"at most {ReadLimit.Bytes(MostBytes)} of JSON; split the file");
            problems.Break();
            return null;
        }

        var bytes = new byte[length];
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            bytes = bytes[..read];

        var file = new JsonFile(bytes, problems);
        if (Utf8Text.IsUtf16(bytes))
        {
            problems.Add(TextPlace.WholeFile, null, "UTF-16", Utf8Text.Expected);
            problems.Break();
            return null;
        }

        if (Utf8Text.FirstInvalid(bytes) is >= 0 and var invalid)
        {
            file.Problem(invalid, null, Utf8Text.NameOf(bytes[invalid]), Utf8Text.Expected);
            problems.Break();
            return null;
        }

        if (!bytes.AsSpan(file._start).ContainsAnyExcept(" \t\r\n"u8))
        {
            problems.Add(TextPlace.WholeFile, null, null, "JSON, but the file is empty");
            problems.Break();
            return null;
        }

        return file;
    }

    /// <summary>The items of the file's one list, which must be objects, up to the first error of syntax.</summary>
    public IEnumerable<JsonRecord> Records()
    {
        var cursor = new Cursor(_start);
        if (!Next(cursor, into: true, out var list))
            yield break;

        if (list.Kind != JsonTokenType.StartArray)
        {
            Problem(list, null, "a list of records in brackets, as the source's interface answers");
            _problems.Break();
            yield break;
        }

        while (!_problems.IsFull && Next(cursor, into: false, out var item))
        {
            if (item.Kind == JsonTokenType.StartObject)
            {
                yield return Record(item, "");
                continue;
            }

            Problem(item, null, "a record in braces");
            _problems.Unreadable(null, Shown(item));
        }
    }

    /// <summary>Whether it begins as one.</summary>
    public bool IsObject => _bytes.AsSpan(_start).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>The one object that the file is, or the items of its one list.</summary>
    public IEnumerable<JsonRecord> RootOrRecords() => IsObject ? (Root() is { } root ? [root] : []) : Records();

    /// <summary>The object that the file is, or null and a problem.</summary>
    /// <param name="mostBytes">More for an object that holds a list of records.</param>
    public JsonRecord? Root(int mostBytes = MostRecordBytes)
    {
        var cursor = new Cursor(_start);
        if (!Next(cursor, into: false, out var root, mostBytes))
            return null;

        if (root.Kind != JsonTokenType.StartObject)
        {
            Problem(root, null, "one object in braces");
            _problems.Break();
        }
        else if (!Next(cursor, into: false, out _) && _problems.Count == 0)
            return Record(root, "");
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

    /// <summary>The value's bytes as written.</summary>
    public ReadOnlySpan<byte> Bytes(JsonField field) => _bytes.AsSpan(field.Start, field.Length);

    public byte[]? Base64(JsonField field) => Reader(field).TryGetBytesFromBase64(out var bytes) ? bytes : null;

    public void Problem(JsonField found, string? path, string expected) => Problem(found.Start, path, Shown(found), expected);

    public void Problem(int offset, string? path, string? value, string expected)
    {
        Problems++;

        // Counting lines takes a walk over the file, which a problem that is not shown is not worth.
        if (!_problems.IsFull)
            _problems.Add(Utf8Text.PlaceOf(_bytes, offset), path, value, expected);
    }

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

    /// <summary>The next value of the list that is being read; false at its end and, with a problem, at an error of syntax.</summary>
    /// <param name="into">Stops at the bracket that opens a list, so that the next value is its first item.</param>
    private bool Next(Cursor cursor, bool into, out JsonField value, int mostBytes = MostRecordBytes)
    {
        value = default;
        var reader = new Utf8JsonReader(_bytes.AsSpan(cursor.Offset), isFinalBlock: true, cursor.State);
        try
        {
            do
            {
                if (!reader.Read())
                    return false;

                var start = cursor.Offset + (int)reader.TokenStartIndex;
                if (value.Kind == JsonTokenType.None)
                {
                    // Reading on past the end of the list fails when anything follows it.
                    if (reader.TokenType == JsonTokenType.EndArray)
                        return reader.Read();
                    value = new JsonField(reader.TokenType, start, 0);
                }

                value = value with { Length = cursor.Offset + (int)reader.BytesConsumed - value.Start };
                if (value.Length > mostBytes)
                {
                    Problem(value, null, $"a record of at most {ReadLimit.Bytes(mostBytes)}");
                    _problems.Break();
                    return false;
                }
            }
            while (!(into && value.Kind == JsonTokenType.StartArray)
                && (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.CurrentDepth > cursor.Depth));

            cursor.MoveTo(value.Start + value.Length, reader.CurrentState, into ? 1 : cursor.Depth);
            return true;
        }
        catch (JsonException error)
        {
            SyntaxProblem(OffsetOf(error.LineNumber ?? 0, error.BytePositionInLine ?? 0), reader.CurrentDepth);
            return false;
        }
    }

    private void SyntaxProblem(int offset, int depth)
    {
        _problems.Break();
        if (offset >= _bytes.AsSpan().TrimEnd(" \t\r\n"u8).Length)
        {
            Problem(_bytes.Length, null, null, "valid JSON, but the file ends too early: it is cut off or a bracket is missing");
            return;
        }

        var isTooDeep = depth >= MostLevels - 1 && _bytes[offset] is (byte)'[' or (byte)'{';
        Problem(offset, null, Shown(new JsonField(JsonTokenType.None, offset, Math.Min(20, _bytes.Length - offset))), isTooDeep ? Nested : "valid JSON");
    }

    /// <summary>System.Text.Json ends lines with LF alone and counts bytes.</summary>
    private int OffsetOf(long line, long bytesInLine)
    {
        var start = _start;
        for (; line > 0; line--)
            start += _bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        return (int)Math.Min(start + bytesInLine, _bytes.Length);
    }

    /// <summary>How far a file is read: the next byte, what the reader knows there, and the depth that its values are at.</summary>
    private sealed class Cursor(int start)
    {
        public int Offset { get; private set; } = start;

        public JsonReaderState State { get; private set; } = new(Options);

        public int Depth { get; private set; }

        public void MoveTo(int offset, JsonReaderState state, int depth) => (Offset, State, Depth) = (offset, state, depth);
    }
}

/// <summary>A value's place in a file: its first token and its bytes.</summary>
internal readonly record struct JsonField(JsonTokenType Kind, int Start, int Length);
