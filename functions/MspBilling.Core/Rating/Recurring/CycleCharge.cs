using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Days of a cycle with one quantity, one price and one share.</summary>
/// <param name="Price">Of a unit and a whole cycle.</param>
/// <param name="Whole">What the quantity costs for a whole cycle without a trial, exact.</param>
/// <param name="Tiers">The arithmetic of <paramref name="Whole"/> where tiers made it; else null.</param>
/// <param name="PercentOff">By the trial.</param>
/// <param name="Share">Of the cycle.</param>
internal sealed record Stretch(Period Days, decimal Quantity, decimal Price, decimal Whole, string? Tiers, decimal PercentOff, Fraction Share);

/// <summary>What some days of a cycle cost: the sum over its stretches, rounded once.</summary>
/// <remarks>
/// Wherever the quantity, the price or the trial changes, a new stretch begins, and pays by its own days: 10 seats at 5.00 for 14 of 30
/// days and 12 for 16 of 30 are 23.333... + 32 = 55.33. The products are added before they are divided by the cycle's days, so that all days of
/// a cycle at one price are that price exactly. Without proration the last stretch is charged whole, and it alone.
/// </remarks>
/// <param name="Days">From its first stretch's first day to its last one's last.</param>
/// <param name="Stretches">In the order of their days; those with nothing to charge are left out.</param>
/// <param name="IsPriced">Whether there is a price on each day that has a quantity.</param>
internal sealed record CycleCharge(Period Cycle, Period Days, IReadOnlyList<Stretch> Stretches, bool IsPriced)
{
    public Stretch Last => Stretches[^1];

    /// <summary>Whether all of it is in a free trial.</summary>
    public bool IsFree => Stretches.All(stretch => stretch.PercentOff == 100);

    public bool IsInTrial => Stretches.Any(stretch => stretch.PercentOff != 0);

    public Money Amount(Currency currency) =>
        Rounding.ToMoney(Stretches.Sum(stretch => stretch.Whole * (100 - stretch.PercentOff) * stretch.Share.Numerator) / 100 / Last.Share.Denominator, currency);

    /// <param name="own">A unit's own price for a cycle, for lines without prices.</param>
    /// <returns>Null where there is nothing to charge on any of the days.</returns>
    public static CycleCharge? Of(
        AgreementPart part, RecurringLine line, DueCycle due, Proration proration, in QuantityOverTime quantity, decimal? own = null, PriceEffects? effects = null)
    {
        var (stretches, isPriced) = (new List<Stretch>(), true);
        foreach (var days in Spans(line, due.Days, quantity))
        {
            if (quantity.On(days.Start) is not { } units)
            {
                continue;
            }

            if (Priced(part, line, due.Cycle, days, proration, units, own, effects) is not { } stretch)
            {
                isPriced = false;
            }
            else if (stretches.Count > 0 && Continues(stretches[^1], stretch))
            {
                var both = new Period(stretches[^1].Days.Start, days.End);
                stretches[^1] = stretch with { Days = both, Share = CycleProration.Of(proration, due.Cycle, both) };
            }
            else
            {
                stretches.Add(stretch);
            }
        }

        if (stretches.Count == 0)
        {
            return isPriced ? null : new CycleCharge(due.Cycle, due.Days, [], false);
        }

        var charged = new Period(stretches[0].Days.Start, stretches[^1].Days.End);
        return new CycleCharge(due.Cycle, charged, proration == Proration.None ? [stretches[^1]] : stretches, isPriced);
    }

    /// <summary>The days, from each change of what is paid to the next.</summary>
    private static IEnumerable<Period> Spans(RecurringLine line, Period days, in QuantityOverTime quantity)
    {
        // Most lines are of additions, of which nothing changes.
        if (line is { Prices.Count: 0, Uplift: null, Trial: null } && quantity.Steps.Count == 0)
        {
            return [days];
        }

        var starts = new SortedSet<DateOnly>(CyclePrices.Changes(line, days).Concat(quantity.Changes(days))) { days.Start };
        return starts.Zip(starts.Skip(1).Append(days.End), (start, end) => new Period(start, end));
    }

    private static Stretch? Priced(
        AgreementPart part, RecurringLine line, Period cycle, Period days, Proration proration, decimal units, decimal? own, PriceEffects? effects)
    {
        var (off, share) = (CyclePrices.PercentOff(line, days.Start), CycleProration.Of(proration, cycle, days));
        if (line.Pricing is { } model && effects?.Price is null)
        {
            var tiered = PriceModels.Price(model, units);
            var amount = CyclePrices.Raised(tiered.Amount, line.Uplift, DateOnly.MinValue, days.Start, part.Currency) * (effects?.Factor ?? 1);
            var each = units == 0 ? 0 : Rounding.ToPlaces(amount / units, UnitPlaces);
            return new Stretch(days, units, each, amount, Words(tiered, amount), off, share);
        }

        return CyclePrices.On(line, line.Pricing is null ? own : 0, days.Start, part.Currency) is not { } listed ? null
            : (effects?.On(listed) ?? listed) is var price ? new Stretch(days, units, price, units * price, null, off, share) : null;
    }

    // A price for each unit that tiers come to; for reading only, the amount is not made of it.
    private const int UnitPlaces = 6;

    private static string Words(TieredAmount tiered, decimal amount) => amount == tiered.Amount
        ? tiered.Words
        : $"{tiered.Words}, changed to {Figures.Quantity(amount)}";

    private static bool Continues(Stretch before, Stretch next) =>
        before.Days.End == next.Days.Start && before == next with { Days = before.Days, Share = before.Share };
}
