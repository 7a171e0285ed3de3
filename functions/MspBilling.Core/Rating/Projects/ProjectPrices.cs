using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>What a milestone costs of a project that the agreement prices: an amount, or a percentage of the project's price.</summary>
/// <remarks>
/// A percentage is rounded once and is never more than what is left of the price. Where all milestones of the list are percentages, the one that is
/// completed when all others are billed takes what is left, so that together they are the price to the cent, over however many periods: 1,000.00 at
/// 33.33 %, 33.33 % and 33.34 % is 333.30, then 333.30, then 333.40; at three times 33.333 333 % it is 333.33, 333.33 and 333.34. What was billed, and which
/// milestones were, is carried under the names in the list, before custom rules. A milestone that the list does not name, or of which one was
/// billed already, is held; released, the one is billed at its own amount and the other at the list's.
/// </remarks>
internal static class ProjectPrices
{
    /// <summary>The entry of the project; by id before by name.</summary>
    public static ProjectPrice? Of(MilestonesLine line, Milestone milestone, ClientDirectory directory)
    {
        if (line.Projects.Count == 0)
        {
            return null;
        }

        var name = milestone.ProjectId is { } id ? directory.Project(id)?.Name : null;
        return line.Projects.FirstOrDefault(project => Same(project.Project, milestone.ProjectId)) ?? line.Projects.FirstOrDefault(project => Same(project.Project, name));
    }

    public static MilestoneAmount AmountOf(AgreementPart part, MilestonesLine line, ProjectPrice project, Milestone milestone, RatingOutput output)
    {
        var listed = project.Milestones.FirstOrDefault(entry => Same(entry.Milestone, milestone.Id.ExternalId))
            ?? project.Milestones.FirstOrDefault(entry => Same(entry.Milestone, milestone.Name));
        if (listed is null)
        {
            return part.Case.Decisions?.Release(milestone.Id, Reason.UnlistedMilestone) is null ? Held(Reason.UnlistedMilestone)
                : milestone.Amount is null ? Held(Reason.MissingAmount)
                : new MilestoneAmount(milestone.Amount, "", [], null);
        }

        if (IsBilled(listed) && part.Case.Decisions?.Release(milestone.Id, Reason.MilestoneTwice) is null)
        {
            return Held(Reason.MilestoneTwice);
        }

        var sum = part.Key(line, $"price/{project.Project}");
        var before = output.Total(sum);
        var amount = listed.Amount is { } agreed ? new MilestoneAmount(agreed, "", [], null)
            : listed.Percent is { } percent && project.Price is { } price ? Share(percent, Rounding.ToMoney(price, part.Currency))
            : Held(Reason.MissingAmount);
        if (amount.Exact is { } exact)
        {
            output.Carry(new RunningTotal(sum, before + Rounding.ToMoney(exact, part.Currency).Amount, Period.NoEnd));
            output.Carry(new RunningTotal(KeyOf(listed), 1, Period.NoEnd));
        }

        return amount;

        CarriedKey KeyOf(MilestonePrice entry) => part.Key(line, $"milestone/{project.Project}/{entry.Milestone}");
        bool IsBilled(MilestonePrice entry) => output.Total(KeyOf(entry)) != 0;

        MilestoneAmount Share(decimal percent, Money price)
        {
            var left = new Money(price.Amount - before, part.Currency);
            var isLast = project.Milestones.All(entry => entry.Percent is not null && (entry == listed || IsBilled(entry)));
            ExplainedFigure whole = new("projectPrice", price.Amount, part.Currency.Code);
            if (isLast && (project.Milestones.Count > 1 || before != 0))
            {
                return new MilestoneAmount(
                    left.Amount, $", the last of the project: {Figures.Of(price)} - {Figures.Of(new Money(before, part.Currency))} billed before = {Figures.Of(left)}", [whole, new("billedBefore", before, part.Currency.Code)], null);
            }

            var share = price.Percent(percent);
            var taken = share > left ? (left.IsNegative ? Money.Zero(part.Currency) : left) : share;
            return new MilestoneAmount(
                taken.Amount,
                $": {Figures.Quantity(percent)} % of {Figures.Of(price)} = {Figures.Of(share)}{(taken == share ? "" : $", of which {Figures.Of(taken)} is left of the price")}",
                [new("percent", percent, "%"), whole],
                null);
        }
    }

    private static MilestoneAmount Held(Reason reason) => new(null, "", [], reason);

    private static bool Same(string wanted, string? value) => string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);
}
