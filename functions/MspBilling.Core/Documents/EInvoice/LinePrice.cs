namespace MspBilling.Core.Documents.EInvoice;

/// <summary>Quantity and price of a line such that multiplying them gives the line, as EN 16931 and Peppol check it.</summary>
/// <remarks>
/// The price may not be negative (rule BR-27), so a line that takes off has a negative quantity: 1 x -40.00 is told as -1 x 40.00.
/// A line whose amount is more than quantity times price, because it was prorated, had a minimum or went through tiers, has its whole amount as the price of its whole
/// quantity: 2 seats at 20.00 for 17 of 30 days are 22.67, told as 2 seats at 22.67 per 2. The rounded 11.34 a seat would give 22.68, and rule
/// PEPPOL-EN16931-R120 allows two cents, which 300 seats use up.
/// </remarks>
/// <param name="Quantity">BT-129.</param>
/// <param name="Price">BT-146, of <paramref name="BaseQuantity"/> units.</param>
/// <param name="BaseQuantity">BT-149; null for a price of one unit.</param>
public sealed record LinePrice(decimal Quantity, UnitPrice Price, decimal? BaseQuantity = null)
{
    // What PEPPOL-EN16931-R120 lets a line be off; a yen that is rounded is more than that: 1.5 x 9,501 is 14,252, and not 14,251.5.
    private const decimal Slack = 0.02m;

    /// <param name="quantity">As printed.</param>
    /// <param name="price">As printed.</param>
    /// <param name="amount">What the line came to before its discount.</param>
    public static LinePrice Of(decimal quantity, UnitPrice price, Money amount)
    {
        if (price.Extend(quantity) == amount && decimal.Abs((price.Amount * quantity) - amount.Amount) <= Slack)
        {
            return price.Amount < 0 ? new LinePrice(-quantity, new UnitPrice(-price.Amount, price.Currency)) : new LinePrice(quantity, price);
        }

        var (whole, sign) = (new UnitPrice(decimal.Abs(amount.Amount), amount.Currency), amount.IsNegative ? -1 : 1);
        var units = decimal.Abs(quantity);
        return units is 0 or 1 ? new LinePrice(sign, whole) : new LinePrice(sign * units, whole, units);
    }
}
