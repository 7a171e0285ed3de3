using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>An activity that an agreement line prices.</summary>
/// <param name="Activity">As the custom rules have it classified.</param>
/// <param name="Index">Its place in the order of the case's activities; for what another version prices for other days of the period, the <see cref="Repeat"/> of it.</param>
/// <param name="Effects">What custom rules make of its price; null for none. The same effects are the same object, so that lines can be grouped by it.</param>
internal readonly record struct Matched(Activity Activity, int Index, PriceEffects? Effects)
{
    /// <summary>The index of an activity that another version prices too; below zero, and its own inverse.</summary>
    public static int Repeat(int index) => ~index;
}

/// <summary>What custom rules make of a price.</summary>
/// <param name="Price">Per hour or unit, instead of any other; null leaves it.</param>
/// <param name="Factor">Times the price.</param>
/// <param name="Rules">That did it, in their order, with those that cap.</param>
internal sealed record PriceEffects(decimal? Price, decimal Factor, IReadOnlyList<CustomRule> Rules)
{
    public IReadOnlyList<string> Ids { get; } = [.. Rules.Select(rule => rule.Id)];

    /// <summary>For an explanation: <c>Night work (x 1.5)</c>.</summary>
    public string Words { get; } = string.Join(", ", Rules.Select(rule => rule.Name));

    public decimal On(decimal price) => (Price ?? price) * Factor;

    /// <summary>For an explanation, as a sentence after it: <c> Night work: 95.00 x 1.5 = 142.50.</c> Empty where the rules only cap.</summary>
    /// <param name="price">That it would have without the rules.</param>
    public string Arithmetic(UnitPrice price)
    {
        var names = string.Join(", ", Rules.Where(rule => rule.Effect is not CapAmount).Select(rule => rule.Name));
        var start = Figures.Of(price with { Amount = Price ?? price.Amount });
        return names.Length == 0 ? ""
            : Factor == 1 && Price is not null ? $" {names}: {start}."
            : $" {names}: {start} x {Figures.Quantity(Factor)} = {Figures.Of(price with { Amount = On(price.Amount) })}.";
    }
}
