namespace MspBilling.Core.Agreements;

/// <summary>Conditions on an activity. It matches when each condition that is given holds; a list holds when one of its entries does.</summary>
/// <remarks>
/// Texts are compared without regard to case; <c>*</c> at an end stands for anything there: <c>MS-*</c>. An activity without the
/// attribute does not match a condition on it. Weekday and time of day are those of the client's time zone.
/// </remarks>
public sealed record ActivityMatch
{
    public IReadOnlyList<ActivityKind>? Kinds { get; init; }

    /// <summary>Client ids or names; for rules of the settings, which hold for all clients.</summary>
    public IReadOnlyList<string>? Clients { get; init; }

    /// <summary>Names or ids of technicians.</summary>
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>Names or ids of work roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<string>? WorkTypes { get; init; }

    /// <summary>The ticket's board or queue.</summary>
    public IReadOnlyList<string>? Boards { get; init; }

    /// <summary>Names or ids of projects.</summary>
    public IReadOnlyList<string>? Projects { get; init; }

    public IReadOnlyList<string>? Phases { get; init; }

    /// <summary>SKU of an addition, a usage record, an expense or a count.</summary>
    public IReadOnlyList<string>? Skus { get; init; }

    public IReadOnlyList<string>? DeviceTypes { get; init; }

    /// <summary>The cloud's provider, such as <c>Microsoft</c>.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>The provider's service, such as <c>Virtual Machines</c>.</summary>
    public IReadOnlyList<string>? CloudServices { get; init; }

    /// <summary>Names or ids of the cloud's accounts.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>FOCUS charge categories: Usage, Purchase, Tax, Credit, Adjustment.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary><c>key</c> or <c>key=value</c>.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<DayOfWeek>? Weekdays { get; init; }

    /// <summary>Start of time in <c>[From, To)</c>; a <c>To</c> not after <c>From</c> is of the next day.</summary>
    public TimeOfDay? TimeOfDay { get; init; }
}

/// <summary>A span of the day, half-open; 18:00 to 08:00 goes over midnight.</summary>
public sealed record TimeOfDay(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => From < To ? time >= From && time < To : time >= From || time < To;
}

/// <summary>The kinds of captured facts that a line or a rule can speak of.</summary>
public enum ActivityKind
{
    Time,
    Expense,
    Milestone,
    Addition,
    Usage,
    Device,
    Count,
}
