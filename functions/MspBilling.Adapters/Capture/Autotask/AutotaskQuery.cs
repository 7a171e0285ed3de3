using System.Globalization;
using System.Text.Json.Nodes;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>A query of one kind of record: <c>POST {Entity}/query</c> (REST API, "Making basic query calls").</summary>
/// <param name="Entity">Such as <c>TimeEntries</c>.</param>
/// <param name="Conditions">All must hold.</param>
internal sealed record AutotaskQuery(string Entity, params IReadOnlyList<AutotaskCondition> Conditions)
{
    /// <summary>The fields that are asked for, of which <c>id</c> must be one; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    public AutotaskQuery And(AutotaskCondition? condition) => condition is null ? this : this with { Conditions = [.. Conditions, condition] };

    public string ToJson(int mostRecords)
    {
        var query = new JsonObject { ["MaxRecords"] = mostRecords, ["Filter"] = new JsonArray([.. Conditions.Select(condition => condition.ToJson())]) };
        if (Fields is not null)
            query["IncludeFields"] = new JsonArray([.. Fields.Select(field => (JsonNode)field)]);
        return query.ToJsonString();
    }
}

/// <summary>A condition, or several of which one must hold.</summary>
internal sealed record AutotaskCondition(string Op, string Field, JsonNode? Value, params IReadOnlyList<AutotaskCondition> Items)
{
    public static AutotaskCondition AllIds { get; } = new("gte", "id", 0);

    public static AutotaskCondition Is(string field, long id) => new("eq", field, id);

    public static AutotaskCondition After(long id) => new("gt", "id", id);

    public static AutotaskCondition In(string field, IEnumerable<long> ids) => new("in", field, new JsonArray([.. ids.Select(id => (JsonNode)id)]));

    public static AutotaskCondition From(string field, DateTimeOffset moment) =>
        new("gte", field, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static AutotaskCondition From(string field, DateOnly day) => new("gte", field, Text(day));

    public static AutotaskCondition Before(string field, DateOnly day) => new("lt", field, Text(day));

    public static AutotaskCondition Any(IReadOnlyList<AutotaskCondition> items) => items.Count == 1 ? items[0] : new("or", "", null, items);

    // A node has one parent, and a condition may be sent more than once.
    public JsonNode ToJson() => Items.Count > 0
        ? new JsonObject { ["op"] = Op, ["items"] = new JsonArray([.. Items.Select(item => item.ToJson())]) }
        : new JsonObject { ["op"] = Op, ["field"] = Field, ["value"] = Value?.DeepClone() };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
