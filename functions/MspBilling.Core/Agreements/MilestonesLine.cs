using System.Text.Json.Serialization;

namespace MspBilling.Core.Agreements;

/// <summary>Milestones of the client's projects, when they are completed, at the PSA's amounts or the agreement's.</summary>
public sealed record MilestonesLine : AgreementLine
{
    /// <summary>Projects that are priced here; the milestones of others have the amount that the PSA tells.</summary>
    public IReadOnlyList<ProjectPrice> Projects { get; init; } = [];
}

/// <summary>A project's price and how it is paid.</summary>
/// <remarks>What was billed of it is carried under the names given here: whoever renames an entry in a later version begins it anew.</remarks>
/// <param name="Project">The project's id or name.</param>
/// <param name="Price">In the agreement's currency; null where its milestones have amounts of their own.</param>
/// <param name="Deposit">Billed on <paramref name="DepositOn"/> and taken off the milestones that are completed from then on, the first first.</param>
/// <param name="Cap">Largest sum of its milestones, over all periods and before discounts and deposit; what is above is written down.</param>
/// <param name="Milestones">
/// Where all are percentages they make 100, and the one that is completed last takes the remainder. Empty without a price leaves the PSA's amounts, with
/// this deposit and cap.
/// </param>
public sealed record ProjectPrice(
    string Project, decimal? Price, decimal? Deposit, DateOnly? DepositOn, decimal? Cap, IReadOnlyList<MilestonePrice> Milestones)
{
    /// <summary>Whether its milestones cost what is agreed here, and not what the PSA tells.</summary>
    [JsonIgnore]
    public bool HasAmounts => Price is not null || Milestones.Count > 0;
}

/// <summary>Exactly one of amount and percentage is given.</summary>
/// <param name="Milestone">The milestone's id or name.</param>
/// <param name="Percent">Of the project's price.</param>
public sealed record MilestonePrice(string Milestone, decimal? Amount, decimal? Percent);
