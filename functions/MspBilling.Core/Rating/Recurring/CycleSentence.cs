using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>The arithmetic of a cycle's charge, as a sentence and as figures.</summary>
/// <remarks>
/// One price and one share: <c>42 x 26.40 a month x 17 of 30 days (2024-09-14 to 2024-09-30) = 628.32.</c> Several:
/// <c>10 seats x 5.00 x 14/30 days + 12 seats x 5.00 x 16/30 days = 55.33.</c>
/// </remarks>
internal static class CycleSentence
{
    /// <summary>The cycle's name: <c>month</c>, <c>quarter</c>.</summary>
    public static string NameOf(int months) => months switch
    {
        1 => "month",
        3 => "quarter",
        6 => "half-year",
        12 => "year",
        _ => string.Create(CultureInfo.InvariantCulture, $"{months} months"),
    };

    /// <param name="counted">How the quantity came about, such as <c>42 less 2 included = 40</c>; null where the line states it.</param>
    /// <param name="unit">What is counted, printed after each quantity; null for nothing.</param>
    public static Explanation Explain(
        AgreementPart part, RecurringLine line, CycleCharge charge, string rule, Money amount, string? counted, string? unit, PriceEffects? effects = null)
    {
        var text = charge.Stretches.Count == 1
            ? Single(part, line, charge, amount, counted, unit)
            : Several(part, line, charge, counted, unit) + $" = {Figures.Of(amount)}.";
        return part.Explain(rule, text + Raised(line, charge) + (effects is null ? "" : $" By {effects.Words}."), Numbers(part, line, charge, amount));
    }

    private static string Single(AgreementPart part, RecurringLine line, CycleCharge charge, Money amount, string? counted, string? unit)
    {
        var (only, cycle) = (charge.Last, line.CycleMonths == 1 ? "a month" : "a " + NameOf(line.CycleMonths));
        var price = new UnitPrice(only.Price, part.Currency);
        var text = Units(line, only, counted, unit, only.Tiers is null ? " x " : ": ") + (only.Tiers ?? Figures.Of(price)) + " " + cycle + Trial(line, only);
        if (!only.Share.IsWhole)
        {
            text += $" x {only.Share.Numerator} of {only.Share.Denominator} days ({Span(charge.Days)})";
        }
        else if (line.Quantity is FlatQuantity && only is { PercentOff: 0, Tiers: null } && amount.Amount == only.Price)
        {
            return $"{text} for {(charge.Cycle == Period.MonthOf(charge.Cycle.Start) ? charge.Cycle.ToString() : Span(charge.Cycle))}.";
        }

        return $"{text} = {Figures.Of(amount)}.";
    }

    private static string Several(AgreementPart part, RecurringLine line, CycleCharge charge, string? counted, string? unit) =>
        (counted is null || counted == Figures.Quantity(charge.Last.Quantity) ? "" : counted + ": ") + string.Join(" + ", charge.Stretches.Select(stretch =>
        {
            var price = stretch.Tiers is null ? Figures.Of(new UnitPrice(stretch.Price, part.Currency)) : $"({stretch.Tiers})";
            var share = stretch.Share.IsWhole ? "" : $" x {stretch.Share} days";
            return Units(line, stretch, null, unit, stretch.Tiers is null ? " x " : ": ") + price + Trial(line, stretch) + share;
        }));

    private static string Units(RecurringLine line, Stretch stretch, string? counted, string? unit, string then) =>
        line.Quantity is FlatQuantity ? "" : (counted ?? Counted(stretch.Quantity, unit)) + then;

    private static string Counted(decimal quantity, string? unit) =>
        Figures.Quantity(quantity) + (unit is null ? "" : " " + (quantity is 1 or -1 ? unit : Plural(unit)));

    // Words in small letters are English and have a plural; GB and the like stay as they are.
    private static string Plural(string unit) => !unit.All(char.IsAsciiLetterLower) ? unit : unit[^1] switch
    {
        's' => unit,
        'x' or 'h' => unit + "es",
        'y' when unit.Length > 1 && !"aeiou".Contains(unit[^2], StringComparison.Ordinal) => unit[..^1] + "ies",
        _ => unit + "s",
    };

    private static string Trial(RecurringLine line, Stretch stretch) => stretch.PercentOff == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $" x {Figures.Quantity(100 - stretch.PercentOff)} % ({(stretch.PercentOff == 100 ? "free trial" : "trial")} to {line.Trial!.Until.AddDays(-1):yyyy-MM-dd})");

    private static string Raised(RecurringLine line, CycleCharge charge) => line.Uplift is { } uplift && charge.Last.Days.LastDay >= uplift.From
        ? string.Create(CultureInfo.InvariantCulture, $" The price changes by {Figures.Quantity(uplift.Percent)} % each year from {uplift.From:yyyy-MM-dd}.")
        : "";

    private static string Span(Period days) => string.Create(CultureInfo.InvariantCulture, $"{days.Start:yyyy-MM-dd} to {days.LastDay:yyyy-MM-dd}");

    private static List<ExplainedFigure> Numbers(AgreementPart part, RecurringLine line, CycleCharge charge, Money amount)
    {
        var (figures, currency) = (new List<ExplainedFigure>(), part.Currency.Code);
        foreach (var stretch in charge.Stretches)
        {
            figures.Add(new ExplainedFigure("quantity", stretch.Quantity, line.Unit ?? ""));
            figures.Add(new ExplainedFigure("unitPrice", stretch.Price, currency));
            if (stretch.PercentOff != 0)
            {
                figures.Add(new ExplainedFigure("percentOff", stretch.PercentOff, "%"));
            }

            if (!stretch.Share.IsWhole)
            {
                figures.Add(new ExplainedFigure("days", stretch.Share.Numerator, "days"));
                figures.Add(new ExplainedFigure("cycleDays", stretch.Share.Denominator, "days"));
            }
        }

        figures.Add(new ExplainedFigure("amount", amount.Amount, currency));
        return figures;
    }
}
