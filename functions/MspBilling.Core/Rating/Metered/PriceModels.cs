using System.Globalization;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <param name="Amount">Exact.</param>
/// <param name="Words">Its arithmetic, such as <c>10 x 5.00 + 2 x 4.00</c>.</param>
internal sealed record TieredAmount(decimal Amount, string Words);

internal static class PriceModels
{
    public static TieredAmount Price(PriceModel model, decimal quantity)
    {
        switch (model)
        {
            case PerUnitPrice { Price: var price }:
                return new TieredAmount(quantity * price, Words(quantity, price));
            case GraduatedPrice { Tiers: var tiers }:
                var (amount, below, words) = (0m, 0m, new List<string>());
                foreach (var tier in tiers)
                {
                    var units = Math.Min(quantity, tier.UpTo ?? quantity) - below;
                    if (units <= 0)
                    {
                        break;
                    }

                    amount += (units * tier.Price) + tier.Flat;
                    words.Add(Words(units, tier.Price));
                    below += units;
                }

                return new TieredAmount(amount, string.Join(" + ", words));
            default:
                throw new InvalidOperationException($"{model.GetType().Name} does not price a quantity.");
        }
    }

    private static string Words(decimal units, decimal price) => string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantity(units)} x {price:0.00########}");
}
