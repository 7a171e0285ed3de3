namespace MspBilling.Core;

/// <summary>The one place where an amount is rounded: half away from zero.</summary>
/// <remarks>2.345 EUR is 2.35 EUR and -2.345 EUR is -2.35 EUR, so that a credit undoes its charge to the cent.</remarks>
public static class Rounding
{
    /// <summary>Rounds an exact amount to what can be paid in the currency. A line is rounded once, here, and never again.</summary>
    public static Money ToMoney(decimal exact, Currency currency) =>
        new(decimal.Round(exact, currency.MinorUnits, MidpointRounding.AwayFromZero), currency);

    /// <summary>Rounds a quantity that is shown or shared out, half away from zero; never one that is priced.</summary>
    public static decimal ToPlaces(decimal quantity, int places) => decimal.Round(quantity, places, MidpointRounding.AwayFromZero);

    /// <summary>Raises a positive quantity to a whole number of increments: 0.30 h by 0.25 h is 0.50 h; 0.50 h stays.</summary>
    public static decimal UpToIncrement(decimal quantity, decimal increment)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(increment);
        return decimal.Ceiling(quantity / increment) * increment;
    }
}
