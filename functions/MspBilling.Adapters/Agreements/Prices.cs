using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>How a quantity or a cost becomes an amount: the <c>pricing</c> of a line, and its dated <c>prices</c>.</summary>
internal static class Prices
{
    private static readonly Dictionary<string, Func<JsonRecord, PriceModel>> OfQuantity = new(StringComparer.Ordinal)
    {
        ["perUnit"] = json => new PerUnitPrice(json.Number("price", 0)),
        ["graduated"] = json => new GraduatedPrice(Tiers(json, JsonRecord.Trillion)),
        ["volume"] = json => new VolumePrice(Tiers(json, JsonRecord.Trillion)),
        ["package"] = json => new PackagePrice(json.Above0("size"), json.Number("price", 0)),
    };

    private static readonly Dictionary<string, Func<JsonRecord, PriceModel>> OfUse = new(OfQuantity, StringComparer.Ordinal)
    {
        ["markup"] = json => new CostMarkup(json.Markup("percent"), json.OptionalNumber("perUnit", 0) ?? 0),
        ["tieredMarkup"] = json => new TieredMarkup(Tiers(json, most: 1_000)),
        ["percentage"] = json => new PercentageOfCost(json.Above0("percent", 1_000)),
        ["passThrough"] = _ => new PassThrough(),
    };

    public static PriceModel ReadOfUse(JsonRecord json) => json.Record("pricing") is { } pricing ? Read(pricing, OfUse) : new PassThrough();

    /// <summary>Of a quantity that is agreed or counted, which costs nothing that a percentage could be put on.</summary>
    public static PriceModel? ReadOptionalOfQuantity(JsonRecord json) => json.OptionalRecord("pricing") is { } pricing ? Read(pricing, OfQuantity) : null;

    /// <summary>Prices that hold one after the other, on every day of the version.</summary>
    public static IReadOnlyList<DatedPrice> ReadDated(JsonRecord json, Period? version)
    {
        var prices = new List<DatedPrice>();
        foreach (var record in json.Records("prices"))
        {
            var price = new DatedPrice(record.Number("price", 0), record.InForce());
            record.RefuseOthers();
            if (prices.Count > 0 && price.InForce.Start != prices[^1].InForce.End)
                record.Problem("from", $"{Day(prices[^1].InForce.End)}, on which the price before ends");
            prices.Add(price);
        }

        if (version is { } days && prices.Count > 0 && prices[0].InForce.Start > days.Start)
            json.Problem("prices", $"a price from {Day(days.Start)} on, on which the version begins");
        if (version is { } all && prices.Count > 0 && prices[^1].InForce.End < all.End)
            json.Problem("prices", $"a price for {Day(prices[^1].InForce.End)} and after, as the version goes on");
        return prices;
    }

    private static PriceModel Read(JsonRecord json, Dictionary<string, Func<JsonRecord, PriceModel>> models)
    {
        if (json.Form("model", models) is not { } read)
            return new PassThrough();

        var pricing = read(json);
        json.RefuseOthers();
        return pricing;
    }

    private static List<Tier> Tiers(JsonRecord json, decimal most)
    {
        var records = json.Records("tiers");
        var tiers = new List<Tier>();
        foreach (var record in records)
        {
            var before = record.Problems;
            var tier = new Tier(record.OptionalAbove0("upTo"), record.Number("price", 0, most), record.OptionalNumber("flat", 0) ?? 0);
            record.RefuseOthers();
            var isLast = tiers.Count == records.Count - 1;
            tiers.Add(tier);
            if (record.Problems > before)
                continue;

            if (!isLast && tier.UpTo is null)
                record.Problem("upTo", "a number, as only the last tier has no end");
            else if (isLast && tier.UpTo is not null)
                record.Problem("upTo", "no number, as the last tier has no end");
            else if (tiers.Count > 1 && tier.UpTo <= tiers[^2].UpTo)
                record.Problem("upTo", string.Create(CultureInfo.InvariantCulture, $"a number above {tiers[^2].UpTo}, to which the tier before goes"));
        }

        if (tiers.Count == 0 && (json.IsList("tiers") || !json.Has("tiers")))
            json.Problem("tiers", "at least one tier");
        return tiers;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
