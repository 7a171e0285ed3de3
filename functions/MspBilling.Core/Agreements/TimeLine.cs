using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>Technicians' time at hourly rates.</summary>
/// <remarks>
/// In this order: a span is split at the calendar's boundaries, raised to the minimum and the increment, multiplied after hours or in
/// overtime (the higher factor, never both), drawn from retainers, priced, and written down to the caps.
/// </remarks>
public sealed record TimeLine : AgreementLine
{
    /// <summary>Hourly rates in the agreement's currency. An entry that none fits is priced by the rate card, and else held.</summary>
    public IReadOnlyList<TimeRate> Rates { get; init; } = [];

    /// <summary>Least hours that are charged; 0 for none.</summary>
    public decimal MinimumHours { get; init; }

    /// <summary>Steps in which hours are charged, above 0; null charges hours as worked.</summary>
    public decimal? IncrementHours { get; init; }

    /// <summary>What is raised to the minimum and the increment.</summary>
    public RoundingScope RoundedBy { get; init; }

    /// <summary>Times the rate outside the calendar's business hours on a day that has some, such as 1.5; null for no difference.</summary>
    public decimal? AfterHoursFactor { get; init; }

    /// <summary>Times the rate on a day without business hours; null for no difference, after hours neither.</summary>
    public decimal? WeekendFactor { get; init; }

    /// <summary>Times the rate on a holiday of the calendar, whatever its weekday and hour; null prices it as the weekday that it is.</summary>
    public decimal? HolidayFactor { get; init; }

    public Overtime? Overtime { get; init; }

    public Travel? Travel { get; init; }

    public IReadOnlyList<TimeCap> Caps { get; init; } = [];
}

/// <summary>What the minimum and the increment are applied to.</summary>
public enum RoundingScope
{
    Entry,

    /// <summary>All of one ticket's entries that start on one local day together, the extra on the last of them; entries without a ticket each by itself.</summary>
    TicketDay,
}

/// <summary>An hourly rate and what it is for. The most particular rate that fits prices an entry.</summary>
/// <remarks>
/// Precedence: phase, then person, then role, then work type, then one that names nothing, which is the agreement's. A rate that names two of them
/// fits only where both do, and ranks by the first. Of two that rank alike the one that begins later holds, and of two that begin together the one
/// that names more. The day that decides is the one on which the entry starts.
/// </remarks>
/// <param name="Price">Per hour, in the agreement's currency, above 0.</param>
/// <param name="InForce">Days it holds, half-open.</param>
public sealed record TimeRate(decimal Price, Period InForce, string? Phase = null, string? Person = null, string? Role = null, string? WorkType = null);

/// <summary>Hours of one technician above a threshold cost more. All worked hours of the agreement line count, travel and held time too.</summary>
/// <param name="DailyHours">Worked hours of a local day above which time is overtime; null for none.</param>
/// <param name="WeeklyHours">The same for a week from the calendar's first weekday; hours of the week before the period count too.</param>
/// <param name="Factor">Times the rate, such as 1.5.</param>
public sealed record Overtime(decimal? DailyHours, decimal? WeeklyHours, decimal Factor);

/// <summary>Time of these work types is travel, and priced so. Exactly one of the prices is given.</summary>
/// <remarks>Factors after hours and of overtime multiply travel only where it has a factor itself. A trip is not raised, and no hours are drawn for it.</remarks>
/// <param name="WorkTypes">Names of work types.</param>
/// <param name="Factor">Times the rate that the time would have.</param>
/// <param name="HourlyPrice">Per hour instead of the rate.</param>
/// <param name="PricePerTrip">Per entry, whatever its hours.</param>
/// <param name="IsIncluded">Travel is covered.</param>
public sealed record Travel(IReadOnlyList<string> WorkTypes, decimal? Factor = null, decimal? HourlyPrice = null, decimal? PricePerTrip = null, bool IsIncluded = false);

/// <summary>Not to exceed: what its time comes to above the cap is written down, and shown so.</summary>
/// <param name="Scope">What it is counted over.</param>
/// <param name="Amount">Before discounts, in the agreement's currency.</param>
/// <param name="Subject">The ticket or project that it is for, by id or name; null is each one.</param>
public sealed record TimeCap(CapScope Scope, decimal Amount, string? Subject = null);

/// <summary>What a cap is counted over. A ticket's and a project's go on from period to period.</summary>
public enum CapScope
{
    Ticket,
    Project,
    Month,
}
