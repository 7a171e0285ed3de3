using System.Text.Json.Serialization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>A price each cycle: for the service as a whole, or for each unit, device, seat or licence.</summary>
public sealed record RecurringLine : AgreementLine
{
    public required RecurringQuantity Quantity { get; init; }

    /// <summary>What is counted, as printed: <c>seat</c>, <c>device</c>; null is the cycle's own name, such as <c>month</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Per unit and cycle, in the agreement's currency, dated without overlap. Empty takes the PSA's price: of the agreement's cycle, or of each addition's month.</summary>
    public IReadOnlyList<DatedPrice> Prices { get; init; } = [];

    /// <summary>Tiers by quantity, instead of <see cref="Prices"/>.</summary>
    public PriceModel? Pricing { get; init; }

    /// <summary>1, 3, 6 or 12.</summary>
    public int CycleMonths { get; init; } = 1;

    /// <summary>A day on which a cycle begins; in a month without that day, the cycle begins on its last. Null is the first of the month in which the agreement begins.</summary>
    public DateOnly? Anchor { get; init; }

    public BillingTiming Timing { get; init; } = BillingTiming.Arrears;

    public Proration Proration { get; init; } = Proration.ActualDays;

    public Trial? Trial { get; init; }

    public Uplift? Uplift { get; init; }
}

/// <summary>How many units a recurring line charges.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "of")]
[JsonDerivedType(typeof(FlatQuantity), "flat")]
[JsonDerivedType(typeof(AgreedQuantity), "agreed")]
[JsonDerivedType(typeof(DeviceQuantity), "devices")]
[JsonDerivedType(typeof(AdditionQuantity), "additions")]
[JsonDerivedType(typeof(CountQuantity), "counts")]
public abstract record RecurringQuantity;

/// <summary>One, for a fee.</summary>
public sealed record FlatQuantity : RecurringQuantity;

/// <summary>A quantity that the agreement states, which changes on dates.</summary>
/// <param name="Steps">Each holds from its day on, in order; before the first there is nothing to charge.</param>
public sealed record AgreedQuantity(IReadOnlyList<QuantityStep> Steps) : RecurringQuantity;

public sealed record QuantityStep(DateOnly From, decimal Quantity);

/// <summary>The devices that the line matches, counted on the last day of what is due of the cycle that lies in the billed period.</summary>
public sealed record DeviceQuantity : RecurringQuantity;

/// <summary>The PSA agreement's additions, each a line of its own over the days it is in force.</summary>
public sealed record AdditionQuantity : RecurringQuantity;

/// <summary>Counts that were captured as snapshots, brought to one figure.</summary>
/// <param name="Aggregation">Over what is due of the cycle.</param>
public sealed record CountQuantity(Aggregation Aggregation) : RecurringQuantity;

/// <param name="InForce">Half-open.</param>
public sealed record DatedPrice(decimal Price, Period InForce);

/// <summary>When a cycle is billed.</summary>
public enum BillingTiming
{
    /// <summary>In the period in which it ends, or in which the agreement or its version does.</summary>
    Arrears,

    /// <summary>In the period in which it begins, or in which the agreement or its version does; by its days where their end is known.</summary>
    Advance,
}

/// <summary>What a part of a cycle costs.</summary>
public enum Proration
{
    /// <summary>Its days over the cycle's, both half-open: 17 of 30.</summary>
    ActualDays,

    /// <summary>As if every month had 30 days: the 31st counts as the 30th, February's last day too.</summary>
    /// <remarks>As 30E/360 (ISDA) counts from a part's first day to the first day after it.</remarks>
    ThirtyDays,

    /// <summary>A cycle that is touched is charged whole, as on the last of its days that has something to charge.</summary>
    None,
}

/// <summary>Days at the start that cost less.</summary>
/// <param name="Until">The first day that costs the full price.</param>
/// <param name="PercentOff">100 for a free trial.</param>
public sealed record Trial(DateOnly Until, decimal PercentOff = 100);

/// <summary>A price that rises by a percentage each year.</summary>
/// <remarks>A dated price has the rises after its first day; tiers have them on the amount of the cycle.</remarks>
/// <param name="From">The first day of the first rise; each further one a year later.</param>
/// <param name="Percent">4 for 4 %, on the price before, which is rounded to the currency's minor unit each time, as a new price list would be.</param>
public sealed record Uplift(DateOnly From, decimal Percent);
