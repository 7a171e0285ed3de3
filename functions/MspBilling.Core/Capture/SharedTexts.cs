using System.Text.Json;
using System.Text.Json.Serialization;

namespace MspBilling.Core.Capture;

/// <summary>Reads equal short texts as one object: a month's records say the same names over and over.</summary>
/// <remarks>
/// Each thread keeps the last text of each of 4,096 places, found by a hash of its bytes; what is not found there is read as usual. So memory is
/// bounded, whatever is read, and who compares two texts of a client's month mostly compares one object with itself.
/// </remarks>
internal sealed class SharedTexts : JsonConverter<string>
{
    private const int Places = 4_096; // a power of two
    private const int LongestBytes = 64;

    [ThreadStatic]
    private static string?[]? _kept;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestBytes)
        {
            return reader.GetString();
        }

        ref var kept = ref (_kept ??= new string?[Places])[PlaceOf(reader.ValueSpan)];
        return kept is not null && reader.ValueTextEquals(kept) ? kept : kept = reader.GetString();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        var hash = new HashCode();
        hash.AddBytes(text);
        return hash.ToHashCode() & (Places - 1);
    }
}
