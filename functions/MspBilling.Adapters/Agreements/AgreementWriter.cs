using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>Writes an agreement in the form that <see cref="AgreementReader"/> reads: what is read back is the same agreement.</summary>
public static class AgreementWriter
{
    private static readonly JsonSerializerOptions Options = Create();

    public static byte[] Write(AgreementDocument agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return JsonSerializer.SerializeToUtf8Bytes(
            new Document(
                agreement.Id.ExternalId,
                agreement.Client,
                agreement.PsaAgreement,
                agreement.Name,
                agreement.Currency,
                agreement.PurchaseOrder,
                agreement.Site,
                agreement.Calendar,
                [.. agreement.Versions.Select(version => new Version(version.InForce, version.Lines, version.Rules))]),
            Options);
    }

    private sealed record Document(
        string Id, string Client, string? PsaAgreement, string Name, Currency Currency, string? PurchaseOrder, string? Site, string? Calendar, IReadOnlyList<Version> Versions);

    private sealed record Version(Period InForce, IReadOnlyList<AgreementLine> Lines, IReadOnlyList<CustomRule> Rules);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
            NewLine = "\n",
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TellKind, LeaveOutEmptyLists, WriteDays } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new DecimalConverter());
        options.Converters.Add(new CurrencyConverter());
        options.Converters.Add(new TimeConverter());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A line's form is told by <c>kind</c>, and what all lines have comes first.</summary>
    private static void TellKind(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(AgreementLine)))
            return;

        type.PolymorphismOptions?.TypeDiscriminatorPropertyName = "kind";
        foreach (var property in type.Properties)
            property.Order = property.Name is "id" or "service" or "description" or "match" ? -1 : 0;
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable)) && property.PropertyType != typeof(string)))
            property.ShouldSerialize = (_, value) => value is System.Collections.IEnumerable list && list.GetEnumerator().MoveNext();
    }

    /// <summary>Days in force are <c>from</c> and <c>to</c>, left out where they are since ever and for ever.</summary>
    private static void WriteDays(JsonTypeInfo type)
    {
        if (type.Properties.FirstOrDefault(property => property.PropertyType == typeof(Period)) is not { Get: { } get } days)
            return;

        var place = type.Properties.IndexOf(days);
        type.Properties.RemoveAt(place);
        Insert(place, "from", period => period.Start == DateOnly.MinValue ? null : period.Start);
        Insert(place + 1, "to", period => period.End == Period.NoEnd ? null : period.End);

        void Insert(int at, string name, Func<Period, DateOnly?> of)
        {
            var property = type.CreateJsonPropertyInfo(typeof(DateOnly?), name);
            property.Get = value => of((Period)get(value)!);
            property.ShouldSerialize = (_, value) => value is not null;
            property.Order = days.Order;
            type.Properties.Insert(at, property);
        }
    }

    private sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Agreements are read by their reader.");

        // Dividing by one with 28 places takes the trailing zeros off.
        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }

    private sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Agreements are read by their reader.");

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }

    private sealed class TimeConverter : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Agreements are read by their reader.");

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
    }
}
