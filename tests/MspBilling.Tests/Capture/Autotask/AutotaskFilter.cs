using System.Globalization;
using System.Text.Json.Nodes;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>What Autotask takes as a query, and which rows meet it.</summary>
internal static class AutotaskFilter
{
    private static readonly string[] Operators = ["eq", "noteq", "gt", "gte", "lt", "lte", "beginsWith", "endsWith", "contains", "exist", "notExist", "in", "notIn"];
    private static readonly string[] Names = ["MaxRecords", "IncludeFields", "Filter"];

    public static string? ProblemOf(string entity, JsonObject query)
    {
        var fields = AutotaskEntities.Fields[entity];
        if (query.Select(each => each.Key).FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
            return $"{unknown} is not known.";
        if (query["MaxRecords"]?.GetValue<int>() is not (>= 1 and <= 500))
            return "Page size must be between 1 and 500.";
        if (query["IncludeFields"] is JsonArray included
            && (included.All(name => name!.GetValue<string>() != "id") || included.Any(name => !fields.Contains(name!.GetValue<string>()))))
        {
            return "IncludeFields must hold Id and known fields.";
        }

        return query["Filter"] is not JsonArray { Count: > 0 } filter ? "A filter must be supplied." : filter.Select(each => ProblemOf(entity, fields, each!.AsObject())).FirstOrDefault(problem => problem is not null);
    }

    public static bool All(JsonArray conditions, JsonObject row) => conditions.All(condition => Meets(condition!.AsObject(), row));

    private static string? ProblemOf(string entity, string[] fields, JsonObject condition)
    {
        var op = condition["op"]?.GetValue<string>();
        if (op is "and" or "or")
        {
            return condition["items"] is not JsonArray { Count: > 0 } items ? "A group needs items."
                : items.Select(item => ProblemOf(entity, fields, item!.AsObject())).FirstOrDefault(problem => problem is not null);
        }

        var field = condition["field"]?.GetValue<string>() ?? "";
        return !Operators.Contains(op) ? $"The operator {op} is not known."
            : !fields.Contains(field) ? $"Unable to find {field} in the {entity} Entity."
            : AutotaskEntities.NotQueried.Contains($"{entity}.{field}") ? $"{field} cannot be queried."
            : op is "in" or "notIn" && condition["value"] is not JsonArray { Count: > 0 and <= 500 } ? "A list of values is needed."
            : null;
    }

    private static bool Meets(JsonObject condition, JsonObject row)
    {
        var op = condition["op"]!.GetValue<string>();
        if (op is "or")
            return condition["items"]!.AsArray().Any(item => Meets(item!.AsObject(), row));
        if (op is "and")
            return All(condition["items"]!.AsArray(), row);

        var (value, wanted) = (row[condition["field"]!.GetValue<string>()], condition["value"]);
        if (value is null)
            return op is "notExist";

        return op switch
        {
            "exist" => true,
            "notExist" => false,
            "eq" => Compare(value, wanted!) == 0,
            "gt" => Compare(value, wanted!) > 0,
            "gte" => Compare(value, wanted!) >= 0,
            "lt" => Compare(value, wanted!) < 0,
            "lte" => Compare(value, wanted!) <= 0,
            "in" => wanted!.AsArray().Any(each => Compare(value, each!) == 0),
            _ => throw new InvalidOperationException($"The simulator does not answer {op}."),
        };
    }

    // Times as times, where a date alone is its midnight in UTC.
    private static int Compare(JsonNode left, JsonNode right) => left.GetValueKind() == System.Text.Json.JsonValueKind.Number
        ? decimal.Parse(left.ToJsonString(), CultureInfo.InvariantCulture).CompareTo(decimal.Parse(right.ToJsonString(), CultureInfo.InvariantCulture))
        : Moment(left).CompareTo(Moment(right));

    private static DateTimeOffset Moment(JsonNode value) =>
        DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
