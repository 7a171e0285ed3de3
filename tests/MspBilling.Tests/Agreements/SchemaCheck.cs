using System.Text.Json;
using System.Text.RegularExpressions;

namespace MspBilling.Tests.Agreements;

/// <summary>JSON Schema 2020-12, as much of it as the published schema uses; a keyword that is not known here is an error.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly string[] Annotations =
        ["$schema", "$id", "$defs", "title", "description", "examples", "default", "format", "if", "then", "exclusiveMinimum", "exclusiveMaximum"];

    public bool Allows(JsonElement value) => Allows(root, value);

    public JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var target) ? root.GetProperty("$defs").GetProperty(target.GetString()!["#/$defs/".Length..]) : schema;

    public bool Allows(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return schema.ValueKind == JsonValueKind.True;

        return schema.EnumerateObject().All(keyword => Holds(schema, keyword.Name, keyword.Value, value))
            && (!schema.TryGetProperty("if", out var condition) || !Allows(condition, value) || Allows(schema.GetProperty("then"), value))
            && (!schema.TryGetProperty("exclusiveMinimum", out var above) || !IsNumber(value) || value.GetDecimal() > above.GetDecimal())
            && (!schema.TryGetProperty("exclusiveMaximum", out var below) || !IsNumber(value) || value.GetDecimal() < below.GetDecimal());
    }

    private bool Holds(JsonElement schema, string name, JsonElement keyword, JsonElement value) => name switch
    {
        "$ref" => Allows(Resolve(schema), value),
        "type" => keyword.ValueKind == JsonValueKind.Array ? keyword.EnumerateArray().Any(type => Is(type.GetString()!, value)) : Is(keyword.GetString()!, value),
        "enum" => keyword.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)),
        "const" => JsonElement.DeepEquals(keyword, value),
        "properties" => value.ValueKind != JsonValueKind.Object
            || keyword.EnumerateObject().All(property => !value.TryGetProperty(property.Name, out var found) || Allows(property.Value, found)),
        "required" => value.ValueKind != JsonValueKind.Object || keyword.EnumerateArray().All(each => value.TryGetProperty(each.GetString()!, out _)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _) || Allows(keyword, property.Value)),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Allows(keyword, item)),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.GetInt32(),
        "uniqueItems" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.GetString()!, RegexOptions.CultureInvariant),
        "minimum" => !IsNumber(value) || value.GetDecimal() >= keyword.GetDecimal(),
        "maximum" => !IsNumber(value) || value.GetDecimal() <= keyword.GetDecimal(),
        "oneOf" => keyword.EnumerateArray().Count(each => Allows(each, value)) == 1,
        "anyOf" => keyword.EnumerateArray().Any(each => Allows(each, value)),
        "not" => !Allows(keyword, value),
        _ => Annotations.Contains(name) ? true : throw new NotSupportedException($"The keyword {name} is not checked."),
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => IsNumber(value),
        "integer" => IsNumber(value) && decimal.IsInteger(value.GetDecimal()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };
}
