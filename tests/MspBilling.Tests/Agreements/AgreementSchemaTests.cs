using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Agreements;
using MspBilling.Tests.Capture;
using Xunit;

namespace MspBilling.Tests.Agreements;

public sealed class AgreementSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(AgreementSchema.Read()).RootElement;
    private static readonly SchemaCheck Check = new(Schema);

    public static TheoryData<string, string, bool, string> Rows => AgreementRefusalTests.Rows;

    [Fact]
    public void Schema_FullDocument_Allows() => Assert.True(Check.Allows(JsonDocument.Parse(AgreementFiles.Full).RootElement));

    [Fact]
    public void Schema_WrittenDocument_Allows() => Assert.True(Check.Allows(JsonDocument.Parse(AgreementWriter.Write(AgreementFiles.Document)).RootElement));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Schema_BadDocument_RefusesWhatASchemaCanTell(string right, string wrong, bool isToldBySchema, string problem)
    {
        Assert.NotEmpty(problem);
        Assert.Equal(!isToldBySchema, Check.Allows(JsonDocument.Parse(AgreementFiles.Edited(right, wrong)).RootElement));
    }

    [Fact]
    public void Schema_Examples_AreAllowedAndRead()
    {
        var examples = Schema.GetProperty("examples").EnumerateArray().ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.True(Check.Allows(example));
            AgreementFiles.Read(example.GetRawText());
        });
        Assert.All(
            Schema.GetProperty("$defs").EnumerateObject().Where(def => def.Value.TryGetProperty("examples", out _)),
            def => Assert.All(def.Value.GetProperty("examples").EnumerateArray(), example => Assert.True(Check.Allows(def.Value, example))));
    }

    [Fact]
    public void Schema_EveryProperty_IsDescribed()
    {
        var silent = new List<string>();
        Walk(Schema, "");
        Assert.Empty(silent);

        void Walk(JsonElement node, string path)
        {
            if (node.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in node.EnumerateArray())
                    Walk(item, path + "/");
            }

            if (node.ValueKind != JsonValueKind.Object)
                return;

            if (node.TryGetProperty("properties", out var properties) && node.TryGetProperty("additionalProperties", out _))
                silent.AddRange(properties.EnumerateObject().Where(p => !p.Value.TryGetProperty("description", out var text) || text.GetString()!.Length < 4).Select(p => $"{path}/{p.Name}"));
            foreach (var property in node.EnumerateObject())
                Walk(property.Value, $"{path}/{property.Name}");
        }
    }

    // A property that is unknown makes the reader name those that it knows: at each object of the document they are the schema's.
    [Fact]
    public void Schema_PropertiesOfEveryObject_AreTheReaders()
    {
        var visited = new HashSet<string>();
        Visit(Schema, JsonNode.Parse(AgreementFiles.Full)!, "");
        var all = Objects(Schema).Select(schema => schema.GetProperty("description").GetString()!).ToHashSet();
        Assert.Equal(all.Order(StringComparer.Ordinal), visited.Order(StringComparer.Ordinal));

        void Visit(JsonElement schema, JsonNode node, string path)
        {
            schema = Form(schema, node);
            switch (node)
            {
                case JsonObject value:
                    visited.Add(schema.GetProperty("description").GetString()!);
                    Assert.Equal(schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal), KnownAt(value).Order(StringComparer.Ordinal));
                    foreach (var (name, child) in value)
                    {
                        if (child is not null)
                            Visit(schema.GetProperty("properties").GetProperty(name), child, $"{path}.{name}");
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                        Visit(schema.GetProperty("items"), item!, path + "[]");
                    break;
                default:
                    break;
            }
        }

        static IEnumerable<string> KnownAt(JsonObject value)
        {
            value["zzz"] = 1;
            var problem = ImportFiles.Read("agreements.json", value.Root.ToJsonString()).Problems.Single(p => p.Field!.EndsWith("zzz", StringComparison.Ordinal));
            value.Remove("zzz");
            return problem.Expected["no such property; known here are ".Length..].Split(", ");
        }
    }

    /// <summary>The form of a schema that an instance has: references followed, and the one branch of the same kind.</summary>
    private static JsonElement Form(JsonElement schema, JsonNode node)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out _))
            {
                schema = Check.Resolve(schema);
            }
            else if (!schema.TryGetProperty("properties", out _) && (schema.TryGetProperty("oneOf", out var branches) || schema.TryGetProperty("anyOf", out branches)))
            {
                var value = JsonDocument.Parse(node.ToJsonString()).RootElement;
                schema = branches.EnumerateArray().Select(Check.Resolve).Single(branch => Check.Allows(branch, value));
            }
            else
            {
                return schema;
            }
        }
    }

    private static IEnumerable<JsonElement> Objects(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => (node.TryGetProperty("additionalProperties", out _) ? [node] : Array.Empty<JsonElement>())
            .Concat(node.EnumerateObject().Where(p => p.Name != "examples").SelectMany(p => Objects(p.Value))),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
