using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Lines of the kind <c>discount</c>.</summary>
internal static class DiscountLines
{
    public static DiscountLine Read(JsonRecord json, LineHead head)
    {
        var before = json.Problems;
        var line = new DiscountLine
        {
            Id = head.Id,
            Service = head.Service,
            Description = head.Description,
            Percent = json.OptionalAbove0("percent", 100),
            Amount = json.OptionalAbove0("amount"),
            ByVolume = ByVolume(json),
            Scope = json.Choice<DiscountScope>("scope"),
            Targets = json.OptionalTexts("targets") ?? [],
            InForce = json.InForce(),
            FirstPeriods = (int?)json.OptionalWhole("firstPeriods", 1, 1_200),
        };
        json.ExactlyOne("percent", "percent", "amount", "byVolume");
        if (json.Problems == before)
            CheckTargets(json, line);
        return line;
    }

    private static void CheckTargets(JsonRecord json, DiscountLine line)
    {
        var isOfSome = line.Scope is DiscountScope.Lines or DiscountScope.Services;
        if (isOfSome && line.Targets.Count == 0)
            json.Problem("targets", line.Scope == DiscountScope.Lines ? "the ids of the lines that it is taken off" : "the services that it is taken off");
        else if (!isOfSome && line.Targets.Count > 0)
            json.Problem("targets", "nothing, as the scope is the whole " + (line.Scope == DiscountScope.Agreement ? "agreement" : "invoice"));
    }

    private static List<VolumeDiscount> ByVolume(JsonRecord json)
    {
        var steps = new List<VolumeDiscount>();
        foreach (var record in json.Records("byVolume"))
        {
            var step = new VolumeDiscount(record.Number("from", 0), record.Number("percent", 0, 100));
            record.RefuseOthers();
            if (steps.Count > 0 && step.From <= steps[^1].From && record.Has("from"))
                record.Problem("from", string.Create(CultureInfo.InvariantCulture, $"an amount above {steps[^1].From}, of the step before"));
            steps.Add(step);
        }

        return steps;
    }
}
