using System.Text.Json;
using System.Text.Json.Serialization;
using MspBilling.Core;
using MspBilling.Core.Time;

namespace MspBilling.App.Api;

/// <summary>How the API writes JSON: an amount is a number beside its currency, a period is <c>2024-09</c>.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new Writer<Money>((writer, money) => writer.WriteNumberValue(money.Amount)));
        options.Converters.Add(new Writer<UnitPrice>((writer, price) => writer.WriteNumberValue(price.Amount)));
        options.Converters.Add(new Writer<Currency>((writer, currency) => writer.WriteStringValue(currency.Code)));
        options.Converters.Add(new Writer<Period>((writer, period) => writer.WriteStringValue(period.ToString())));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class Writer<T>(Action<Utf8JsonWriter, T> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"The API takes no {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
    }
}
