using System.Globalization;
using System.Text;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <param name="Amount">Exact: it is rounded with the line, once.</param>
/// <param name="Words">The arithmetic of it, such as <c>100 x 0.10 + 50.5 x 0.08</c>.</param>
internal readonly record struct TieredAmount(decimal Amount, string Words);

/// <summary>What a quantity or a cost comes to under a price model, exactly; whoever makes a line of it rounds it.</summary>
/// <remarks>
/// <para>150.5 units, with tiers of 0.10 up to 100 and of 0.08 beyond:</para>
/// <list type="bullet">
/// <item>per unit at 0.10: 150.5 x 0.10 = 15.05</item>
/// <item>graduated: 100 x 0.10 + 50.5 x 0.08 = 14.04; exactly 100 units are all in the first tier</item>
/// <item>volume: 150.5 x 0.08 = 12.04; 101 units are 8.08 where 100 are 10.00, because a total can fall just above a boundary</item>
/// <item>package of 100 at 9.00: 2 packages, because what is begun is charged: 18.00</item>
/// <item>mark-up of 15 % and 0.01 a unit on a cost of 200.00: 230.00 + 1.505</item>
/// <item>tiered mark-up of 20 % up to 100.00 and 10 % beyond, on 150.00: 120.00 + 55.00</item>
/// <item>percentage of 8 on a cost of 200.00: 16.00; pass-through: 200.00</item>
/// </list>
/// <para>
/// A tier's flat amount is added once, when the tier is entered: the first tier's at any quantity, 0 and less with it. The last tier has no end, even where it
/// states one. Nothing is cut off at zero: a credit is priced in the first tier, packages are given back whole as they were charged, and the
/// mark-up on a credit is given back with it, so that a credit undoes its charge.
/// </para>
/// </remarks>
internal static class PriceModels
{
    /// <param name="currency">Of the prices, for the places that they are printed with; null prints two.</param>
    /// <exception cref="ArgumentException">The model prices a cost.</exception>
    public static TieredAmount Price(PriceModel model, decimal quantity, Currency? currency = null) => model switch
    {
        PerUnitPrice unit => new TieredAmount(quantity * unit.Price, $"{Figures.Quantity(quantity)} x {Printed(unit.Price, currency)}"),
        GraduatedPrice { Tiers: var tiers } => new TieredAmount(Graduated(tiers, quantity), GraduatedWords(tiers, quantity, currency)),
        VolumePrice { Tiers: var tiers } => Volume(TierOf(tiers, quantity), quantity, currency),
        PackagePrice package => Packages(package, quantity, currency),
        _ => throw new ArgumentException($"{model.GetType().Name} prices a cost and not a quantity.", nameof(model)),
    };

    /// <param name="quantity">For an amount on each unit.</param>
    /// <exception cref="ArgumentException">The model prices a quantity.</exception>
    public static decimal OfCost(PriceModel model, decimal cost, decimal quantity) => model switch
    {
        CostMarkup markup => (cost * (100 + markup.Percent) / 100) + (quantity * markup.PerUnit),
        TieredMarkup { Tiers: var tiers } => Graduated([.. tiers.Select(tier => tier with { Price = (100 + tier.Price) / 100 })], cost),
        PercentageOfCost { Percent: var percent } => cost * percent / 100,
        PassThrough => cost,
        _ => throw new ArgumentException($"{model.GetType().Name} prices a quantity and not a cost.", nameof(model)),
    };

    /// <summary>The model with each of its prices times a factor; those of cost stay, because their result is multiplied.</summary>
    public static PriceModel Times(PriceModel model, decimal factor) => factor == 1 ? model : model switch
    {
        PerUnitPrice unit => new PerUnitPrice(unit.Price * factor),
        GraduatedPrice { Tiers: var tiers } => new GraduatedPrice(Times(tiers, factor)),
        VolumePrice { Tiers: var tiers } => new VolumePrice(Times(tiers, factor)),
        PackagePrice package => package with { Price = package.Price * factor },
        _ => model,
    };

    /// <summary>The tier that a total falls in: the first that it is not above.</summary>
    public static Tier TierOf(IReadOnlyList<Tier> tiers, decimal quantity)
    {
        for (var i = 0; i < tiers.Count - 1; i++)
        {
            if (tiers[i].UpTo is not { } upTo || quantity <= upTo)
            {
                return tiers[i];
            }
        }

        return tiers[^1];
    }

    /// <summary>How many packages are begun; as many are given back for a credit of as many units.</summary>
    public static decimal Count(PackagePrice package, decimal quantity)
    {
        // By the remainder, because a quotient's last place may round up to a whole number.
        var rest = quantity % package.Size;
        return ((quantity - rest) / package.Size) + (rest == 0 ? 0 : decimal.Sign(rest));
    }

    private static IReadOnlyList<Tier> Times(IReadOnlyList<Tier> tiers, decimal factor) =>
        [.. tiers.Select(tier => tier with { Price = tier.Price * factor, Flat = tier.Flat * factor })];

    private static decimal Graduated(IReadOnlyList<Tier> tiers, decimal quantity)
    {
        var (amount, from) = (0m, 0m);
        for (var i = 0; i < tiers.Count && (i == 0 || quantity > from); i++)
        {
            var to = EndOf(tiers, i, quantity);
            amount += ((to - from) * tiers[i].Price) + tiers[i].Flat;
            from = to;
        }

        return amount;
    }

    private static string GraduatedWords(IReadOnlyList<Tier> tiers, decimal quantity, Currency? currency)
    {
        var words = new StringBuilder();
        var from = 0m;
        for (var i = 0; i < tiers.Count && (i == 0 || quantity > from); i++)
        {
            var to = EndOf(tiers, i, quantity);
            words.Append(i == 0 ? "" : " + ").Append(Figures.Quantity(to - from)).Append(" x ").Append(Printed(tiers[i].Price, currency)).Append(FlatWords(tiers[i], currency));
            from = to;
        }

        return words.ToString();
    }

    private static decimal EndOf(IReadOnlyList<Tier> tiers, int index, decimal quantity) =>
        index < tiers.Count - 1 && tiers[index].UpTo is { } upTo && upTo < quantity ? upTo : quantity;

    private static TieredAmount Volume(Tier tier, decimal quantity, Currency? currency) =>
        new((quantity * tier.Price) + tier.Flat, $"{Figures.Quantity(quantity)} x {Printed(tier.Price, currency)}{FlatWords(tier, currency)}");

    private static TieredAmount Packages(PackagePrice package, decimal quantity, Currency? currency)
    {
        var count = Count(package, quantity);
        return new TieredAmount(
            count * package.Price,
            $"{Figures.Quantity(count)} {(count == 1 ? "package" : "packages")} of {Figures.Quantity(package.Size)} x {Printed(package.Price, currency)}");
    }

    private static string FlatWords(Tier tier, Currency? currency) => tier.Flat == 0 ? "" : $" + {Printed(tier.Flat, currency)} flat";

    private static string Printed(decimal price, Currency? currency) =>
        currency is { } known ? Figures.Of(new UnitPrice(price, known)) : price.ToString("#,##0.00########", CultureInfo.InvariantCulture);
}
