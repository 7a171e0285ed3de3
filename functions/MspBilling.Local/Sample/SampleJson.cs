using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MspBilling.Local.Sample;

/// <summary>Writes records as ConnectWise answers them: an array, one record a line, missing fields absent.</summary>
internal static class SampleJson
{
    // Names stay readable (Żółw, O'Brien); the files are read by programs and people, never put in a web page.
    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions Indented = new(Compact)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static SampleFile Array<T>(string name, IEnumerable<T> records)
    {
        using var content = new MemoryStream();
        var before = "[\n"u8;
        foreach (var record in records)
        {
            content.Write(before);
            JsonSerializer.Serialize(content, record, Compact);
            before = ",\n"u8;
        }

        content.Write("\n]\n"u8);
        return new SampleFile(name, content.ToArray());
    }

    /// <summary>One document, indented, with nulls written out: our own settings form shows what can be set.</summary>
    public static SampleFile Document<T>(string name, T document) =>
        new(name, [.. JsonSerializer.SerializeToUtf8Bytes(document, Indented), (byte)'\n']);

    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Instant(DateOnly date) => Instant(date.ToDateTime(TimeOnly.MinValue));

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Revision RevisedAt(DateTime utc, string by = "API") => new(Instant(utc), by);

    public static Revision RevisedOn(DateOnly date, string by = "API") => RevisedAt(date.ToDateTime(new TimeOnly(8, 0)), by);
}

/// <summary>How ConnectWise names another record.</summary>
internal sealed record Reference(int Id, string Name);

internal sealed record IdentifiedReference(int Id, string Identifier, string Name);

internal sealed record Revision(string LastUpdated, string UpdatedBy);
