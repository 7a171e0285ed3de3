using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Lines of the kind <c>retainer</c>.</summary>
internal static class RetainerLines
{
    private const int MostCycles = 120;

    public static RetainerLine Read(JsonRecord json, LineHead head)
    {
        var before = json.Problems;
        var line = new RetainerLine
        {
            Id = head.Id,
            Service = head.Service,
            Description = head.Description,
            Match = head.Match,
            Measure = json.Choice("measure", RetainerMeasure.Hours),
            Included = json.OptionalAbove0("included"),
            IsUnlimited = json.Flag("isUnlimited"),
            CycleMonths = json.CycleMonths("cycleMonths"),
            Anchor = json.OptionalDate("anchor"),
            RollOverCycles = (int)(json.OptionalWhole("rollOverCycles", 0, MostCycles) ?? 0),
            Blocks = Blocks(json),
            Services = json.OptionalTexts("services"),
            Weights = Weights(json),
            OverageRate = json.OptionalAbove0("overageRate"),
            TopUp = json.OptionalRecord("topUp") is { } topUp ? TopUpOf(topUp) : null,
        };
        if (json.Problems == before)
            Check(json, line);
        return line;
    }

    private static void Check(JsonRecord json, RetainerLine line)
    {
        if (line.IsUnlimited)
        {
            (string Name, bool IsGiven)[] limits =
            [
                ("included", line.Included is not null), ("blocks", line.Blocks.Count > 0), ("rollOverCycles", line.RollOverCycles > 0),
                ("weights", line.Weights.Count > 0), ("overageRate", line.OverageRate is not null), ("topUp", line.TopUp is not null),
            ];
            foreach (var (name, _) in limits.Where(limit => limit.IsGiven))
                json.Problem(name, "nothing, as an unlimited retainer covers all time");
        }
        else if (line is { Included: null, Blocks.Count: 0 })
        {
            json.Problem("included", "at least one of included, blocks, isUnlimited");
        }

        if (line.RollOverCycles > 0 && line is { Included: null, IsUnlimited: false })
            json.Problem("rollOverCycles", "0, as nothing is granted that could roll over");
        if (line is { Measure: RetainerMeasure.Money, Weights.Count: > 0 })
            json.Problem("weights", "nothing, as weights are for hours");
        if (line is { Measure: RetainerMeasure.Money, OverageRate: not null })
            json.Problem("overageRate", "nothing, as an overage rate is for hours");
    }

    private static List<RetainerBlock> Blocks(JsonRecord json)
    {
        var blocks = new List<RetainerBlock>();
        foreach (var record in json.Records("blocks"))
        {
            var block = new RetainerBlock(record.Date("purchasedOn"), record.Above0("quantity"), record.OptionalDate("expiresOn"), record.OptionalNumber("price", 0));
            record.RefuseOthers();
            if (block.ExpiresOn <= block.PurchasedOn)
                record.Problem("expiresOn", "a date after purchasedOn");
            blocks.Add(block);
        }

        return blocks;
    }

    private static IReadOnlyList<WorkTypeWeight> Weights(JsonRecord json) => json.DistinctRecords(
        "weights", weight => new WorkTypeWeight(weight.Text("workType"), weight.Factor("weight")), weight => weight.WorkType, "workType", "each work type once", StringComparer.OrdinalIgnoreCase);

    private static TopUp TopUpOf(JsonRecord json)
    {
        var topUp = new TopUp(json.Number("below", 0), json.Above0("quantity"), json.Number("price", 0), (int?)json.OptionalWhole("expiresAfterMonths", 1, MostCycles));
        json.RefuseOthers();
        return topUp;
    }
}
