using System.Text.Json;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>A page of a list, as the vendor sent it.</summary>
/// <param name="HasMore">Whether there are records after these.</param>
/// <param name="AnsweredAt">By the vendor's clock; null where it does not tell.</param>
internal sealed record ListAnswer(IReadOnlyList<Row> Rows, bool HasMore, DateTimeOffset? AnsweredAt)
{
    public static ListAnswer Empty { get; } = new([], false, null);

    /// <summary>Whether a record changed in the second of the answer or after it, so that what it is told to be may not be all of that second.</summary>
    public bool MayStillChange(Row row) => AnsweredAt is { } at && row.LastUpdated >= Conditions.SecondOf(at);

    /// <summary>Without what changed in the second in which it was answered, and what may come after that: left to the next pull.</summary>
    /// <remarks>The vendor tells a change to the second: a record that changes in it once more could not be told from what was pulled.</remarks>
    public ListAnswer WithoutThisSecond() =>
        Rows.Any(MayStillChange) ? this with { Rows = [.. Rows.Where(row => !MayStillChange(row))], HasMore = false } : this;
}

/// <summary>A record of a list.</summary>
/// <param name="LastUpdated"><c>_info.lastUpdated</c>; null where it does not carry it.</param>
internal sealed record Row(long Id, DateTimeOffset? LastUpdated, JsonElement Json)
{
    /// <summary>The items of a list; null for what is no list of records with ids.</summary>
    public static IReadOnlyList<Row>? ListOf(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var list = JsonElement.Parse(answer.Span);
            if (list.ValueKind != JsonValueKind.Array)
                return null;

            var rows = new List<Row>(list.GetArrayLength());
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number))
                    return null;
                rows.Add(new Row(number, LastUpdatedOf(item), item));
            }

            return rows;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string? Text(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long? Whole(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static DateTimeOffset? LastUpdatedOf(JsonElement item) =>
        item.TryGetProperty("_info", out var info) && info.ValueKind == JsonValueKind.Object
        && info.TryGetProperty("lastUpdated", out var text) && text.ValueKind == JsonValueKind.String
        && JsonRecord.TryInstant(text.GetString()!, out var time) ? time : null;
}
