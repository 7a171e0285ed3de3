using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>What each row of the detail behind a line comes to of the line's net amount, by its quantity.</summary>
/// <remarks>
/// 100.00 for 3 h that are rows of 2 h and 1 h is 66.67 and 33.33; the cents go as in every split. Known only where the rows are what the line charges:
/// all in its unit and none negative, adding up to its quantity. Behind a fee for 1 month, or above included units, they are not.
/// </remarks>
public static class DetailShares
{
    /// <returns>One amount a row, adding up to the line's net; null where it is not known.</returns>
    public static IReadOnlyList<Money>? Of(RatedLine line)
    {
        var quantities = line.Details.Select(detail => detail.Quantity).ToList();
        return quantities.Sum() is var sum && sum == line.Quantity && sum > 0 && quantities.All(quantity => quantity >= 0) && line.Details.All(detail => detail.Unit == line.Unit)
            ? Split.ByWeight(line.Net, quantities)
            : null;
    }
}
