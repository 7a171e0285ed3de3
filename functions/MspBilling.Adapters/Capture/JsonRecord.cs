using System.Globalization;
using System.Text.Json;

namespace MspBilling.Adapters.Capture;

/// <summary>
/// One object of a JSON file. A field that is missing or wrong becomes a problem at its line and column and is read as an
/// empty value: reading goes on to find more problems, and the file's records are thrown away in the end.
/// </summary>
internal sealed class JsonRecord(JsonFile file, JsonField self, string path, IReadOnlyDictionary<string, JsonField> fields)
{
    /// <summary>Amounts and quantities are below a trillion, so that no sum or product of them overflows.</summary>
    public const decimal Trillion = 1_000_000_000_000m;

    /// <summary>The least number that is above 0, as a bound.</summary>
    public const decimal AboveZero = 0.0000000000000000000000000001m;

    private const string TextWords = "a text";
    private const string DateWords = "a date like 2024-09-18";
    private const string InstantWords = "a time like 2024-09-18T23:00:00Z";
    private const string FlagWords = "true or false";
    private const string ObjectWords = "an object in braces";
    private const string ListWords = "a list in brackets";

    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz"];
    private static readonly string[] UtcForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm'Z'"];

    private readonly List<string> _asked = [];

    private delegate bool Reads<T>(JsonField field, out T value);

    /// <summary>The names as written, for objects whose names are data.</summary>
    public IEnumerable<string> Names => fields.Keys;

    public string PathOf(string name) => path.Length == 0 ? name : path + "." + name;

    public string Text(string name) => Find(name, required: true, TextWords, out var field) ? TextIn(field, PathOf(name)) ?? "" : "";

    /// <summary>Null when absent, null or blank.</summary>
    public string? OptionalText(string name) => Find(name, required: false, TextWords, out var field) && !IsBlank(field) ? TextIn(field, PathOf(name)) : null;

    public decimal Number(string name, decimal least = -Trillion, decimal most = Trillion) =>
        Value(name, required: true, NumberWords(least, most), Between(least, most)) ?? 0;

    public decimal? OptionalNumber(string name, decimal least = -Trillion, decimal most = Trillion) =>
        Value(name, required: false, NumberWords(least, most), Between(least, most));

    public long Whole(string name, long least, long most) => Value(name, required: true, WholeWords(least, most), BetweenWhole(least, most)) ?? 0;

    public long? OptionalWhole(string name, long least, long most) => Value(name, required: false, WholeWords(least, most), BetweenWhole(least, most));

    /// <summary>False when absent or null.</summary>
    public bool Flag(string name) => Value<bool>(name, required: false, FlagWords, TryFlag) ?? false;

    public DateOnly Date(string name) => Value<DateOnly>(name, required: true, DateWords, TryDate) ?? default;

    public DateOnly? OptionalDate(string name) => Value<DateOnly>(name, required: false, DateWords, TryDate);

    public DateTimeOffset Instant(string name) => Value<DateTimeOffset>(name, required: true, InstantWords, TryInstant) ?? default;

    public DateTimeOffset? OptionalInstant(string name) => Value<DateTimeOffset>(name, required: false, InstantWords, TryInstant);

    /// <summary>One of a few words that the source may say; any other is a problem that names them.</summary>
    public T Word<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct => Word(name, required: true, words) ?? default;

    public T? OptionalWord<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct => Word(name, required: false, words);

    public JsonRecord? Record(string name) => Object(name, required: true);

    public JsonRecord? OptionalRecord(string name) => Object(name, required: false);

    /// <summary>Empty when absent or null.</summary>
    public IReadOnlyList<JsonRecord> Records(string name)
    {
        var records = new List<JsonRecord>();
        foreach (var (item, itemPath) in Items(name, required: false))
        {
            if (item.Kind == JsonTokenType.StartObject)
                records.Add(file.Record(item, itemPath));
            else
                file.Problem(item, itemPath, ObjectWords);
        }

        return records;
    }

    /// <summary>The records of a list, each with a key of its own and no unknown field.</summary>
    /// <param name="sameKey">Which keys are the same; null for those that are equal.</param>
    public IReadOnlyList<T> DistinctRecords<T, TKey>(string name, Func<JsonRecord, T> read, Func<T, TKey> keyOf, string keyName, string expected, IEqualityComparer<TKey>? sameKey = null)
    {
        var keys = new HashSet<TKey>(sameKey);
        var items = new List<T>();
        foreach (var record in Records(name))
        {
            var item = read(record);
            record.RefuseOthers();
            if (!keys.Add(keyOf(item)) && record.Has(keyName))
                record.Problem(keyName, expected);
            items.Add(item);
        }

        return items;
    }

    public IReadOnlyList<string> Texts(string name, bool required = false) =>
        [.. Items(name, required).Select(item => TextIn(item.Field, item.Path) ?? "")];

    /// <summary>The bytes that a text spells in base 64; null when absent or null.</summary>
    public byte[]? OptionalBase64(string name, string expected, Func<byte[], bool> isRight)
    {
        if (!Find(name, required: false, expected, out var field))
            return null;

        if (field.Kind == JsonTokenType.String && file.Base64(field) is { } bytes && isRight(bytes))
            return bytes;

        file.Problem(field, PathOf(name), expected);
        return null;
    }

    /// <summary>How many problems the file has so far, so that what was read in between can be told to be right.</summary>
    public int Problems => file.Problems;

    /// <summary>The object's bytes as written.</summary>
    public ReadOnlySpan<byte> Bytes => file.Bytes(self);

    /// <summary>An id as far as it can be told, without a problem where it cannot.</summary>
    public string? IdIn(string name) => !fields.TryGetValue(name, out var field) ? null : field.Kind switch
    {
        JsonTokenType.Number when file.TryWhole(field, out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.String when file.Text(field) is { } text && !string.IsNullOrWhiteSpace(text) => text,
        _ => null,
    };

    public bool IsList(string name) => fields.TryGetValue(name, out var field) && field.Kind == JsonTokenType.StartArray;

    /// <summary>Whether it is the word false or a list of nothing.</summary>
    public bool IsEmpty(string name) =>
        fields.TryGetValue(name, out var field) && (field.Kind == JsonTokenType.False || (field.Kind == JsonTokenType.StartArray && !file.Items(field).Any()));

    public bool Has(string name) => fields.TryGetValue(name, out var field) && field.Kind != JsonTokenType.Null;

    public bool IsText(string name) => fields.TryGetValue(name, out var field) && field.Kind == JsonTokenType.String;

    /// <summary>Says what is wrong with a field that reads well by itself.</summary>
    public void Problem(string name, string expected)
    {
        if (fields.TryGetValue(name, out var field))
            file.Problem(field, PathOf(name), expected);
        else
            file.Problem(self.Start, PathOf(name), null, expected + ", but it is missing");
    }

    /// <summary>Says what is wrong with one item of a list of texts.</summary>
    public void ItemProblem(string name, int index, string expected)
    {
        var (field, itemPath) = Items(name, required: true).ElementAt(index);
        file.Problem(field, itemPath, expected);
    }

    /// <summary>Refuses fields that nothing asked for, where a wrong name would go unnoticed.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, field) in fields.Where(field => !_asked.Contains(field.Key)))
            file.Problem(field.Start, PathOf(name), null, $"no such property; known here are {string.Join(", ", _asked.Distinct())}");
    }

    public static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, UtcForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
        || DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);

    private static string NumberWords(decimal least, decimal most) => (least, most) switch
    {
        (-Trillion, Trillion) => "a number like 12.5, below a trillion",
        (0, Trillion) => "a number of 0 or more, below a trillion",
        (AboveZero, Trillion) => "a number above 0, below a trillion",
        (AboveZero, _) => string.Create(CultureInfo.InvariantCulture, $"a number above 0, at most {most}"),
        (_, Trillion) => string.Create(CultureInfo.InvariantCulture, $"a number of {least} or more, below a trillion"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
    };

    private static string WholeWords(long least, long most) => most == long.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"a whole number of {least} or more")
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    private static bool TryFlag(JsonField field, out bool value)
    {
        value = field.Kind == JsonTokenType.True;
        return field.Kind is JsonTokenType.True or JsonTokenType.False;
    }

    /// <summary>The date as written; a time after it is checked and left, never shifted to another zone.</summary>
    private bool TryDate(JsonField field, out DateOnly date)
    {
        date = default;
        var text = field.Kind == JsonTokenType.String ? file.Text(field) : null;
        return text is { Length: >= 10 }
            && (text.Length == 10 || TryInstant(text, out _) || TryInstant(text + "Z", out _))
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    private bool TryInstant(JsonField field, out DateTimeOffset instant)
    {
        instant = default;
        return field.Kind == JsonTokenType.String && file.Text(field) is { } text && TryInstant(text, out instant);
    }

    private Reads<decimal> Between(decimal least, decimal most) => (JsonField field, out decimal value) =>
        file.TryNumber(field, out value) && value >= least && value <= most && Math.Abs(value) < Trillion;

    private Reads<long> BetweenWhole(long least, long most) => (JsonField field, out long value) =>
        file.TryWhole(field, out value) && value >= least && value <= most;

    private T? Value<T>(string name, bool required, string expected, Reads<T> reads)
        where T : struct
    {
        if (!Find(name, required, expected, out var field))
            return null;

        if (reads(field, out var value))
            return value;

        file.Problem(field, PathOf(name), expected);
        return null;
    }

    private T? Word<T>(string name, bool required, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        var expected = "one of " + string.Join(", ", words.Keys);
        if (!Find(name, required, expected, out var field))
            return null;

        if (field.Kind == JsonTokenType.String && file.Text(field) is { } word && words.TryGetValue(word, out var value))
            return value;

        file.Problem(field, PathOf(name), expected);
        return null;
    }

    private JsonRecord? Object(string name, bool required)
    {
        if (!Find(name, required, ObjectWords, out var field))
            return null;

        if (field.Kind == JsonTokenType.StartObject)
            return file.Record(field, PathOf(name));

        file.Problem(field, PathOf(name), ObjectWords);
        return null;
    }

    private IReadOnlyList<(JsonField Field, string Path)> Items(string name, bool required)
    {
        if (!Find(name, required, ListWords, out var list))
            return [];

        if (list.Kind == JsonTokenType.StartArray)
            return [.. file.Items(list).Select((item, index) => (item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{index}]")))];

        file.Problem(list, PathOf(name), ListWords);
        return [];
    }

    private bool IsBlank(JsonField field) => field.Kind == JsonTokenType.String && string.IsNullOrWhiteSpace(file.Text(field) ?? "?");

    private string? TextIn(JsonField field, string fieldPath)
    {
        var text = field.Kind == JsonTokenType.String ? file.Text(field) : null;
        if (text is null)
            file.Problem(field, fieldPath, field.Kind == JsonTokenType.String ? "a text without half a surrogate pair (\\uD800 to \\uDFFF)" : TextWords);
        else if (string.IsNullOrWhiteSpace(text))
            file.Problem(field, fieldPath, "a text that is not blank");
        return text;
    }

    private bool Find(string name, bool required, string expected, out JsonField field)
    {
        _asked.Add(name);
        if (fields.TryGetValue(name, out field) && field.Kind != JsonTokenType.Null)
            return true;

        if (required)
            Problem(name, expected);
        return false;
    }
}
