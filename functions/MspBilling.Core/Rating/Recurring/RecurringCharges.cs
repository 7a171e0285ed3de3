using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>A recurring line's due cycles: fees and agreed quantities here, what is counted by the rule of what is counted.</summary>
/// <remarks>
/// Each due cycle is a line of its own: quantity x price x the share of the cycle (<see cref="DueCycles"/>, <see cref="CyclePrices"/>,
/// <see cref="CycleProration"/>), summed over its stretches and rounded once. 2,400.00 a month from 12 September is 2,400.00 x 19/30 =
/// 1,520.00. Two versions with other terms that share a cycle are two lines, each rounded once: 99.99 for 17 of 30 days and 120.00 for 13 is 56.66 + 52.00. A fee that comes to 0 is no line, unless a trial makes it so; days before the first price have none.
/// </remarks>
internal static class RecurringCharges
{
    public static void Rate(AgreementPart part, RecurringLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        switch (line.Quantity)
        {
            case FlatQuantity:
                Fee(part, line, QuantityOverTime.Of(1), output);
                break;
            case AgreedQuantity agreed:
                Fee(part, line, QuantityOverTime.Of(agreed), output);
                break;
            case AdditionQuantity:
                AdditionCharges.Rate(part, line, activities, output);
                break;
            case DeviceQuantity:
                DeviceCharges.Rate(part, line, activities, output);
                break;
            case CountQuantity count:
                CountCharges.Rate(part, line, count.Aggregation, activities, output);
                break;
            default:
                throw new InvalidOperationException($"{line.Quantity.GetType().Name} is a quantity that no rule foresees.");
        }
    }

    private static void Fee(AgreementPart part, RecurringLine line, in QuantityOverTime quantity, RatingOutput output)
    {
        foreach (var due in DueCycles.Of(part.Agreement, part.Version, line, part.Period))
        {
            if (CycleCharge.Of(part, line, due, line.Proration, quantity) is not { Stretches.Count: > 0 } charge
                || (line.Proration == Proration.None && OtherVersions.ChargeWhole(part, line, due.Cycle, due.Cycle, null)))
            {
                continue;
            }

            var amount = charge.Amount(part.Currency);
            if (amount.IsZero && !charge.IsInTrial)
            {
                continue;
            }

            var isFlat = line.Quantity is FlatQuantity;
            var description = !isFlat ? line.Description ?? line.Service : line.Description is null ? part.Agreement.Name : $"{line.Description}: {part.Agreement.Name}";
            var explanation = CycleSentence.Explain(part, line, charge, nameof(RecurringCharges), amount, null, line.Unit);
            output.Add(part, line, Line(part, line, charge, "", description, line.Unit ?? (isFlat ? CycleSentence.NameOf(line.CycleMonths) : "unit"), amount, explanation));
        }
    }

    /// <summary>A line of one due cycle. Where quantity or price change in it, those of its last days stand on the line, and all in its explanation.</summary>
    public static RatedLine Line(
        AgreementPart part, RecurringLine line, CycleCharge charge, string item, string description, string unit, Money amount, Explanation explanation, PriceEffects? effects = null, IReadOnlyList<LineDetail>? details = null) =>
        part.Line(line, effects is null ? item : $"{item}@{string.Join('+', effects.Ids)}", description, charge.Last.Quantity, unit, new UnitPrice(charge.Last.Price, part.Currency), amount, explanation, details) with
        {
            ServicePeriod = charge.Days,
            Rules = effects?.Ids,
        };
}
