using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>A percentage or an amount off, before tax.</summary>
/// <remarks>
/// Discounts are taken in the order in which they stand, those of lines and services, then those of the agreement, then those of the invoice; each
/// off what the ones before it left. A percentage of lines or services is taken off each line and rounded there; one of the agreement or of the invoice, one by
/// volume, and an amount are reckoned on what their lines come to and spread over them in proportion, by largest remainder. A line comes to its charge
/// less what other lines write down of it or a deposit or retainer pays of it, and never falls below zero; a deposit is discounted when it is billed. Credits, write-downs,
/// drawn and covered lines are left as they are. Its window holds for each billing period that starts in it; in a period with two
/// versions those of the one that is in force first hold for all of it.
/// </remarks>
public sealed record DiscountLine : AgreementLine
{
    /// <summary>5 for 5 %; exactly one of percentage, amount and volume steps is given.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Per billing period, in the agreement's currency; at most what its lines come to.</summary>
    public decimal? Amount { get; init; }

    /// <summary>A percentage by what its lines come to; below the lowest step there is none.</summary>
    public IReadOnlyList<VolumeDiscount> ByVolume { get; init; } = [];

    public DiscountScope Scope { get; init; }

    /// <summary>Line ids for <see cref="DiscountScope.Lines"/>, services for <see cref="DiscountScope.Services"/>; else empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Days on which a billing period may start to get it, half-open.</summary>
    public Period InForce { get; init; } = new(DateOnly.MinValue, Period.NoEnd);

    /// <summary>Only the first billing periods of the agreement, the one in which it begins being the first; null for all.</summary>
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
