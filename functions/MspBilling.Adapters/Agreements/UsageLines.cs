using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Lines of the kind <c>usage</c>.</summary>
internal static class UsageLines
{
    public static UsageLine Read(JsonRecord json, LineHead head, LineScope scope)
    {
        var line = new UsageLine
        {
            Id = head.Id,
            Service = head.Service,
            Description = head.Description,
            Match = head.Match,
            Aggregation = json.Choice("aggregation", Aggregation.Sum),
            GroupBy = json.Choice("groupBy", UsageGrouping.Service),
            Pricing = Prices.ReadOfUse(json),
            Unit = json.OptionalText("unit"),
            Included = json.OptionalNumber("included", 0) ?? 0,
            Minimum = json.OptionalNumber("minimum", 0),
            Maximum = json.OptionalNumber("maximum", 0),
            Conversions = Conversions(json, scope),
            CreditsLowerUse = json.Flag("creditsLowerUse"),
        };
        if (line.Included > 0 && line.Pricing.IsOfCost && json.Has("pricing"))
            json.Problem("included", "nothing, as the pricing is of the cost and not of the units");
        if (line.Minimum > line.Maximum)
            json.Problem("minimum", "an amount that is not above the maximum");
        return line;
    }

    private static List<ConversionRate> Conversions(JsonRecord json, LineScope scope)
    {
        var rates = new List<ConversionRate>();
        foreach (var record in json.Records("conversions"))
        {
            var before = record.Problems;
            var rate = new ConversionRate(record.IsoCurrency("currency"), record.Above0("rate"), record.InForce());
            record.RefuseOthers();
            if (record.Problems == before)
            {
                if (rate.Currency == scope.Currency)
                    record.Problem("currency", "another currency than the agreement's");
                else if (rates.Exists(other => other.Currency == rate.Currency && other.InForce.Overlap(rate.InForce) is not null))
                    record.Problem(record.Has("from") ? "from" : "currency", "days on which no other rate of the currency holds");
            }

            rates.Add(rate);
        }

        return rates;
    }
}
