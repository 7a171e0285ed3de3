using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>How a line of time comes to its amount: hours, price, where the price comes from, and how hours are raised.</summary>
internal static class TimeExplanation
{
    public static Explanation Of(AgreementPart part, TimeLines.Group group, UnitPrice price, Money amount)
    {
        var figures = new List<ExplainedFigure>
        {
            new(group.First.IsTrip ? "trips" : "hours", group.Quantity, group.Unit),
            new("unitPrice", price.Amount, part.Currency.Code),
            new("amount", amount.Amount, part.Currency.Code),
        };
        var sentence = group.First.IsTrip
            ? $"{Figures.Quantity(group.Quantity)} {(group.Quantity == 1 ? "trip" : "trips")} x {Figures.Of(price)} = {Figures.Of(amount)}."
            : $"{Figures.Hours(group.Quantity)} h{(group.IsBeyond ? " beyond the retainer" : "")} x {Figures.Of(price)} an hour = {Figures.Of(amount)}.";
        sentence += Price(group, price, figures);
        return part.Explain(nameof(TimeCharges), group.First.IsTrip ? sentence : sentence + Raised(group.Line, figures), figures);
    }

    // 142.50 is 95.00 x 1.5, after hours.
    private static string Price(TimeLines.Group group, UnitPrice price, List<ExplainedFigure> figures)
    {
        var effects = group.First.Effects;
        if (effects?.Price is { } set)
        {
            if (set * effects.Factor != price.Amount)
            {
                return "";
            }

            figures.Add(new ExplainedFigure("setPrice", set, price.Currency.Code));
            return effects.Factor == 1
                ? $" The price is set by {effects.Words}."
                : $" {Figures.Of(price)} is {Figures.Of(price with { Amount = set })}{By(effects.Factor, figures)}, set by {effects.Words}.";
        }

        var calendar = group.First.Label is { } label ? Labelled(group.Line, label) : null;
        var (factor, byRules) = (calendar?.Factor ?? 1, effects?.Factor ?? 1);
        if (factor * byRules is 0 or 1)
        {
            return "";
        }

        // Not where something else has set the price since, such as a retainer's rate for what is beyond it.
        var rate = price.Amount / (factor * byRules);
        if (rate * factor * byRules != price.Amount)
        {
            return "";
        }

        figures.Add(new ExplainedFigure("rate", rate, price.Currency.Code));
        var words = $" {Figures.Of(price)} is {Figures.Of(price with { Amount = rate })}";
        words += calendar is null ? "" : $"{By(factor, figures)}, {calendar.Value.Words ?? calendar.Value.Label}";
        return words + (byRules == 1 ? "." : $"{By(byRules, figures)}, by {effects!.Words}.");
    }

    private static string By(decimal factor, List<ExplainedFigure> figures)
    {
        figures.Add(new ExplainedFigure("factor", factor, ""));
        return $" x {Figures.Quantity(factor)}";
    }

    private static TimeFactor? Labelled(TimeLine line, string label) =>
        new TimeFactors(line, null).Labelled(label) ?? (line.Travel?.Factor is { } travel ? new TimeFactors(line, travel).Labelled(label) : null);

    private static string Raised(TimeLine line, List<ExplainedFigure> figures)
    {
        if (line.IncrementHours is null && line.MinimumHours <= 0)
        {
            return "";
        }

        var least = TimeRounding.Raised(0, line);
        var what = line.RoundedBy == RoundingScope.Entry ? "Each entry is charged" : "A ticket's entries of one day are charged together";
        var steps = "";
        if (line.IncrementHours is { } increment)
        {
            figures.Add(new ExplainedFigure("increment", increment, "h"));
            steps = $" in steps of {Figures.Hours(increment)} h,";
        }

        figures.Add(new ExplainedFigure("minimum", least, "h"));
        return $" {what}{steps} at least {Figures.Hours(least)} h.";
    }
}
