using System.Text.Json;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Fields of the vendor's rows, whatever the case of their names: the interface writes <c>companyID</c>, its models <c>CompanyID</c>.</summary>
internal static class Wire
{
    public static JsonElement? Field(JsonElement row, string name)
    {
        if (row.ValueKind != JsonValueKind.Object)
            return null;

        if (row.TryGetProperty(name, out var value))
            return value;

        foreach (var property in row.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    public static string? Text(JsonElement row, string name) => Field(row, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Whole(JsonElement row, string name) =>
        Field(row, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Instant(JsonElement row, string name) =>
        Text(row, name) is { } text && JsonRecord.TryInstant(text, out var instant) ? instant : null;
}
