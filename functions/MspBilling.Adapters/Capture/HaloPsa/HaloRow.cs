using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>A row as the vendor sent it.</summary>
internal readonly record struct HaloRow(JsonElement Json)
{
    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => JsonMarshal.GetRawUtf8Value(Json);

    public string? Id => Reference("id");

    /// <summary>The id where it may be a GUID, too.</summary>
    public string? TextId => Id ?? Text("id");

    /// <summary>A number above 0, at times written with a fraction of zero; null for none.</summary>
    public string? Reference(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 1
            ? decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture)
            : null;

    public string? Text(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool Has(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
}

/// <summary>What a list answered.</summary>
/// <param name="Count">Its <c>record_count</c>, which is not trusted: a hint that something went while pages were read.</param>
internal sealed record HaloList(IReadOnlyList<HaloRow> Rows, long? Count)
{
    /// <summary>A list, or the first list of an object: the names differ by list (contract notes, section 2). Null for anything else.</summary>
    public static HaloList? Of(JsonElement answer)
    {
        long? count = null;
        var list = answer;
        if (answer.ValueKind == JsonValueKind.Object)
        {
            count = answer.TryGetProperty("record_count", out var told) && told.ValueKind == JsonValueKind.Number && told.TryGetInt64(out var number) ? number : null;
            list = answer.EnumerateObject().FirstOrDefault(property => property.Value.ValueKind == JsonValueKind.Array).Value;
            if (list.ValueKind == JsonValueKind.Undefined && count == 0)
                return new HaloList([], count);
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? new HaloList([.. list.EnumerateArray().Select(item => new HaloRow(item))], count)
            : null;
    }
}
