using System.Globalization;
using System.Text.Json;

namespace MspBilling.Adapters.Capture;

/// <summary>The JSON of a delivery, whatever the case of its names: vendors write them otherwise than in their interfaces.</summary>
internal static class WebhookBody
{
    private const int LongestText = 200;

    /// <summary>Null for what is no JSON.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    extension(JsonElement json)
    {
        public JsonElement? Field(string name)
        {
            if (json.ValueKind != JsonValueKind.Object)
                return null;

            foreach (var property in json.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return property.Value;
            }

            return null;
        }

        /// <summary>A text of a length that a key may have; null for none.</summary>
        public string? Text(string name) =>
            json.Field(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;

        /// <summary>A whole number of 0 or more, as a number, at times with a fraction of zero, or as a text.</summary>
        public string? Number(string name) => json.Field(name) switch
        {
            { ValueKind: JsonValueKind.Number } value when value.TryGetDecimal(out var number) && number is >= 0 and <= long.MaxValue && number == decimal.Truncate(number) =>
                decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture),
            { ValueKind: JsonValueKind.String } value when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
