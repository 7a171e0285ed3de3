using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MspBilling.App.Api;
using MspBilling.App.Rating;
using MspBilling.Core.Capture;
using MspBilling.Local.Output;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>Cases that were damaged in any way are priced or refused, and never end in an exception or in words that are not for people.</summary>
public sealed class CaseFuzzTests
{
    private static readonly string[] Files =
    [
        .. CaseFiles.Examples.Select(example => File.ReadAllText(CaseFiles.PathOf(example, ".json"))),
        CaseFiles.With($$$"""
            "calendars":[{"name":"night","firstWeekday":"sunday","hours":[{"day":"monday","from":"20:00","to":"00:00"}],"holidays":[{"day":"2024-09-02","name":"Labour Day"}]}],
            "rates":[{"role":"Engineer","price":95}],"rateCards":[{"currency":"USD","rates":[{"price":110,"from":"2024-01-01"}]}],"projects":[{"name":"Move"}],
            "rules":[{"id":"n","name":"Night","match":{"kinds":["time"],"timeOfDay":{"from":"20:00","to":"06:00"}},"effect":{"do":"multiply","factor":1.5}},
            {"id":"c","name":"Cap","match":{"skus":["M*"]},"effect":{"do":"cap","amount":100}}],
            "agreements":[{{{CaseFiles.Agreement("Gold", "\"id\":\"g\",\"calendar\":\"night\",")}}}],
            "carried":{"totals":[{"agreement":"g","line":"time","subject":"ticket/1","amount":120.5}]},
            "activities":[{"kind":"time","start":"2024-09-10T21:00","end":"2024-09-11T02:00","role":"Engineer","ticket":"1","tags":["vip"]},
            {"kind":"expense","day":"2024-09-10","description":"Cable","unitCost":4.2},{"kind":"count","day":"2024-09-10","sku":"Mailbox","quantity":7},
            {"kind":"addition","sku":"M365","unitPrice":20,"quantity":3},{"kind":"milestone","project":"Move","name":"Plan","completedOn":"2024-09-20","amount":500}]
            """),
    ];

    private static readonly string[] Odd =
    [
        "null", "true", "0", "-1", "0.000000000000000000000000001", "999999999999", "-999999999999", "1e400", "[]", "{}", "\"\"", "\" \"", "\"\\ud800\"", "\"2024-02-30\"", "\"0001-01-01\"", "\"9999-12-31\"",
        "\"2024-09-30T23:59:59.9999999+14:00\"", "\"Europe/Dublin\"", "\"JPY\"", "\"KWD\"", "\"activities[0]\"", "\"*\"", "100", "24", "0.0001", "\"retainer\"", "\"time\"", "\"markup\"", "\"agreed\"",
    ];

    private static readonly Gen<Func<string, string>> Damage = Gen.OneOf(
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[0, Odd.Length - 1], (at, odd) => Put(at, Odd[odd])),
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[0, Odd.Length - 1], (at, odd) => Put(at, Odd[odd])),
        Gen.Int[0, 9_999].Select(Drop),
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[0, 9_999], (from, to) => Copy(from, to)),
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[1, 60], (at, length) => Cut(at, length)));

    [Fact]
    public void Price_DamagedCase_IsPricedOrRefused() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Damage.Array[1, 5]).Sample(
            (file, damages) =>
            {
                var json = damages.Aggregate(Files[file], (damaged, damage) => damage(damaged));

                var reading = CaseFiles.Read(json);

                Assert.True(reading.Case is null == reading.Problems.Count > 0);
                Assert.InRange(reading.Problems.Count, 0, ImportResult.MostProblems);
                Assert.All(reading.Problems, problem => Assert.InRange(problem.Value?.Length ?? 0, 0, 80));
                Assert.All(reading.Problems, problem => Assert.DoesNotContain("Exception", problem.ToString(), StringComparison.Ordinal));
                if (reading.Case is null)
                    return;

                var bill = CasePreview.Price(reading.Case);
                Assert.NotEmpty(BillText.Of(bill));
                Assert.NotEmpty(JsonSerializer.SerializeToUtf8Bytes(bill, ApiJson.Options));
                Assert.Equal(reading.Case.Activities.Count, bill.Activities!.Select(a => (a.Kind, a.Id)).Distinct().Count() + bill.Outside.Count);
            },
            iter: 3_000,
            threads: 1);

    private static Func<string, string> Cut(int at, int length) => json => json.Length == 0 ? json : json.Remove(at % json.Length, Math.Min(length, json.Length - (at % json.Length)));

    private static Func<string, string> Put(int at, string odd) => json => OnNode(json, at, (node, parent) => Replace(node, parent, odd));

    private static Func<string, string> Drop(int at) => json => OnNode(json, at, (node, parent) =>
    {
        if (parent is JsonObject owner)
            owner.Remove(node.GetPropertyName());
        else if (parent is JsonArray list)
            list.Remove(node);
    });

    // What stands in one place stands in another, too: a text where a list is wanted, a line of another kind, an agreement twice.
    private static Func<string, string> Copy(int from, int to) => json =>
    {
        var copied = "null";
        OnNode(json, from, (node, _) => copied = node.ToJsonString());
        return OnNode(json, to, (node, parent) => Replace(node, parent, copied));
    };

    private static void Replace(JsonNode node, JsonNode? parent, string json)
    {
        if (parent is JsonObject owner)
            owner[node.GetPropertyName()] = JsonNode.Parse(json);
        else if (parent is JsonArray list)
            list[node.GetElementIndex()] = JsonNode.Parse(json);
    }

    private static string OnNode(string json, int at, Action<JsonNode, JsonNode?> change)
    {
        try
        {
            var root = JsonNode.Parse(json)!;
            var nodes = All(root).ToList();
            change(nodes[at % nodes.Count], nodes[at % nodes.Count].Parent);
            return root.ToJsonString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            // Damaged beyond what has nodes: it stays as it is.
            return json;
        }
    }

    private static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject owner => owner.Select(property => property.Value).OfType<JsonNode>().SelectMany(All).Prepend(node),
        JsonArray list => list.OfType<JsonNode>().SelectMany(All).Prepend(node),
        _ => [node],
    };
}
