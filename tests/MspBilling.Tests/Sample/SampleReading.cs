using System.Globalization;
using System.Text;
using System.Text.Json;
using MspBilling.Local.Sample;

namespace MspBilling.Tests.Sample;

/// <summary>The sample's files as its readers see them: JSON elements and lines of text.</summary>
internal static class SampleReading
{
    private static readonly Dictionary<string, byte[]> Files = SampleMonth.Generate().ToDictionary(file => file.Name, file => file.Content);

    public static JsonElement Json(string name) => JsonDocument.Parse(Files[name]).RootElement;

    public static IReadOnlyList<JsonElement> Records(string name) => [.. Json(name).EnumerateArray()];

    public static string[] Lines(string name) => Encoding.UTF8.GetString(Files[name]).TrimEnd('\n').Split('\n');

    public static byte[] Bytes(string name) => Files[name];

    public static JsonElement Numbered(string name, int id) => Records(name).Single(record => record.Id() == id);

    public static int Id(this JsonElement record) => record.GetProperty("id").GetInt32();

    public static string Text(this JsonElement record, string property) => record.GetProperty(property).GetString()!;

    public static decimal Number(this JsonElement record, string property) => record.GetProperty(property).GetDecimal();

    public static int IdOf(this JsonElement record, string property) => record.TryGetProperty(property, out var other) ? other.Id() : 0;

    public static DateTimeOffset Instant(this JsonElement record, string property) => DateTimeOffset.ParseExact(
        record.Text(property), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
