namespace MspBilling.Core.Agreements;

/// <summary>Milestones of the client's projects, when they are completed, at the PSA's amounts or the agreement's.</summary>
public sealed record MilestonesLine : AgreementLine
{
    /// <summary>Projects that are priced here; the milestones of others have the amount that the PSA tells.</summary>
    public IReadOnlyList<ProjectPrice> Projects { get; init; } = [];
}

/// <summary>A project's price and how it is paid.</summary>
/// <param name="Project">The project's id or name.</param>
/// <param name="Price">In the agreement's currency; null where its milestones have amounts of their own.</param>
/// <param name="Deposit">Billed on <paramref name="DepositOn"/> and taken off the milestones as they are completed, the first first.</param>
/// <param name="Cap">Largest sum of its milestones; what is above is written down.</param>
/// <param name="Milestones">In their order. Where they are percentages they make 100, and the one that is completed last takes the remainder.</param>
public sealed record ProjectPrice(
    string Project, decimal? Price, decimal? Deposit, DateOnly? DepositOn, decimal? Cap, IReadOnlyList<MilestonePrice> Milestones);

/// <summary>Exactly one of amount and percentage is given.</summary>
/// <param name="Milestone">The milestone's id or name.</param>
/// <param name="Percent">Of the project's price.</param>
public sealed record MilestonePrice(string Milestone, decimal? Amount, decimal? Percent);
