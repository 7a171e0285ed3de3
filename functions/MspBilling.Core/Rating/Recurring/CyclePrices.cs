using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>What a unit costs per cycle on a day: the dated price of the line, else the unit's own, raised by the yearly uplift.</summary>
/// <remarks>
/// Each rise is on the price before, and is rounded to the currency's minor unit as a new price list would be: 100.00 at 4 % a year is
/// 104.00, then 108.16, then 112.49 (112.4864). A dated price has the rises that fall after its first day; one that begins on the day of
/// a rise is the new price already. A rise on 29 February is on the 28th in other years.
/// </remarks>
internal static class CyclePrices
{
    /// <param name="own">What the unit itself says that it costs; for lines without prices.</param>
    /// <returns>Null where no price holds on the day.</returns>
    public static decimal? On(RecurringLine line, decimal? own, DateOnly day, Currency currency)
    {
        if (line.Prices.Count == 0)
        {
            return own is { } price ? Raised(price, line.Uplift, DateOnly.MinValue, day, currency) : null;
        }

        foreach (var price in line.Prices)
        {
            if (price.InForce.Contains(day))
            {
                return Raised(price.Price, line.Uplift, price.InForce.Start, day, currency);
            }
        }

        return null;
    }

    /// <param name="since">The first day of the price.</param>
    public static decimal Raised(decimal price, Uplift? uplift, DateOnly since, DateOnly day, Currency currency)
    {
        foreach (var rise in RisesTo(uplift, day))
        {
            price = rise > since ? Rounding.ToMoney(price * (100 + uplift!.Percent) / 100, currency).Amount : price;
        }

        return price;
    }

    /// <summary>What is taken off a day's price by the trial.</summary>
    public static decimal PercentOff(RecurringLine line, DateOnly day) => line.Trial is { } trial && day < trial.Until ? trial.PercentOff : 0;

    /// <summary>The days after the first on which a price, an uplift or the trial changes what is paid.</summary>
    public static IEnumerable<DateOnly> Changes(RecurringLine line, Period days) =>
        line.Prices.SelectMany(price => new[] { price.InForce.Start, price.InForce.End })
            .Concat(RisesTo(line.Uplift, days.LastDay))
            .Concat(line.Trial is { } trial ? [trial.Until] : [])
            .Where(day => day > days.Start && days.Contains(day));

    private static IEnumerable<DateOnly> RisesTo(Uplift? uplift, DateOnly day)
    {
        for (var year = 0; uplift is not null && year <= day.Year - uplift.From.Year && uplift.From.AddYears(year) <= day; year++)
        {
            yield return uplift.From.AddYears(year);
        }
    }
}
