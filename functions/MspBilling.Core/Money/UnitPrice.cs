using System.Globalization;

namespace MspBilling.Core;

/// <summary>A price of one unit, with all its places: 0.000 000 4 USD per request is a price, though no one can pay it.</summary>
/// <remarks>A unit price is never rounded; the line that it gives is, once: 3 x 0.335 EUR = 1.005 EUR = 1.01 EUR.</remarks>
public readonly record struct UnitPrice(decimal Amount, Currency Currency)
{
    /// <summary>Quantity times price, rounded once.</summary>
    public Money Extend(decimal quantity) => Rounding.ToMoney(Amount * quantity, Currency);

    /// <summary>Quantity times price for a part of a period, rounded once; divided last, so that a full period is exact.</summary>
    public Money Extend(decimal quantity, Fraction share) => Rounding.ToMoney(share.Of(Amount * quantity), Currency);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");
}
