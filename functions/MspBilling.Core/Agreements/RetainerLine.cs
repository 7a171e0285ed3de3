using System.Text.Json.Serialization;

namespace MspBilling.Core.Agreements;

/// <summary>Hours or money that are paid for already, and that time is drawn from before any is charged.</summary>
/// <remarks>
/// What is granted is a lot with an end; what ends first is drawn first, and of lots that end together the older. Time is drawn in the
/// order of its start, by an agreement's retainers in the order of their lines: those of hours before time is priced, those of money from
/// what is left after the caps. A grant of a cycle is never prorated. The fee for it is a recurring line, or the block's own price.
/// What is left when the agreement or the line ends is carried on, and can be drawn again if the line comes back.
/// </remarks>
public sealed record RetainerLine : AgreementLine
{
    /// <summary>A line that is measured otherwise from a version on begins anew; what was left in the old measure is carried on beside it.</summary>
    public RetainerMeasure Measure { get; init; }

    /// <summary>What its balance is carried as: hours and money are never one balance.</summary>
    [JsonIgnore]
    public string BalanceSubject => Measure == RetainerMeasure.Money ? "money" : "";

    /// <summary>Granted at the start of each cycle, in hours or in the agreement's currency; null with blocks alone, or with <see cref="IsUnlimited"/>. The cycle in which the line begins is granted whole.</summary>
    public decimal? Included { get; init; }

    /// <summary>Whether all time is covered, however much.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>Months in which <see cref="Included"/> is granted anew: 1, 3, 6 or 12.</summary>
    public int CycleMonths { get; init; } = 1;

    /// <summary>A day on which a cycle begins; null is the first of the month in which the agreement begins.</summary>
    public DateOnly? Anchor { get; init; }

    /// <summary>Cycles after its own in which an unused grant may still be drawn; 0 lets it end with its cycle.</summary>
    public int RollOverCycles { get; init; }

    /// <summary>Blocks that were sold by date.</summary>
    public IReadOnlyList<RetainerBlock> Blocks { get; init; } = [];

    /// <summary>Services whose time may be drawn from it; null is all of the agreement's time.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>How many hours of the retainer an hour of a work type takes; 1 where none is given. Hours only.</summary>
    public IReadOnlyList<WorkTypeWeight> Weights { get; init; } = [];

    /// <summary>Per hour beyond the retainer, instead of the time's own rate and its factors; of several retainers the last that the hour could be drawn from. Hours only.</summary>
    public decimal? OverageRate { get; init; }

    public TopUp? TopUp { get; init; }
}

/// <summary>What a retainer is measured in.</summary>
public enum RetainerMeasure
{
    Hours,

    /// <summary>In the agreement's currency.</summary>
    Money,
}

/// <summary>Hours or money that were sold once.</summary>
/// <remarks>
/// A block that only a later version lists counts from that version's first day, so that one written down late is billed and drawn nevertheless.
/// One from before the agreement is drawn from its first day, and is not billed by it.
/// </remarks>
/// <param name="PurchasedOn">The first day on which it may be drawn; it is billed in the period with this day.</param>
/// <param name="Quantity">Hours, or money in the agreement's currency.</param>
/// <param name="ExpiresOn">The first day on which it may be drawn no more; null never ends.</param>
/// <param name="Price">For the whole block; null where it was billed elsewhere.</param>
public sealed record RetainerBlock(DateOnly PurchasedOn, decimal Quantity, DateOnly? ExpiresOn = null, decimal? Price = null);

/// <param name="WorkType">Name of the work type.</param>
/// <param name="Weight">1.5 lets an hour take an hour and a half.</param>
public sealed record WorkTypeWeight(string WorkType, decimal Weight);

/// <summary>A block that is sold by itself when the balance at a period's end is low: at most one a period, and none where the line ends with it.</summary>
/// <param name="Below">A balance below this asks for it.</param>
/// <param name="Quantity">What is granted from the next period's first day.</param>
/// <param name="Price">For the whole block.</param>
/// <param name="ExpiresAfterMonths">Months after that day; null never ends.</param>
public sealed record TopUp(decimal Below, decimal Quantity, decimal Price, int? ExpiresAfterMonths = null);
