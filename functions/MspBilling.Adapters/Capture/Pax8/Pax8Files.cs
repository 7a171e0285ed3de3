using System.Buffers;
using System.Text.Json;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>The pages that are made of what Pax8 answers: format, which is the file name too, and what reads them.</summary>
internal static class Pax8Files
{
    public const string SourceName = "pax8";
    public const string Subscriptions = "subscriptions";
    public const string InvoiceItems = "invoice-items";
    public const string Usage = "usage";

    public static IReadOnlyList<(string Format, Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> Read)> All { get; } =
    [
        (Format(Subscriptions), SubscriptionCounts.Read),
        (Format(InvoiceItems), InvoiceItemCharges.Read),
        (Format(Usage), UsageLineCharges.Read),
    ];

    /// <summary>Without a slash: a marketplace's records stand beside any PSA's.</summary>
    public static string Format(string feed) => $"{SourceName}-{feed}";

    /// <summary>A page of a feed, written by what is given.</summary>
    public static RecordPage Page(string feed, string name, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new RecordPage($"{Format(feed)}@{name}.json", bytes.WrittenMemory);
    }

    /// <summary>The ids of what a page holds, without what it tells to be gone.</summary>
    /// <exception cref="SourceException">A record of it cannot be read.</exception>
    public static IReadOnlyList<string> IdsIn(RecordPage page, RecordFeed feed)
    {
        using var content = new MemoryStream(page.Content.ToArray(), writable: false);
        var read = ImportReader.ReadPage(page.Name, feed.Format, content);
        var problem = read.Broken ?? (read.Unreadable.Count > 0 ? read.Unreadable[0].Problem : null);
        return problem is null ? [.. read.Records.OfType<Activity>().Where(record => record.DeletedAt is null).Select(record => record.Id.ExternalId)] : throw new SourceException(
            SourceName, SourceFailure.Malformed, $"A record of Pax8's cannot be read, so that which of the {feed.Name} are gone is not looked for: {problem}");
    }

    public static void Write(this Utf8JsonWriter json, string name, JsonElement record)
    {
        json.WritePropertyName(name);
        record.WriteTo(json);
    }

    public static void Write(this Utf8JsonWriter json, string name, IEnumerable<JsonElement> records)
    {
        json.WriteStartArray(name);
        foreach (var record in records)
            record.WriteTo(json);
        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static IEnumerable<string> Tag(string name, string? value) => string.IsNullOrWhiteSpace(value) || value == "N/A" ? [] : [$"{name}={value}"];
}
