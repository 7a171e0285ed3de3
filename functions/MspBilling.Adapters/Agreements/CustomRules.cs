using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Custom rules, of an agreement's version or of the settings.</summary>
internal static class CustomRules
{
    private static readonly Dictionary<string, Func<JsonRecord, RuleEffect>> Effects = new(StringComparer.Ordinal)
    {
        ["setPrice"] = json => new SetPrice(json.Above0("price")),
        ["multiply"] = json => new MultiplyPrice(json.Factor("factor")),
        ["cap"] = json => new CapAmount(json.Number("amount", 0)),
        ["waive"] = _ => new Waive(),
        ["reclassify"] = Reclassified,
        ["hold"] = json => new HoldIt(json.Text("because")),
    };

    /// <param name="name">The property that has the list; without it there are no rules.</param>
    public static IReadOnlyList<CustomRule> Read(JsonRecord json, string name) => json.DistinctRecords(name, Rule, rule => rule.Id, "id", "each rule's id once");

    private static CustomRule Rule(JsonRecord json) =>
        new(json.Id("id"), json.Text("name"), json.InForce(), Matches.Read(json), EffectOf(json), json.Flag("ends"));

    private static RuleEffect EffectOf(JsonRecord rule)
    {
        if (rule.Record("effect") is not { } json || json.Form("do", Effects) is not { } read)
            return new Waive();

        var effect = read(json);
        json.RefuseOthers();
        return effect;
    }

    private static Reclassify Reclassified(JsonRecord json)
    {
        var to = new Reclassify(json.OptionalText("role"), json.OptionalText("workType"), json.OptionalText("sku"), json.OptionalText("deviceType"));
        if (to is { Role: null, WorkType: null, Sku: null, DeviceType: null })
            json.Problem("role", "at least one of role, workType, sku, deviceType");
        return to;
    }
}
