using System.Globalization;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>How a quantity of use came about, in the words that open a line's explanation.</summary>
internal static class UsageWords
{
    /// <summary><c>Largest value 150 GB, 30 included</c>.</summary>
    public static string Opening(AgreementPart part, UsageLine line, UsageGroup group, decimal quantity, string unit, decimal? before, decimal covered)
    {
        var amount = $"{Figures.Quantity(quantity)} {unit}{(unit is UsageCharge.Units or UsageCharge.Subjects && quantity != 1 ? "s" : "")}";
        var how = line.Aggregation switch
        {
            Aggregation.Sum => amount,
            Aggregation.Max => $"Largest value {amount}",
            Aggregation.Average => string.Create(CultureInfo.InvariantCulture, $"Mean of {group.DaysRead} {(group.DaysRead == 1 ? "day" : "days")} {amount}"),
            Aggregation.Last => $"Latest value {amount}",
            Aggregation.Unique => $"{amount} counted once each",
            Aggregation.TimeWeighted => string.Create(CultureInfo.InvariantCulture, $"Mean over {part.InForce.Days} days {amount}"),
            _ => throw new InvalidOperationException($"{line.Aggregation} is an aggregation without words."),
        };
        var after = before is { } earlier ? string.Create(CultureInfo.InvariantCulture, $", after {Figures.Quantity(earlier)} before {part.InForce.Start:yyyy-MM-dd}") : "";
        var included = covered == 0 ? "" : $", {Figures.Quantity(covered)} included";
        return how + after + included;
    }
}
