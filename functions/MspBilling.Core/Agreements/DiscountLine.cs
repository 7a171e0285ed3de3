using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>A percentage or an amount off, before tax.</summary>
/// <remarks>
/// Discounts are taken in the order in which they stand, those of lines and services, then those of the agreement, then those of the invoice; each
/// off what the ones before it left. An amount is spread over its lines in proportion to what they come to, by largest remainder. No line
/// falls below zero; credits and write-downs are left as they are. Its window holds for each billing period that starts in it.
/// </remarks>
public sealed record DiscountLine : AgreementLine
{
    /// <summary>5 for 5 %; exactly one of percentage, amount and volume steps is given.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Per billing period, in the agreement's currency; at most what its lines come to.</summary>
    public decimal? Amount { get; init; }

    /// <summary>A percentage by what its lines come to.</summary>
    public IReadOnlyList<VolumeDiscount> ByVolume { get; init; } = [];

    public DiscountScope Scope { get; init; }

    /// <summary>Line ids for <see cref="DiscountScope.Lines"/>, services for <see cref="DiscountScope.Services"/>; else empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Days on which a billing period may start to get it, half-open.</summary>
    public Period InForce { get; init; } = new(DateOnly.MinValue, Period.NoEnd);

    /// <summary>Only the first billing periods of the agreement; null for all.</summary>
    public int? FirstPeriods { get; init; }
}

/// <summary>What a discount is taken off.</summary>
public enum DiscountScope
{
    Lines,
    Services,
    Agreement,

    /// <summary>All lines of the client's invoice in the agreement's currency.</summary>
    Invoice,
}

/// <param name="From">What the lines come to at least, before this discount.</param>
/// <param name="Percent">Off all of it.</param>
public sealed record VolumeDiscount(decimal From, decimal Percent);
