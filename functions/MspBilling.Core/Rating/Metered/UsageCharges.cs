using System.Globalization;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>Metered use: group, aggregate, take off what is included, price, maximum, minimum.</summary>
/// <remarks>
/// <para>
/// A group is a line, rounded once: costs of 100.004 with 15 % are 115.0046 = 115.00. Groups that round to nothing by themselves are put together for
/// each provider as its other services, from their unrounded amounts: two of 0.00345 are 0.01. Where even all of them come to nothing they are
/// covered and no line is printed.
/// </para>
/// <para>
/// Quantity times unit price is the line's amount where one price holds for all units (per unit, volume without a flat amount, packages), times the days'
/// share where there is one. Any other line is one times its amount, and its explanation has the arithmetic. What the use
/// costs the MSP stands in the figures alone.
/// </para>
/// <para>
/// All records of a group are billed with its line, except what is included: of a sum the first units (<see cref="IncludedUnits"/>), else all records where
/// nothing is left to charge.
/// </para>
/// </remarks>
internal static class UsageCharges
{
    private const string ListedPlainly = "Usage";

    public static void Rate(AgreementPart part, UsageLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        var groups = new UsageGroups(part, line);
        var slots = new UsageSlot?[activities.Count];
        for (var i = 0; i < activities.Count; i++)
        {
            slots[i] = groups.Take(activities[i], output);
        }

        var charges = groups.All(output).Select(group => UsageCharge.Of(part, line, group, output)).ToList();
        var lines = Lines(part, line, charges);
        foreach (var rated in lines)
        {
            output.Add(part, line, rated);
        }

        Settle(activities, slots, charges, output);
        UsageLimits.Rate(part, line, Money.Sum(lines.Select(rated => rated.Amount), part.Currency), output);
    }

    private static List<RatedLine> Lines(AgreementPart part, UsageLine line, List<UsageCharge> charges)
    {
        var lines = new List<RatedLine>();
        foreach (var provider in charges.GroupBy(charge => charge.Group.Key.Provider))
        {
            foreach (var charge in provider.Where(charge => !charge.Amount.IsZero))
            {
                charge.Billing = DescriptionOf(line, charge.Group.Name, charge.Group.Key.Effects);
                lines.Add(Line(part, line, charge));
            }

            foreach (var small in provider.Where(charge => charge.Amount.IsZero && !charge.IsIncluded).GroupBy(charge => charge.Group.Key.Effects))
            {
                if (Rest(part, line, provider.Key, small.Key, [.. small]) is { } rest)
                {
                    lines.Add(rest);
                }
            }
        }

        return lines;
    }

    private static RatedLine Line(AgreementPart part, UsageLine line, UsageCharge charge)
    {
        var (key, amount) = (charge.Group.Key, charge.Amount);
        var (quantity, price, unit) = charge.Multiplied is { } product
            ? (product.Quantity, product.Price, product.Unit ?? UsageCharge.UnitOf(line, charge.Group))
            : (1, amount.Amount, "month");
        var changed = key.Effects is null ? "" : $" Changed by: {key.Effects.Words}.";
        var explanation = part.Explain(
            nameof(UsageCharges),
            $"{charge.Words} = {Figures.Of(amount)}.{changed}",
            [.. charge.Figures, new("amount", charge.Exact, part.Currency.Code)]);
        return part.Line(line, key.Item, charge.Billing!, quantity, unit, new UnitPrice(price, part.Currency), amount, explanation, Details(line, charge.Group.Slots)) with
        {
            Sku = line.GroupBy == UsageGrouping.Sku ? key.Subject : null,
            Rules = key.Effects?.Ids,
        };
    }

    /// <summary>Groups that round to nothing, together; null where they still do.</summary>
    private static RatedLine? Rest(AgreementPart part, UsageLine line, string provider, PriceEffects? effects, List<UsageCharge> small)
    {
        var exact = small.Sum(charge => charge.Exact);
        var amount = Rounding.ToMoney(exact, part.Currency);
        if (amount.IsZero)
        {
            return null;
        }

        var others = line.GroupBy switch { UsageGrouping.Service => "other services", UsageGrouping.Sku => "other items", UsageGrouping.Account => "other accounts", _ => "other use" };
        var description = DescriptionOf(line, provider.Length == 0 ? others : $"{provider} {others}", effects);
        small.ForEach(charge => charge.Billing = description);
        var records = small.Sum(charge => charge.Group.Records);
        var explanation = part.Explain(
            nameof(UsageCharges),
            string.Create(CultureInfo.InvariantCulture, $"{small.Count} {others}, each too small to be billed by itself, from {records} records = {Figures.Of(amount)}."),
            [new("groups", small.Count, "group"), new("records", records, "record"), new("amount", exact, part.Currency.Code)]);
        var item = new UsageGroupKey(provider, "*", "", effects).Item;
        return part.Line(line, item, description, 1, "month", new UnitPrice(amount.Amount, amount.Currency), amount, explanation, Details(line, small.SelectMany(charge => charge.Group.Slots))) with
        {
            Rules = effects?.Ids,
        };
    }

    private static string DescriptionOf(UsageLine line, string? group, PriceEffects? effects)
    {
        var name = line.GroupBy == UsageGrouping.None || group is null ? UsageLimits.NameOf(line)
            : line.Description is { } description ? $"{description}: {group}"
            : group;
        return effects is null ? name : $"{name} ({effects.Words})";
    }

    private static void Settle(ArraySegment<Matched> activities, UsageSlot?[] slots, List<UsageCharge> charges, RatingOutput output)
    {
        var byGroup = charges.ToDictionary(charge => charge.Group);
        var inPart = charges.Where(charge => charge.Covered > 0 && charge.Billing is not null).ToDictionary(charge => charge.Group);
        (UsageGroup? group, UsageCharge? charge) = (null, null);
        for (var i = 0; i < activities.Count; i++)
        {
            if (slots[i] is not { } slot)
            {
                continue;
            }

            // Records of a group mostly stand together.
            (group, charge) = slot.Group == group ? (group, charge) : (slot.Group, byGroup[slot.Group]);
            if (charge!.Billing is not { } billing)
            {
                output.Covered(activities[i], charge.IsIncluded ? Reason.IncludedUnits : Reason.BelowSmallestUnit);
            }
            else if (charge.Covered == 0)
            {
                output.Billed(activities[i], billing);
            }
        }

        IncludedUnits.Settle(activities, slots, inPart, output);
    }

    private static IReadOnlyList<LineDetail> Details(UsageLine line, IEnumerable<UsageSlot> slots) =>
    [
        .. slots.Where(slot => slot.Records > 0)
            .OrderBy(slot => slot.Account, StringComparer.Ordinal).ThenBy(slot => slot.Description, StringComparer.Ordinal)
            .ThenBy(slot => slot.Category, StringComparer.Ordinal).ThenBy(slot => slot.Unit, StringComparer.Ordinal).ThenBy(slot => slot.Quantity)
            .Select(slot => new LineDetail(
                null, null, slot.Account, slot.Description, slot.Quantity, slot.Unit ?? line.Unit ?? "", slot.Category is null or ListedPlainly ? null : slot.Category)),
    ];
}
