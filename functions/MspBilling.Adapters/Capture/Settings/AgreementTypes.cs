using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The settings' <c>agreementTypes</c>: the pricing rules of each of the PSA's agreement types.</summary>
/// <remarks>At most one line of each kind but discounts, and a discount is taken off services that the other lines have.</remarks>
internal static class AgreementTypes
{
    private const string Discount = "discount";

    private static readonly Dictionary<string, Func<JsonRecord, AgreementLine>> Kinds = new(StringComparer.Ordinal)
    {
        ["fixedFee"] = json => new FixedFeeLine(json.Text("service"), json.Text("description")),
        ["additions"] = json => new AdditionsLine(json.Text("service")),
        ["devices"] = json => new DevicesLine(json.Text("service"), DevicePrices(json)),
        ["time"] = json => new TimeLine(json.Text("service"), json.Number("minimumHours", 0, 24), json.Number("incrementHours", 0.001m, 24)),
        ["cloudUsage"] = json => new CloudUsageLine(json.Text("service"), json.Number("markupPercent", 0, 1_000)),
        ["milestones"] = json => new MilestonesLine(json.Text("service")),
        [Discount] = json => new DiscountLine(json.Text("description"), json.Texts("services", required: true), json.Number("percent", 0, 100), json.FromTo()),
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

            for (var i = 0; i < discount.Services.Count; i++)
            {
                if (discount.Services[i].Length == 0)
                    continue;
                if (!services.Contains(discount.Services[i]))
                    json.ItemProblem("services", i, "a service of this agreement type's lines: " + string.Join(", ", services));
                else if (discount.Services.Take(i).Contains(discount.Services[i]))
                    json.ItemProblem("services", i, "each service once");
            }
        }
    }

    private static IReadOnlyList<DevicePrice> DevicePrices(JsonRecord json) => json.DistinctRecords(
        "prices", price => new DevicePrice(price.Text("deviceType"), price.Number("price", 0)), price => price.DeviceType, "deviceType", "each device type once");
}
