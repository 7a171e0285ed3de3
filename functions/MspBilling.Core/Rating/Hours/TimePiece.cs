using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>A part of an entry that has one rate: the whole of it, unless its span crosses a boundary of the calendar or of overtime.</summary>
/// <remarks>Pieces stand in the order of their start. An entry's pieces have its worked hours together, and its charged hours.</remarks>
internal record struct TimePiece
{
    /// <summary>As the custom rules have it classified.</summary>
    public TimeEntry Entry;

    /// <summary>That of <see cref="Rating.Matched"/>.</summary>
    public int Index;

    /// <summary>What custom rules make of its price; null for none.</summary>
    public PriceEffects? Effects;

    public TimeLine Line;

    /// <summary>Local day of the piece.</summary>
    public DateOnly Day;

    /// <summary>What its line calls the work by: the role, or the person whose rate it has, or the work type, after the phase whose rate it has; null for none of them.</summary>
    public string? Name;

    /// <summary>Captured hours of it.</summary>
    public decimal Worked;

    /// <summary>Whether they are all of the entry's.</summary>
    public bool IsWhole;

    /// <summary>Raised to the minimum and the increment; 0 where <see cref="IsTrip"/>, which no hours pay for.</summary>
    public decimal Charged;

    /// <summary>Per hour with the factor in it, or per trip where <see cref="IsTrip"/>; 0 where it has none and a retainer may cover it or price it.</summary>
    public decimal Rate;

    /// <summary>Whether it is charged once, whatever its hours.</summary>
    public bool IsTrip;

    /// <summary>What is particular about it, such as <c>after hours x 1.5</c>; null for the plain rate. One object for one text.</summary>
    public string? Label;

    /// <summary>Of the charged hours, those that a retainer pays for.</summary>
    public decimal CoveredHours;

    /// <summary>Of its amount, what is above the caps of its line.</summary>
    public decimal WrittenDown;

    /// <summary>Of what is not covered in hours, what a retainer of money pays for: its share of the rounded lines, in whole coins.</summary>
    public decimal CoveredAmount;

    /// <summary>Number of the line that bills it among those of <see cref="TimeLines"/>; below 0 for none.</summary>
    public int BilledBy;

    public readonly Matched Matched => new(Entry, Index, Effects);

    public readonly decimal BilledHours => Charged - CoveredHours;

    /// <summary>Exact, before the one rounding of its line.</summary>
    public readonly decimal Amount => IsTrip ? (BilledHours > 0 || Charged == 0 ? Rate : 0) : BilledHours * Rate;
}
