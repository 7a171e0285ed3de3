using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>A price for what was counted on days of the cycle, brought to one figure: the largest, the average, the last.</summary>
/// <remarks>
/// In arrears the counts of a cycle that is not due yet are carried to the period that bills it, so that a quarter is counted over all of its days. In advance
/// there are only those up to the billed period's end. A line with a description or with tiers brings all its counts to one figure,
/// another one those of each SKU. Counts of 40, 42 and 41 at 5.00 a month are 42 x 5.00 = 210.00 by the largest, 41 x 5.00 = 205.00 on average.
/// </remarks>
internal static class CountCharges
{
    public static void Rate(AgreementPart part, RecurringLine line, Aggregation aggregation, ArraySegment<Matched> activities, RatingOutput output)
    {
        var dues = DueCycles.Of(part.Agreement, part.Version, line, part.Period).ToArray();
        foreach (var group in Groups(part, line, activities, output))
        {
            Rate(part, line, aggregation, group, dues, output);
        }
    }

    private static void Rate(AgreementPart part, RecurringLine line, Aggregation aggregation, Group group, DueCycle[] dues, RatingOutput output)
    {
        var description = line.Description ?? (line.Pricing is null ? group.Description : line.Service);
        var (charges, isLeft) = (new CycleCharge?[dues.Length], new bool[dues.Length]);
        for (var i = 0; i < dues.Length; i++)
        {
            var readings = group.Readings.Where(reading => dues[i].Days.Contains(reading.Day)).ToList();
            if (readings.Count == 0 || CycleCharge.Of(part, line, dues[i], line.Proration, QuantityOverTime.Of(Aggregations.Of(aggregation, readings, dues[i].Days)), effects: group.Effects) is not { } charge)
            {
                continue;
            }

            (charges[i], isLeft[i]) = (charge, line.Proration == Proration.None && IsLeftToLater(part, line, group, dues[i].Cycle));
            if (charge.IsPriced && !isLeft[i])
            {
                var amount = charge.Amount(part.Currency);
                var counted = string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantity(charge.Last.Quantity)} ({Words(aggregation)} of {readings.Count} {(readings.Count == 1 ? "count" : "counts")})");
                var explanation = CycleSentence.Explain(part, line, charge, nameof(CountCharges), amount, counted, null, group.Effects);
                output.Add(part, line, RecurringCharges.Line(part, line, charge, group.Sku, description, line.Unit ?? "unit", amount, explanation, group.Effects));
            }
        }

        foreach (var matched in group.Counts)
        {
            var due = IndexOf(dues, ((Count)matched.Activity).Day);
            if (due >= 0 && isLeft[due] && !OtherVersions.Bill(part, line, Counted(part, line, group, dues[due].Cycle), matched.Activity))
            {
                // A later version charges the whole cycle, and not yet.
                output.Covered(matched, Reason.NotDue);
                continue;
            }

            Settle((Count)matched.Activity, matched, group, description, due, charges, output);
        }

        Carry(part, line, group, dues, output);
    }

    private static void Settle(Count count, in Matched matched, Group group, string description, int index, CycleCharge?[] charges, RatingOutput output)
    {
        if (index < 0)
        {
            output.Covered(matched, Reason.NotDue);
        }
        else if (!charges[index]!.IsPriced)
        {
            output.Held(matched, Reason.MissingPrice, $"{group.Description} ({count.Sku}).");
        }
        else if (charges[index]!.IsFree)
        {
            output.Covered(matched, Reason.Trial);
        }
        else
        {
            output.Billed(matched, description);
        }
    }

    private static void Carry(AgreementPart part, RecurringLine line, Group group, DueCycle[] dues, RatingOutput output)
    {
        if (line.Timing == BillingTiming.Advance)
        {
            return;
        }

        foreach (var reading in group.Readings)
        {
            if (part.Version.InForce.Contains(reading.Day) && IndexOf(dues, reading.Day) < 0 && reading.Day >= DueCycles.CycleOf(part.Agreement, line).Containing(part.InForce.LastDay).Start)
            {
                output.Carry(new CarriedReading(part.Key(line, group.Sku), reading.Day, reading.Quantity, reading.Subject, group.Description));
            }
        }
    }

    // In the order in which the counts stand, so that the same case makes the same lines.
    private static List<Group> Groups(AgreementPart part, RecurringLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        var (groups, isOne) = (new List<Group>(), line.Description is not null || line.Pricing is not null);
        Group Of(string sku, PriceEffects? effects, string description)
        {
            foreach (var known in groups)
            {
                if (known.Sku == sku && ReferenceEquals(known.Effects, effects))
                {
                    return known;
                }
            }

            groups.Add(new Group(sku, effects, description, [], []));
            return groups[^1];
        }

        foreach (var reading in output.Readings(part.Key(line)))
        {
            Of(reading.Key.Subject, null, reading.Description).Readings.Add(new Reading(reading.Day, reading.Quantity, reading.Subject));
        }

        foreach (var matched in activities)
        {
            var count = (Count)matched.Activity;
            var group = Of(isOne ? "" : count.Sku, matched.Effects, count.Description);
            group.Readings.Add(new Reading(count.Day, count.Quantity, count.Subject));
            group.Counts.Add(matched);
        }

        groups.Sort((left, right) => string.CompareOrdinal(left.Sku, right.Sku) is not 0 and var bySku ? bySku
            : string.CompareOrdinal(left.Effects?.Words, right.Effects?.Words));
        return groups;
    }

    /// <summary>Whether a later version charges the whole cycle: one that has something to count already, or, in arrears, may have it in a later period.</summary>
    private static bool IsLeftToLater(AgreementPart part, RecurringLine line, Group group, Period cycle) =>
        OtherVersions.ChargeWhole(part, line, cycle, Counted(part, line, group, cycle), null)
        || (line.Timing == BillingTiming.Arrears && cycle.End > part.Period.End && OtherVersions.ChargeWhole(part, line, cycle, new Period(part.Period.End, cycle.End), null));

    /// <summary>The days of a cycle up to its last count of the group, of any version; what is counted after it is another cycle's.</summary>
    private static Period Counted(AgreementPart part, RecurringLine line, Group group, Period cycle)
    {
        var last = group.Readings.Where(reading => cycle.Contains(reading.Day)).Max(reading => reading.Day);
        foreach (var activity in part.Case.Activities)
        {
            if (activity is Count count && count.Day > last && cycle.Contains(count.Day) && (group.Sku.Length == 0 ? count.Meets(line.Match, part.Case) : count.Sku == group.Sku))
            {
                last = count.Day;
            }
        }

        return new Period(cycle.Start, last.AddDays(1));
    }

    private static int IndexOf(DueCycle[] dues, DateOnly day)
    {
        for (var i = 0; i < dues.Length; i++)
        {
            if (dues[i].Days.Contains(day))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Words(Aggregation aggregation) => aggregation switch
    {
        Aggregation.Sum => "sum",
        Aggregation.Max => "largest",
        Aggregation.Average => "average",
        Aggregation.Last => "latest",
        Aggregation.Unique => "different ones",
        Aggregation.TimeWeighted => "average over all days",
        _ => throw new InvalidOperationException($"{aggregation} is an aggregation that no rule foresees."),
    };

    /// <param name="Sku">Empty where the line is one for all.</param>
    private sealed record Group(string Sku, PriceEffects? Effects, string Description, List<Reading> Readings, List<Matched> Counts);
}
