using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Rating;
using MspBilling.Tests.Agreements;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>The published schema says what the reader does.</summary>
public sealed class CaseSchemaTests
{
    internal static readonly JsonElement Schema = Bundled();

    [Theory]
    [InlineData("help-desk")]
    [InlineData("seats")]
    [InlineData("cloud-and-project")]
    public void Schema_WorkedExample_IsAllowed(string example)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(CaseFiles.PathOf(example, ".json")));

        Assert.True(new SchemaCheck(Schema).Allows(json.RootElement));
    }

    [Fact]
    public void Schema_ItsOwnExample_IsAllowedAndRead()
    {
        var example = Schema.GetProperty("examples")[0];

        Assert.True(new SchemaCheck(Schema).Allows(example));
        Assert.Single(CaseFiles.Case(example.GetRawText()).Activities);
    }

    // What the reader refuses, the schema refuses, as far as a schema can tell.
    [Theory]
    [InlineData("\"clients\":[]")]
    [InlineData("\"tax\":{}")]
    [InlineData("\"rates\":[{\"price\":0}]")]
    [InlineData("\"activities\":[{\"kind\":\"times\"}]")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"hours\":1}]")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"hours\":-1}]")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"hours\":1,\"technician\":\"N\"}]")]
    [InlineData("\"activities\":[{\"kind\":\"device\",\"type\":\"S\",\"quantity\":0}]")]
    [InlineData("\"agreements\":[{\"name\":\"Gold\"}]")]
    [InlineData("\"carried\":{\"balances\":[{\"agreement\":\"G\"}]}")]
    public void Schema_WhatTheReaderRefuses_IsRefused(string properties)
    {
        using var json = JsonDocument.Parse(CaseFiles.With(properties));

        Assert.NotEmpty(CaseFiles.Read(CaseFiles.With(properties)).Problems);
        Assert.False(new SchemaCheck(Schema).Allows(json.RootElement));
    }

    // A name that nobody knows makes the reader tell those that it does.
    [Theory]
    [InlineData("", "\"X\":1")]
    [InlineData("properties.client", null)]
    [InlineData("properties.tax", "\"tax\":{\"rates\":[],\"X\":1}")]
    [InlineData("properties.tax.properties.rates.items", "\"tax\":{\"rates\":[{\"name\":\"VAT\",\"percent\":1,\"X\":1}]}")]
    [InlineData("properties.rateCards.items", "\"rateCards\":[{\"currency\":\"USD\",\"X\":1}]")]
    [InlineData("properties.calendars.items", "\"calendars\":[{\"name\":\"n\",\"hours\":[{\"day\":\"monday\",\"from\":\"08:00\",\"to\":\"18:00\"}],\"X\":1}]")]
    [InlineData("properties.calendars.items.properties.hours.items", "\"calendars\":[{\"name\":\"n\",\"hours\":[{\"day\":\"monday\",\"from\":\"08:00\",\"to\":\"18:00\",\"X\":1}]}]")]
    [InlineData("properties.agreements.items", "\"agreements\":[{\"X\":1,AGREEMENT}]")]
    [InlineData("properties.projects.items", "\"projects\":[{\"name\":\"Move\",\"X\":1}]")]
    [InlineData("properties.carried", "\"carried\":{\"X\":1}")]
    [InlineData("properties.carried.properties.balances.items", "\"agreements\":[{AGREEMENT}],\"carried\":{\"balances\":[{\"agreement\":\"Gold\",\"line\":\"time\",\"X\":1}]}")]
    [InlineData("properties.carried.properties.balances.items.properties.lots.items", "\"agreements\":[{AGREEMENT}],\"carried\":{\"balances\":[{\"agreement\":\"Gold\",\"line\":\"time\",\"lots\":[{\"grantedOn\":\"2024-08-01\",\"granted\":1,\"left\":1,\"X\":1}]}]}")]
    [InlineData("properties.carried.properties.totals.items", "\"agreements\":[{AGREEMENT}],\"carried\":{\"totals\":[{\"agreement\":\"Gold\",\"line\":\"time\",\"amount\":1,\"X\":1}]}")]
    [InlineData("properties.carried.properties.counts.items", "\"agreements\":[{AGREEMENT}],\"carried\":{\"counts\":[{\"agreement\":\"Gold\",\"line\":\"time\",\"day\":\"2024-08-01\",\"quantity\":1,\"X\":1}]}")]
    [InlineData("$defs.time", "\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"hours\":1,\"X\":1}]")]
    [InlineData("$defs.usage", "\"activities\":[{\"kind\":\"usage\",\"day\":\"2024-09-10\",\"service\":\"S\",\"X\":1}]")]
    [InlineData("$defs.device", "\"activities\":[{\"kind\":\"device\",\"type\":\"S\",\"X\":1}]")]
    [InlineData("$defs.addition", "\"activities\":[{\"kind\":\"addition\",\"agreement\":\"G\",\"sku\":\"S\",\"unitPrice\":1,\"X\":1}]")]
    [InlineData("$defs.milestone", "\"projects\":[{\"name\":\"Move\"}],\"activities\":[{\"kind\":\"milestone\",\"project\":\"Move\",\"name\":\"P\",\"X\":1}]")]
    [InlineData("$defs.expense", "\"activities\":[{\"kind\":\"expense\",\"day\":\"2024-09-10\",\"description\":\"D\",\"X\":1}]")]
    [InlineData("$defs.count", "\"activities\":[{\"kind\":\"count\",\"day\":\"2024-09-10\",\"sku\":\"S\",\"quantity\":1,\"X\":1}]")]
    public void Schema_Names_AreThoseOfTheReader(string place, string? properties)
    {
        var json = properties is null
            ? """{"period":"2024-09","client":{"name":"A","currency":"EUR","X":1}}"""
            : CaseFiles.With(properties.Replace("AGREEMENT", CaseFiles.Agreement("Gold")[1..^1], StringComparison.Ordinal));

        const string Known = "no such property; known here are ";
        var problem = Assert.Single(CaseFiles.Read(json).Problems, problem => problem.Expected.StartsWith(Known, StringComparison.Ordinal));

        var schema = place.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(Schema, (at, name) => at.GetProperty(name));
        Assert.Equal(schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal), problem.Expected[Known.Length..].Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_EveryProperty_IsDescribed()
    {
        using var schema = JsonDocument.Parse(CaseSchema.Read());

        Assert.Empty(Undescribed(schema.RootElement, "#"));
    }

    private static IEnumerable<string> Undescribed(JsonElement schema, string at)
    {
        if (schema.ValueKind == JsonValueKind.Array)
            return schema.EnumerateArray().SelectMany((item, i) => Undescribed(item, $"{at}/{i}"));
        if (schema.ValueKind != JsonValueKind.Object)
            return [];

        var own = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Where(p => !p.Value.TryGetProperty("description", out _) && !p.Value.TryGetProperty("$ref", out _) && !p.Value.TryGetProperty("enum", out _) && !p.Value.TryGetProperty("pattern", out _)).Select(p => $"{at}/{p.Name}")
            : [];
        return own.Concat(schema.EnumerateObject().Where(p => p.Name != "examples").SelectMany(p => Undescribed(p.Value, $"{at}/{p.Name}")));
    }

    /// <summary>With what it refers to in the agreement's schema put into its own definitions.</summary>
    private static JsonElement Bundled()
    {
        var text = Encoding.UTF8.GetString(CaseSchema.Read())
            .Replace("agreement.json#/$defs/", "#/$defs/", StringComparison.Ordinal)
            .Replace("agreement.json#/properties/", "#/$defs/agreement-", StringComparison.Ordinal);
        var (root, agreement) = (JsonNode.Parse(text)!, JsonNode.Parse(AgreementSchema.Read())!);
        foreach (var (name, definition) in agreement["$defs"]!.AsObject())
            root["$defs"]!.AsObject().Add(name, definition!.DeepClone());
        foreach (var (name, property) in agreement["properties"]!.AsObject())
            root["$defs"]!.AsObject().Add("agreement-" + name, property!.DeepClone());
        return JsonSerializer.SerializeToElement(root);
    }
}
