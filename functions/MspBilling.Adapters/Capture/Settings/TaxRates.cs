using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>A jurisdiction's <c>rates</c>, of which two of one name never hold for the same services on the same day, and its <c>untaxed</c> services.</summary>
internal static class TaxRates
{
    private const string NoTaxWords = "one that is not standard, as no tax is charged";
    private const string ReasonWords = "the reason that the law wants on the invoice, here or as the jurisdiction's note";
    private const string CodeWords = "a tax code of serviceTaxCodes";

    private static readonly Dictionary<string, TaxCategory> Categories = new(StringComparer.Ordinal)
    {
        ["standard"] = TaxCategory.Standard,
        ["zero"] = TaxCategory.Zero,
        ["exempt"] = TaxCategory.Exempt,
        ["reverseCharge"] = TaxCategory.ReverseCharge,
        ["intraCommunity"] = TaxCategory.IntraCommunity,
        ["export"] = TaxCategory.Export,
        ["outsideScope"] = TaxCategory.OutsideScope,
    };

    public static IReadOnlyList<TaxRate> Read(JsonRecord jurisdiction, HashSet<string> codes, string? note)
    {
        var rates = new List<TaxRate>();
        foreach (var record in jurisdiction.Records("rates"))
        {
            var rate = Rate(record, codes, note);
            record.RefuseOthers();
            if (rates.Exists(other => other.Name == rate.Name && other.InForce.Overlap(rate.InForce) is not null && Share(other.TaxCodes, rate.TaxCodes)))
                record.Problem("from", $"days on which no other rate named {rate.Name} holds");
            rates.Add(rate);
        }

        return rates;
    }

    public static IReadOnlyList<UntaxedServices> Untaxed(JsonRecord jurisdiction, HashSet<string> codes, string? note)
    {
        var all = new List<UntaxedServices>();
        foreach (var record in jurisdiction.Records("untaxed"))
        {
            var untaxed = new UntaxedServices(record.Text("name"), Codes(record, codes), record.Word("category", Categories), record.OptionalText("reason"), record.FromTo());
            record.RefuseOthers();
            if (untaxed.TaxCodes.Count == 0 && !record.Has("taxCodes"))
                record.Problem("taxCodes", "the tax codes of the services");
            if (untaxed.Category == TaxCategory.Standard && record.Has("category"))
                record.Problem("category", NoTaxWords);
            AskForReason(record, untaxed.Category, untaxed.Reason ?? note);
            if (all.Exists(other => other.InForce.Overlap(untaxed.InForce) is not null && other.TaxCodes.Intersect(untaxed.TaxCodes).Any()))
                record.Problem("from", "days on which the tax codes stand in no other row");
            all.Add(untaxed);
        }

        return all;
    }

    /// <summary>A client's <c>taxExemption</c>: <c>{"reason":"Certificate 12-345","from":"2024-01-01","to":null}</c>; null for none.</summary>
    public static TaxExemption? OptionalExemption(JsonRecord client)
    {
        if (client.OptionalRecord("taxExemption") is not { } json)
            return null;

        var exemption = new TaxExemption(json.OptionalText("name") ?? "Tax exempt", json.Text("reason"), json.FromTo());
        json.RefuseOthers();
        return exemption;
    }

    private static TaxRate Rate(JsonRecord json, HashSet<string> codes, string? note)
    {
        var rate = new TaxRate(json.Text("name"), json.Number("percent", 0, 100), json.FromTo())
        {
            Reason = json.OptionalText("reason"),
            IsCompound = json.Flag("compound"),
            TaxCodes = Codes(json, codes),
        };
        rate = rate with { Category = json.OptionalWord("category", Categories) ?? rate.Category };
        if (rate.Percent > 0 && rate.Category != TaxCategory.Standard)
            json.Problem("category", "standard, as a tax is charged");
        if (rate.Percent == 0 && rate.Category == TaxCategory.Standard && json.Has("percent"))
            json.Problem("category", NoTaxWords);
        AskForReason(json, rate.Category, rate.Reason ?? note);
        return rate;
    }

    private static void AskForReason(JsonRecord json, TaxCategory category, string? reason)
    {
        if (category is not (TaxCategory.Standard or TaxCategory.Zero) && reason is null && !json.Has("reason"))
            json.Problem("reason", ReasonWords);
    }

    private static IReadOnlyList<string> Codes(JsonRecord json, HashSet<string> known)
    {
        var codes = json.Texts("taxCodes");
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Length > 0 && !known.Contains(codes[i]))
                json.ItemProblem("taxCodes", i, known.Count == 0 ? CodeWords : $"{CodeWords}: {string.Join(", ", known)}");
        }

        return codes;
    }

    private static bool Share(IReadOnlyList<string> codes, IReadOnlyList<string> others) => (codes.Count == 0 && others.Count == 0) || codes.Intersect(others).Any();
}
