using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>What a period leaves to the next: carried exactly, and part of the bill.</summary>
/// <param name="Balances">Of retainers and deposits, by agreement, line and subject.</param>
/// <param name="Totals">Sums that go on, such as what a ticket's time came to under its cap.</param>
public sealed record CarriedState(IReadOnlyList<Balance> Balances, IReadOnlyList<RunningTotal> Totals)
{
    public static CarriedState None { get; } = new([], []);

    /// <summary>Counts of a cycle that a later period bills.</summary>
    public IReadOnlyList<CarriedReading> Readings { get; init; } = [];
}

/// <summary>Whose a balance or a sum is.</summary>
/// <param name="LineId">The agreement line's.</param>
/// <param name="Subject">What of the line, such as <c>ticket/4711</c>; empty for the line itself.</param>
public readonly record struct CarriedKey(string AgreementId, string LineId, string Subject)
{
    internal static int Compare(CarriedKey left, CarriedKey right) =>
        string.CompareOrdinal(left.AgreementId, right.AgreementId) is not 0 and var byAgreement ? byAgreement
        : string.CompareOrdinal(left.LineId, right.LineId) is not 0 and var byLine ? byLine
        : string.CompareOrdinal(left.Subject, right.Subject);
}

/// <summary>What was granted and how much of it is left.</summary>
/// <param name="Lots">In the order in which they are drawn; those that are used up or ended are left out.</param>
public sealed record Balance(CarriedKey Key, IReadOnlyList<Lot> Lots)
{
    /// <summary>Grants that fall before this day have been made, whether or not anything is left of them; null where the line grants nothing by date.</summary>
    public DateOnly? GrantedTo { get; init; }

    public decimal Left => Lots.Sum(lot => lot.Left);
}

/// <param name="GrantedOn">The first day on which it may be drawn.</param>
/// <param name="EndsOn">The first day on which it may be drawn no more; <see cref="Period.NoEnd"/> never ends.</param>
/// <param name="Granted">Hours or money, as its line measures.</param>
/// <param name="Left">Of it.</param>
public sealed record Lot(DateOnly GrantedOn, DateOnly EndsOn, decimal Granted, decimal Left);

/// <param name="Key">Its subject is the SKU, or empty where the line brings all its counts to one figure.</param>
/// <param name="Subject">Whom or what it is of; null where the source tells none.</param>
/// <param name="Description">Of what is counted.</param>
public sealed record CarriedReading(CarriedKey Key, DateOnly Day, decimal Quantity, string? Subject, string Description);

/// <param name="Until">The first day on which it is of no more use; <see cref="Period.NoEnd"/> goes on.</param>
public sealed record RunningTotal(CarriedKey Key, decimal Amount, DateOnly Until);
