using System.Globalization;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>What the use of a group comes to: aggregate, take off what is included, price.</summary>
/// <remarks>
/// <para>
/// 150 GB with 30 included at 0.10 are 120 x 0.10 = 12.00. What is included is taken off what is above zero only. Use that a custom rule gives a price
/// has that price for each unit, whatever the model; a factor multiplies each price of the model, or what a cost comes to.
/// </para>
/// <para>
/// Where another version of the agreement priced the group earlier in the period, sums, tiers, packages and included units go on from there: 50 after 80, of
/// which 100 are in the first tier, are 20 in the first tier and 30 in the next. So a version that changes something else changes nothing here. What is no
/// sum, such as a largest value, has a price for a whole period, and a version prices it for its share of the period's days.
/// </para>
/// <para>The provider's own tax is added as it is. Aggregations are for quantities; costs are always added up.</para>
/// </remarks>
internal sealed class UsageCharge
{
    /// <summary>What is counted where nobody says what it is.</summary>
    public const string Units = "unit";

    public const string Subjects = "subject";

    private UsageCharge(UsageGroup group, decimal exact, Currency currency) => (Group, Exact, Amount) = (group, exact, Rounding.ToMoney(exact, currency));

    public UsageGroup Group { get; }

    /// <summary>Unrounded.</summary>
    public decimal Exact { get; }

    public Money Amount { get; }

    /// <summary>Units that are included, where the aggregation is a sum.</summary>
    public decimal Covered { get; private init; }

    /// <summary>Whether nothing is charged because it is included, or because the agreement states a price of 0.</summary>
    public bool IsIncluded { get; private init; }

    /// <summary>Quantity and price where they multiply to the amount; null where the line is one times its amount.</summary>
    public (decimal Quantity, decimal Price, string? Unit)? Multiplied { get; private init; }

    /// <summary>The explanation's sentence without its result: <c>150 GB, 30 included: 120 x 0.10</c>.</summary>
    public required string Words { get; init; }

    public required IReadOnlyList<ExplainedFigure> Figures { get; init; }

    /// <summary>The description of the line that bills it; null while there is none.</summary>
    public string? Billing { get; set; }

    public static UsageCharge Of(AgreementPart part, UsageLine line, UsageGroup group, RatingOutput output) =>
        group.Model.IsOfCost ? OfCost(part, line, group, output) : OfQuantity(part, line, group, output);

    private static UsageCharge OfCost(AgreementPart part, UsageLine line, UsageGroup group, RatingOutput output)
    {
        var before = group.Model is TieredMarkup ? Before(part, line, group, "cost", group.Cost, output) : null;
        var exact = PriceModels.OfCost(group.Model, (before ?? 0) + group.Cost, group.Quantity) - (before is { } priced ? PriceModels.OfCost(group.Model, priced, 0) : 0);
        exact = (exact * (group.Key.Effects?.Factor ?? 1)) + group.Tax;
        var code = part.Currency.Code;
        var figures = new List<ExplainedFigure> { new("records", group.Records, "record"), new("cost", group.Cost, code) };
        Add(figures, "tax", group.Tax, code);
        Add(figures, "before", before ?? 0, code);
        if (group.Model is CostMarkup { Percent: var percent, PerUnit: var perUnit })
        {
            figures.Add(new("markup", percent, "%"));
            if (perUnit != 0)
            {
                figures.AddRange([new("quantity", group.Quantity, line.Unit ?? Units), new("perUnit", perUnit, code)]);
            }
        }
        else if (group.Model is PercentageOfCost share)
        {
            figures.Add(new("percentage", share.Percent, "%"));
        }

        var converted = "";
        if (group.Rates is { } rates)
        {
            converted = $", converted from {new Conversions(line.Conversions, part.Currency).Words(rates, part.InForce)}";
            figures.AddRange(line.Conversions.Where((_, i) => rates[i]).Select(rate => new ExplainedFigure("rate", rate.Rate, $"{code}/{rate.Currency.Code}")));
        }

        var records = string.Create(CultureInfo.InvariantCulture, $"{group.Records} {(group.Records == 1 ? "record" : "records")} of use");
        var days = group.Records == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {group.First:yyyy-MM-dd} to {group.Last:yyyy-MM-dd}");
        return new UsageCharge(group, exact, part.Currency) { Words = records + days + converted, Figures = figures };
    }

    private static UsageCharge OfQuantity(AgreementPart part, UsageLine line, UsageGroup group, RatingOutput output)
    {
        var quantity = group.Quantity;
        var isSum = line.Aggregation == Aggregation.Sum;
        var before = isSum ? Before(part, line, group, "units", quantity, output) : null;
        var total = (before ?? 0) + quantity;
        var covered = Included(line, total) - Included(line, before ?? 0);
        var (priced, pricedBefore) = (total - Included(line, total), before is { } earlier ? earlier - Included(line, earlier) : 0);
        var charged = priced - pricedBefore;

        var price = PriceModels.Price(group.Model, group.Model is PerUnitPrice ? charged : priced, part.Currency);
        var (amount, words) = (price.Amount, price.Words);
        var isContinued = before is not null && group.Model is not PerUnitPrice;
        if (isContinued)
        {
            var less = PriceModels.Price(group.Model, pricedBefore, part.Currency);
            (amount, words) = (amount - less.Amount, $"{words} - ({less.Words})");
        }

        var share = isSum ? Fraction.Whole : part.Period.ShareOf(part.InForce);
        var exact = share.Of(amount);
        var unit = UnitOf(line, group);
        var figures = new List<ExplainedFigure> { new("quantity", quantity, unit) };
        Add(figures, "before", before ?? 0, unit);
        Add(figures, "included", covered, unit);
        var multiplied = isContinued ? null : Multiply(group.Model, charged, priced);
        if (multiplied is { } product)
        {
            figures.AddRange([new("charged", product.Quantity, product.Unit ?? unit), new("unitPrice", product.Price, part.Currency.Code)]);
        }
        else
        {
            figures.Add(new("charged", charged, unit));
        }

        if (!share.IsWhole)
        {
            figures.AddRange([new("days", share.Numerator, "day"), new("periodDays", share.Denominator, "day")]);
            words = string.Create(CultureInfo.InvariantCulture, $"{(group.Model is PerUnitPrice ? words : $"({words})")} x {share} days");
        }

        var opening = UsageWords.Opening(part, line, group, quantity, unit, before, covered);
        return new UsageCharge(group, exact, part.Currency)
        {
            Covered = isSum ? Math.Max(covered, 0) : 0,
            IsIncluded = exact == 0 && quantity != 0,
            Multiplied = multiplied,
            Words = $"{opening}: {words}",
            Figures = figures,
        };
    }

    public static string UnitOf(UsageLine line, UsageGroup group) =>
        line.Unit ?? (group.Key.Unit.Length > 0 ? group.Key.Unit : line.Aggregation == Aggregation.Unique ? Subjects : Units);

    private static decimal Included(UsageLine line, decimal quantity) => Math.Clamp(quantity, 0, line.Included);

    private static (decimal Quantity, decimal Price, string? Unit)? Multiply(PriceModel model, decimal charged, decimal priced) => model switch
    {
        PerUnitPrice unit => (charged, unit.Price, null),
        VolumePrice volume when PriceModels.TierOf(volume.Tiers, priced) is { Flat: 0 } tier => (charged, tier.Price, null),
        PackagePrice package => (PriceModels.Count(package, charged), package.Price, "package"),
        _ => null,
    };

    /// <summary>Known once a version in the period has priced any use of the line.</summary>
    public static CarriedKey Priced(AgreementPart part, UsageLine line) => part.Key(line, "priced");

    /// <summary>What earlier versions priced of the group in the period; null for none. What this one prices is left for the next.</summary>
    private static decimal? Before(AgreementPart part, UsageLine line, UsageGroup group, string measure, decimal use, RatingOutput output)
    {
        if (part.InForce == part.Period)
        {
            return null;
        }

        var key = part.Key(line, $"{measure}/{group.Key.Item}");
        decimal? before = output.Knows(key) ? output.Total(key) : null;
        output.Carry(new RunningTotal(key, (before ?? 0) + use, part.Period.End));
        output.Carry(new RunningTotal(Priced(part, line), 1, part.Period.End));
        return before;
    }

    private static void Add(List<ExplainedFigure> figures, string name, decimal value, string unit)
    {
        if (value != 0)
        {
            figures.Add(new(name, value, unit));
        }
    }
}
