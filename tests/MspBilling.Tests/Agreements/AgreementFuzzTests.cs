using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Tests.Capture;
using Xunit;

namespace MspBilling.Tests.Agreements;

public sealed class AgreementFuzzTests
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "2", "0.1", "99", "100", "101", "1e11", "1e30", "-1e30", "\"\"", "\" \"", "\"fee\"", "\"USD\"", "\"EUR\"", "\"XXX\"", "\"flat\"", "\"agreed\"", "\"devices\"",
        "\"recurring\"", "\"time\"", "\"retainer\"", "\"usage\"", "\"milestones\"", "\"discount\"", "\"graduated\"", "\"markup\"", "\"services\"", "\"hold\"", "\"monday\"", "\"18:00\"", "\"24:00\"",
        "\"2026-01-01\"", "\"2026-07-01\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-02-30\"", "[]", "{}", "[null]", "[1]", "[{}]", "[[]]", "{\"of\":1}",
    ];

    // Values change places, are taken away, doubled, or become something else: what is read is whole, or it is not there.
    [Fact]
    public void Read_MutatedDocument_NeverThrowsAndNeverHalfLoads()
    {
        var read = 0;
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 3], Gen.Int[0, Values.Length - 1]).Array[1, 3].Sample(
            mutations =>
            {
                var root = JsonNode.Parse(AgreementFiles.Full)!;
                foreach (var (at, how, value) in mutations)
                    Mutate(root, at, how, value);

                var result = ImportFiles.Read("agreements.json", root.ToJsonString());

                Assert.True(result.Problems.Count == 0 ? result.Records.Count == 1 : result.Records.Count == 0);
                Assert.All(result.Problems, problem => Assert.NotEmpty(problem.Expected));
                foreach (var agreement in result.Records.Cast<AgreementDocument>())
                {
                    read++;
                    Assert.Equal(RecordJson.ContentHash(agreement), RecordJson.ContentHash(AgreementFiles.Read(AgreementWriter.Write(agreement))));
                    Assert.Equal(RecordJson.ContentHash(agreement), RecordJson.ContentHash(RecordJson.Deserialize<CapturedRecord>(RecordJson.Serialize<CapturedRecord>(agreement))));
                }
            },
            iter: 3_000,
            threads: 1);

        Assert.InRange(read, 100, 2_900);
    }

    [Fact]
    public void Read_DamagedBytes_NeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes(AgreementFiles.Full);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 4].Sample(
            damages =>
            {
                var damaged = bytes.ToArray();
                foreach (var (at, value) in damages)
                    damaged[at] = value;

                var result = ImportFiles.Read("agreements.json", damaged);

                Assert.True(result.Problems.Count == 0 || result.Records.Count == 0);
            },
            iter: 3_000,
            threads: 1);
    }

    private static void Mutate(JsonNode root, int at, int how, int value)
    {
        var places = Places(root).ToList();
        var (parent, key) = places[at % places.Count];
        switch (parent, how)
        {
            case (JsonObject o, 0):
                o.Remove((string)key);
                break;
            case (JsonArray a, 0):
                a.RemoveAt((int)key);
                break;
            case (JsonArray a, 1):
                a.Insert((int)key, a[(int)key]?.DeepClone());
                break;
            case (JsonObject o, 1) when places[value * 31 % places.Count] is (JsonObject other, string from):
                o[(string)key] = other[from]?.DeepClone();
                break;
            case (JsonObject o, _):
                o[(string)key] = JsonNode.Parse(Values[value]);
                break;
            case (JsonArray a, _):
                a[(int)key] = JsonNode.Parse(Values[value]);
                break;
            default:
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Places(p.Value).Prepend((o, p.Key))),
        JsonArray a => a.SelectMany((item, i) => Places(item).Prepend((a, (object)i))),
        _ => [],
    };
}
