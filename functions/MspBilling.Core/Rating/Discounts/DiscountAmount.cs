using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>What a discount takes off a sum: a percentage of it, the percentage of the highest step that it reaches, or an amount, at most all of it.</summary>
/// <remarks>
/// Rounded once: 12.5 % of 0.30 is 0.0375 = 0.04. Steps of 5 % from 500.00 and 10 % from 1,000.00 take 10 % of all of 1,000.00, and 5 % of all of 999.99.
/// </remarks>
/// <param name="Off">Between zero and the sum.</param>
/// <param name="Arithmetic">Such as <c>5 % of 85.50 = 4.28 off</c>.</param>
internal sealed record DiscountAmount(Money Off, string Arithmetic, IReadOnlyList<ExplainedFigure> Figures)
{
    /// <returns>Null when the sum reaches no step.</returns>
    public static DiscountAmount? Of(DiscountLine discount, Money sum) =>
        discount.Percent is { } percent ? OfPercent(percent, sum)
        : discount.Amount is { } amount ? OfAmount(Rounding.ToMoney(amount, sum.Currency), sum)
        : discount.ByVolume.Where(step => step.From <= sum.Amount).MaxBy(step => step.From) is { } reached ? OfPercent(reached.Percent, sum)
        : null;

    public static DiscountAmount OfPercent(decimal percent, Money sum)
    {
        var off = sum.Percent(Math.Clamp(percent, 0, 100));
        return new DiscountAmount(
            off, $"{Rating.Figures.Quantity(percent)} % of {Rating.Figures.Of(sum)} = {Rating.Figures.Of(off)} off", [new("discountPercent", percent, "%"), new("discountedSum", sum.Amount, sum.Currency.Code)]);
    }

    private static DiscountAmount OfAmount(Money agreed, Money sum)
    {
        var off = new Money(Math.Clamp(agreed.Amount, 0, sum.Amount), sum.Currency);
        return new DiscountAmount(
            off,
            $"{Rating.Figures.Of(agreed)} off{(agreed > sum ? ", at most the" : "")} {Rating.Figures.Of(sum)}",
            [new("discountAmount", agreed.Amount, sum.Currency.Code), new("discountedSum", sum.Amount, sum.Currency.Code)]);
    }
}
