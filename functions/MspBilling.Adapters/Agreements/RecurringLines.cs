using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Lines of the kind <c>recurring</c>.</summary>
internal static class RecurringLines
{
    private static readonly Dictionary<string, Func<JsonRecord, RecurringQuantity>> Quantities = new(StringComparer.Ordinal)
    {
        ["flat"] = _ => new FlatQuantity(),
        ["agreed"] = json => new AgreedQuantity(Steps(json)),
        ["devices"] = _ => new DeviceQuantity(),
        ["additions"] = _ => new AdditionQuantity(),
        ["counts"] = json => new CountQuantity(json.Choice<Aggregation>("aggregation")),
    };

    public static RecurringLine Read(JsonRecord json, LineHead head, LineScope scope)
    {
        var before = json.Problems;
        var line = new RecurringLine
        {
            Id = head.Id,
            Service = head.Service,
            Description = head.Description,
            Match = head.Match,
            Quantity = Quantity(json),
            Unit = json.OptionalText("unit"),
            Prices = Prices.ReadDated(json, scope.Version),
            Pricing = Prices.ReadOptionalOfQuantity(json),
            CycleMonths = json.CycleMonths("cycleMonths"),
            Anchor = json.OptionalDate("anchor"),
            Timing = json.Choice("timing", BillingTiming.Arrears),
            Proration = json.Choice("proration", Proration.ActualDays),
            Trial = json.OptionalRecord("trial") is { } trial ? TrialOf(trial, scope) : null,
            Uplift = json.OptionalRecord("uplift") is { } uplift ? UpliftOf(uplift) : null,
        };
        if (json.Problems == before)
            CheckPrice(json, line, scope);
        return line;
    }

    /// <summary>A price is never guessed: only a fee of the PSA's agreement and its additions have one elsewhere.</summary>
    private static void CheckPrice(JsonRecord json, RecurringLine line, LineScope scope)
    {
        if (line is { Prices.Count: > 0, Pricing: not null })
            json.Problem("pricing", "prices or pricing, not both");

        var isPricedElsewhere = line.Quantity is AdditionQuantity || (line.Quantity is FlatQuantity && scope.IsOfType);
        if (line is { Prices.Count: 0, Pricing: null } && !isPricedElsewhere)
            json.Problem("prices", "at least one price, or a pricing");
    }

    private static RecurringQuantity Quantity(JsonRecord line)
    {
        if (line.Record("quantity") is not { } json || json.Form("of", Quantities) is not { } read)
            return new FlatQuantity();

        var quantity = read(json);
        json.RefuseOthers();
        return quantity;
    }

    private static List<QuantityStep> Steps(JsonRecord json)
    {
        var steps = new List<QuantityStep>();
        foreach (var record in json.Records("steps"))
        {
            var step = new QuantityStep(record.Date("from"), record.Number("quantity", 0));
            record.RefuseOthers();
            if (steps.Count > 0 && step.From <= steps[^1].From && step.From > DateOnly.MinValue)
                record.Problem("from", "a date after that of the step before");
            steps.Add(step);
        }

        if (steps.Count == 0 && (json.IsList("steps") || !json.Has("steps")))
            json.Problem("steps", "at least one step");
        return steps;
    }

    private static Trial TrialOf(JsonRecord json, LineScope scope)
    {
        var trial = new Trial(json.Date("until"), json.OptionalAbove0("percentOff", 100) ?? 100);
        if (trial.Until > scope.End)
            json.Problem("until", "a date that is not after the agreement's end");
        json.RefuseOthers();
        return trial;
    }

    private static Uplift UpliftOf(JsonRecord json)
    {
        var uplift = new Uplift(json.Date("from"), json.Above0("percent", 100));
        json.RefuseOthers();
        return uplift;
    }
}
