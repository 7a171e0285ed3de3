using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The settings' <c>agreementTypes</c>: the pricing rules of each of the PSA's agreement types.</summary>
/// <remarks>At most one line of each kind but discounts, and a discount is taken off services that the other lines have.</remarks>
internal static class AgreementTypes
{
    private const string Discount = "discount";

    private static readonly Dictionary<string, Func<JsonRecord, AgreementLine>> Kinds = new(StringComparer.Ordinal)
    {
        ["fixedFee"] = json => new RecurringLine { Id = "fee", Service = json.Text("service"), Description = json.Text("description"), Quantity = new FlatQuantity() },
        ["additions"] = json => new RecurringLine { Id = "additions", Service = json.Text("service"), Quantity = new AdditionQuantity() },
        ["time"] = json => new TimeLine { Id = "time", Service = json.Text("service"), MinimumHours = json.Number("minimumHours", 0, 24), IncrementHours = json.Number("incrementHours", 0.001m, 24) },
        ["cloudUsage"] = json => new UsageLine { Id = "cloud", Service = json.Text("service"), Pricing = new CostMarkup(json.Number("markupPercent", 0, 1_000)) },
        ["milestones"] = json => new MilestonesLine { Id = "milestones", Service = json.Text("service") },
        [Discount] = json => new DiscountLine
        {
            Id = "discount", Service = json.Text("description"), Description = json.Text("description"), Scope = DiscountScope.Services,
            Targets = json.Texts("services", required: true), Percent = json.Number("percent", 0, 100), InForce = json.FromTo(),
        },
    };

    public static IReadOnlyList<AgreementType> Read(JsonRecord json) =>
        json.DistinctRecords("agreementTypes", Type, type => type.Name, "name", "each agreement type once");

    private static AgreementType Type(JsonRecord json)
    {
        var name = json.Text("name");
        var lines = new List<(JsonRecord Json, AgreementLine Line)>();
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in json.Records("lines"))
        {
            var kind = record.Text("kind");
            if (!Kinds.TryGetValue(kind, out var read))
            {
                if (kind.Length > 0)
                    record.Problem("kind", "one of " + string.Join(", ", Kinds.Keys));
                continue;
            }

            if (!kinds.Add(kind) && kind != Discount)
                record.Problem("kind", "at most one line of each kind but discount");
            lines.Add((record, read(record)));
            record.RefuseOthers();
        }

        CheckDiscounts(lines);
        return new AgreementType(name, [.. lines.Select(line => line.Line)]);
    }

    private static void CheckDiscounts(List<(JsonRecord Json, AgreementLine Line)> lines)
    {
        var services = lines.Select(line => line.Line).Where(line => line is not DiscountLine).Select(line => line.Service).Distinct().ToList();
        foreach (var (json, line) in lines)
        {
            if (line is not DiscountLine discount)
                continue;

            for (var i = 0; i < discount.Targets.Count; i++)
            {
                if (discount.Targets[i].Length == 0)
                    continue;
                if (!services.Contains(discount.Targets[i]))
                    json.ItemProblem("services", i, "a service of this agreement type's lines: " + string.Join(", ", services));
                else if (discount.Targets.Take(i).Contains(discount.Targets[i]))
                    json.ItemProblem("services", i, "each service once");
            }
        }
    }
}
