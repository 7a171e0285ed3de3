using System.Net.Http.Headers;
using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.CloudEvents;

/// <summary>One event of use or of a count, in the JSON form of CloudEvents 1.0.</summary>
/// <remarks>
/// <c>source</c> and <c>id</c> together name the record (<see href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#id"/>: producers must make them
/// unique for each distinct event, consumers may take events alike in both for duplicates). So one id never stands for two contents: what is to replace an
/// earlier event has an id of its own and names the earlier one in the extension attribute <c>correctionof</c>; of several corrections the one with the
/// latest <c>time</c> holds. Attributes that are not known are allowed, as the specification asks; properties of the data that are not known are refused.
/// The data is described by <c>usage-event.schema.json</c>.
/// </remarks>
internal static class UsageEvent
{
    public const string UsageType = "mspbilling.usage.v1";
    public const string CountType = "mspbilling.count.v1";

    private const int MostSourceCharacters = 300;
    private const int MostIdCharacters = 200;

    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal) { ["1.0"] = "1.0" };

    private static readonly Dictionary<string, string> Categories = new[] { "Usage", "Purchase", "Tax", "Credit", "Adjustment" }.ToDictionary(word => word, StringComparer.Ordinal);

    public static IReadOnlyList<CapturedRecord> ReadAll(Stream content, ProblemList problems) => RecordArray.Read(content, problems, Read);

    /// <summary>Null, with its problems said, for what is no such event.</summary>
    public static Activity? Read(JsonRecord json)
    {
        var before = json.Problems;
        Known(json, "specversion", Versions.ContainsKey, "1.0");
        var source = Known(json, "source", text => text.Length <= MostSourceCharacters && Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute), "a URI reference of at most 300 characters, such as /meters/backup");
        var id = Known(json, "id", IsId, "an id of at most 200 characters, none of them a control character");
        var type = Known(json, "type", text => text is UsageType or CountType, $"{UsageType} or {CountType}");
        var time = json.OptionalInstant("time");
        var correctionOf = json.OptionalText("correctionof");
        if (correctionOf is not null && !IsId(correctionOf))
            json.Problem("correctionof", "the id of an earlier event of this source");
        else if (correctionOf == id)
            json.Problem("correctionof", "the id of another event: a correction has an id of its own");
        if (correctionOf is not null && time is null)
            json.Problem("time", "a time like 2024-09-18T23:00:00Z, as of several corrections the latest holds");
        if (json.OptionalText("datacontenttype") is { } contentType && !IsJson(contentType))
            json.Problem("datacontenttype", "application/json");

        var data = json.Record("data");
        if (data is null || json.Problems > before)
            return null;

        var name = new RecordId(Keys.UsageSource, type == CountType ? RecordKind.Count : RecordKind.Usage, $"{source} {correctionOf ?? id}");
        Activity activity = type == CountType ? Count(json, data, name, time) : Usage(json, data, name, time, source);
        data.RefuseOthers();
        return json.Problems > before ? null : activity;
    }

    /// <summary>Whether data of that media type is read.</summary>
    public static bool IsJson(string contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType is { } name && (name.Equals("application/json", StringComparison.OrdinalIgnoreCase) || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase)))
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static UsageRecord Usage(JsonRecord json, JsonRecord data, RecordId id, DateTimeOffset? time, string source)
    {
        var (client, account) = (data.OptionalText("client"), data.OptionalText("account"));
        if (client is null == account is null)
            data.Problem(client is null ? "client" : "account", "a client or an account, one of both");

        var sku = data.Text("sku");
        var service = data.OptionalText("service") ?? sku;
        var cost = data.OptionalNumber("cost");
        var code = data.OptionalText("currency");
        Currency? currency = Currency.TryParse(code, out var known) ? known : null;
        if (currency is null && (code is not null || cost is not null))
            data.Problem("currency", "an ISO 4217 currency code such as EUR");
        else if (cost is null && code is not null)
            data.Problem("cost", "a cost, as there is a currency");

        return new UsageRecord
        {
            Id = id,
            Revision = time,
            Provider = data.OptionalText("provider") ?? source,
            SubAccountId = account ?? client ?? "",
            CompanyId = client,
            Category = data.OptionalText("category") is null ? "Usage" : Known(data, "category", Categories.ContainsKey, "one of " + string.Join(", ", Categories.Keys)),
            Service = service,
            Sku = sku,
            Description = data.OptionalText("description") ?? service,
            Day = Day(data, time),
            Quantity = data.Number("quantity"),
            Unit = data.OptionalText("unit"),
            Subject = json.OptionalText("subject"),
            Cost = cost ?? 0,
            Currency = currency,
            Tags = Tags(data),
        };
    }

    private static Count Count(JsonRecord json, JsonRecord data, RecordId id, DateTimeOffset? time)
    {
        var (client, sku) = (data.Text("client"), data.Text("sku"));
        return new Count
        {
            Id = id,
            Revision = time,
            CompanyId = client,
            CompanyName = client,
            Sku = sku,
            Description = data.OptionalText("description") ?? sku,
            Day = Day(data, time),
            Quantity = data.Number("quantity", 0),
            Subject = json.OptionalText("subject"),
            Tags = Tags(data),
        };
    }

    /// <summary>As the data tells it, else that of the event in UTC.</summary>
    private static DateOnly Day(JsonRecord data, DateTimeOffset? time)
    {
        if (data.OptionalDate("day") is { } day)
            return day;

        if (time is null && !data.Has("day"))
            data.Problem("day", "a date like 2024-09-18, as the event has no time");
        return time is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : default;
    }

    private static IReadOnlyList<string>? Tags(JsonRecord data) => data.Texts("tags") is { Count: > 0 } tags ? tags : null;

    private static string Known(JsonRecord json, string name, Func<string, bool> isRight, string expected)
    {
        var text = json.Text(name);
        if (!string.IsNullOrWhiteSpace(text) && !isRight(text))
            json.Problem(name, expected);
        return text;
    }

    private static bool IsId(string text) => text.Length <= MostIdCharacters && !text.Any(char.IsControl);
}
