using System.Text.Json.Serialization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>Metered use: cloud and marketplace charges, events of the usage API, counts.</summary>
/// <remarks>
/// <para>
/// In this order, over the whole period: aggregate, take off what is included, price, maximum, minimum. Tiers, included quantity and package
/// count for each group; maximum and minimum for the line. What is above a maximum is written down by a line of its own, and what a minimum asks
/// beyond the use is a true-up line.
/// </para>
/// <para>
/// A sum goes on over the versions of the agreement in a period: tiers, packages, included units and maximum do not begin anew. Any other aggregation is
/// priced by each version for its share of the period's days. Records of different units are groups of their own, unless <see cref="Unit"/> is given.
/// </para>
/// <para>
/// The provider's own tax (category <c>Tax</c>) is passed on as it is where cost is priced with or without a mark-up, and is covered by any other
/// price. Use below zero is a credit and is never cut off.
/// </para>
/// </remarks>
public sealed record UsageLine : AgreementLine
{
    public Aggregation Aggregation { get; init; }

    /// <summary>What gets an invoice line of its own.</summary>
    public UsageGrouping GroupBy { get; init; }

    public required PriceModel Pricing { get; init; }

    /// <summary>As printed; null is the records' own unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Free units of each group and period, whole also where the agreement covers a part of it; not for prices on cost.</summary>
    public decimal Included { get; init; }

    /// <summary>Least amount of a period, also without any use, by its days where the agreement covers a part of it; in the agreement's currency.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Largest amount of a period, whole also where the agreement covers a part of it; in the agreement's currency.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Costs in another currency at these rates; a cost that none covers is held. Empty converts nothing.</summary>
    public IReadOnlyList<ConversionRate> Conversions { get; init; } = [];

    /// <summary>Whether use that turns out lower than was invoiced is credited; else it is held for a person to look at.</summary>
    public bool CreditsLowerUse { get; init; }
}

/// <summary>How the records of a period become one quantity.</summary>
public enum Aggregation
{
    Sum,
    Max,

    /// <summary>Mean of the days' largest values over the days that have one.</summary>
    Average,

    /// <summary>The latest; of those at the same time, the largest.</summary>
    Last,

    /// <summary>How many different subjects there are; a record without one is held.</summary>
    Unique,

    /// <summary>A day's largest value holds until a later day has one; days before the first count 0. Mean over all days of the period.</summary>
    TimeWeighted,
}

/// <summary>What gets an invoice line of its own.</summary>
public enum UsageGrouping
{
    /// <summary>Provider and service.</summary>
    Service,
    Sku,
    Account,

    /// <summary>All of it together.</summary>
    None,
}

/// <param name="Currency">Of the cost.</param>
/// <param name="Rate">How much of the agreement's currency one unit of it is.</param>
/// <param name="InForce">Days of use that it holds for, half-open.</param>
public sealed record ConversionRate(Currency Currency, decimal Rate, Period InForce);

/// <summary>How a quantity, or a cost, becomes an amount.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "model")]
[JsonDerivedType(typeof(PerUnitPrice), "perUnit")]
[JsonDerivedType(typeof(GraduatedPrice), "graduated")]
[JsonDerivedType(typeof(VolumePrice), "volume")]
[JsonDerivedType(typeof(PackagePrice), "package")]
[JsonDerivedType(typeof(CostMarkup), "markup")]
[JsonDerivedType(typeof(TieredMarkup), "tieredMarkup")]
[JsonDerivedType(typeof(PercentageOfCost), "percentage")]
[JsonDerivedType(typeof(PassThrough), "passThrough")]
public abstract record PriceModel
{
    /// <summary>Whether it prices what use costs, and not how much it is.</summary>
    [JsonIgnore]
    public bool IsOfCost => this is CostMarkup or TieredMarkup or PercentageOfCost or PassThrough;
}

/// <param name="Price">Per unit, all places kept.</param>
public sealed record PerUnitPrice(decimal Price) : PriceModel;

/// <summary>Each unit at the price of the tier that it falls in.</summary>
public sealed record GraduatedPrice(IReadOnlyList<Tier> Tiers) : PriceModel;

/// <summary>All units at the price of the tier that the total falls in. A total just above a boundary can cost less than one below it.</summary>
public sealed record VolumePrice(IReadOnlyList<Tier> Tiers) : PriceModel;

/// <summary>Whole packages: what is begun is charged, by a fraction of a unit too. 101 units in packages of 100 are two, 100.01 as well.</summary>
public sealed record PackagePrice(decimal Size, decimal Price) : PriceModel;

/// <summary>Cost and a percentage of it, and an amount for each unit: 15 turns 100.00 into 115.00.</summary>
public sealed record CostMarkup(decimal Percent, decimal PerUnit = 0) : PriceModel;

/// <summary>Cost and a percentage that falls or rises with it, by the tier that each part of the cost falls in.</summary>
/// <param name="Tiers">Their prices are percentages.</param>
public sealed record TieredMarkup(IReadOnlyList<Tier> Tiers) : PriceModel;

/// <summary>A percentage of the cost alone, such as a management fee of 8 % of what the client pays the cloud itself.</summary>
public sealed record PercentageOfCost(decimal Percent) : PriceModel;

/// <summary>The cost as it is.</summary>
public sealed record PassThrough : PriceModel;

/// <summary>Units above the tier before, up to and with <see cref="UpTo"/>.</summary>
/// <remarks>
/// A fractional quantity on a boundary is of the tier below it: of 100.5 units with a tier up to 100, 100 are in it and 0.5 in the next. A quantity or cost below
/// zero is in the first tier.
/// </remarks>
/// <param name="UpTo">The last tier's is null: it has no end.</param>
/// <param name="Price">Per unit.</param>
/// <param name="Flat">Once, when the tier is entered; the first tier's at any quantity, 0 and less too. A group without records has none, but for a line that is not grouped.</param>
public sealed record Tier(decimal? UpTo, decimal Price, decimal Flat = 0);
