using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>How many units are charged on each day: one for a fee, the agreed steps, or one figure for all of the days.</summary>
/// <param name="Steps">Each holds from its day on. Before the first, and where a step is 0, there is nothing to charge.</param>
/// <param name="Fixed">For all days; null where there are steps.</param>
internal readonly record struct QuantityOverTime(IReadOnlyList<QuantityStep> Steps, decimal? Fixed)
{
    public static QuantityOverTime Of(decimal quantity) => new([], quantity);

    public static QuantityOverTime Of(AgreedQuantity agreed) => new(agreed.Steps, null);

    /// <summary>Null where there is nothing to charge.</summary>
    public decimal? On(DateOnly day)
    {
        if (Fixed is not null)
        {
            return Fixed;
        }

        decimal? quantity = null;
        foreach (var step in Steps)
        {
            quantity = step.From <= day ? step.Quantity : quantity;
        }

        return quantity == 0 ? null : quantity;
    }

    /// <summary>The days after the first on which it changes.</summary>
    public IEnumerable<DateOnly> Changes(Period days) => Steps.Select(step => step.From).Where(day => day > days.Start && days.Contains(day));
}
