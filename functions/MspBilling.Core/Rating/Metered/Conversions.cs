using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>A cost in another currency becomes one in the agreement's, at the agreement's rate for the day of use.</summary>
/// <remarks>
/// 100.00 USD on 10 September, at 0.92 from 1 September: 92.00 EUR, exact and rounded only with its line. Of two rates for a day the
/// first holds. There is no rate but the agreement's: without one for the day the cost is held, and not converted at another day's.
/// </remarks>
internal sealed class Conversions(IReadOnlyList<ConversionRate> rates, Currency currency)
{
    public int Count => rates.Count;

    /// <returns>False where no rate covers the day.</returns>
    /// <param name="converted">The cost in the agreement's currency.</param>
    /// <param name="rate">The place of the rate that was used; -1 when the cost is in the agreement's currency already.</param>
    public bool TryConvert(decimal cost, Currency from, DateOnly day, out decimal converted, out int rate)
    {
        (converted, rate) = (cost, -1);
        if (from == currency)
        {
            return true;
        }

        for (var i = 0; i < rates.Count; i++)
        {
            if (rates[i].Currency == from && rates[i].InForce.Contains(day))
            {
                (converted, rate) = (cost * rates[i].Rate, i);
                return true;
            }
        }

        return false;
    }

    public ConversionRate this[int rate] => rates[rate];

    /// <summary>The rates that were used, with their days: <c>USD at 0.92 (2024-09-01 to 2024-09-30)</c>.</summary>
    public string Words(bool[] used, Period within) =>
        string.Join(", ", rates.Where((_, i) => used[i]).Select(rate => $"{rate.Currency} at {rate.Rate.ToString(CultureInfo.InvariantCulture)} ({Days(rate.InForce.Overlap(within) ?? rate.InForce)})"));

    private static string Days(Period days) => days.Days == 1
        ? days.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{days.Start:yyyy-MM-dd} to {days.LastDay:yyyy-MM-dd}");
}
