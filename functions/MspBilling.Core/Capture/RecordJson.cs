using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>How records, invoices and their parts are written as JSON: one form for storage, hashing and comparison.</summary>
/// <remarks>
/// The same value is always the same bytes: properties in declaration order, decimals without trailing zeros (1.50 and 1.5
/// are one value), no white space. Money is <c>{"amount":12.3,"currency":"EUR"}</c>, a period <c>{"start","end"}</c>.
/// </remarks>
public static class RecordJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static T Deserialize<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The document is the word null.");

    /// <summary>SHA-256 of the record's content without its revision, in lower-case hexadecimal: 64 characters.</summary>
    public static string ContentHash(CapturedRecord record) => Hash(Serialize(record with { Revision = null }));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            AllowDuplicateProperties = false,

            // What is computed from the rest is not kept: it would be a second account of the same thing.
            IgnoreReadOnlyProperties = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new SharedTexts());
        options.Converters.Add(new DecimalConverter());
        options.Converters.Add(new CurrencyConverter());
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new UnitPriceConverter());
        options.Converters.Add(new PeriodConverter());
        options.Converters.Add(new BytesConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        // Dividing by one with 28 places takes the trailing zeros off.
        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }

    private sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Currency.TryParse(reader.GetString(), out var currency) ? currency : throw new JsonException("not an ISO 4217 currency");

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }

    private sealed record AmountDto(decimal Amount, Currency Currency);

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var dto = JsonSerializer.Deserialize<AmountDto>(ref reader, options) ?? throw new JsonException("no amount");
            return new Money(dto.Amount, dto.Currency);
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new AmountDto(value.Amount, value.Currency), options);
    }

    private sealed class UnitPriceConverter : JsonConverter<UnitPrice>
    {
        public override UnitPrice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var dto = JsonSerializer.Deserialize<AmountDto>(ref reader, options) ?? throw new JsonException("no price");
            return new UnitPrice(dto.Amount, dto.Currency);
        }

        public override void Write(Utf8JsonWriter writer, UnitPrice value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new AmountDto(value.Amount, value.Currency), options);
    }

    private sealed record PeriodDto(DateOnly Start, DateOnly? End);

    private sealed class PeriodConverter : JsonConverter<Period>
    {
        public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var dto = JsonSerializer.Deserialize<PeriodDto>(ref reader, options) ?? throw new JsonException("no period");
            return new Period(dto.Start, dto.End ?? Period.NoEnd);
        }

        public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new PeriodDto(value.Start, value.End == Period.NoEnd ? null : value.End), options);
    }

    private sealed class BytesConverter : JsonConverter<IReadOnlyList<byte>>
    {
        public override IReadOnlyList<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetBytesFromBase64();

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<byte> value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToArray());
    }
}
