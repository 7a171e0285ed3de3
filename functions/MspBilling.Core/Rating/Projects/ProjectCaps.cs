using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>The largest sum of a project's milestones: what is above is written down, on a line of its own beside the milestone.</summary>
/// <remarks>
/// Counted from period to period over what was charged after write-downs and before discounts and deposits: under a cap of 10,000.00, of which 8,000.00 was
/// billed, a milestone of 3,000.00 is written down by 1,000.00. A credit gives room again.
/// </remarks>
internal static class ProjectCaps
{
    /// <returns>What is written down; zero for nothing.</returns>
    public static Money WriteDown(AgreementPart part, MilestonesLine line, ProjectPrice project, RatedLine milestone, RatingOutput output)
    {
        var key = part.Key(line, $"cap/{project.Project}");
        var before = output.Total(key);
        var charged = milestone.Amount;
        var above = Money.Zero(part.Currency);
        if (project.Cap is { } agreed)
        {
            var cap = Rounding.ToMoney(agreed, part.Currency);
            above = new Money(Math.Clamp(before + charged.Amount - cap.Amount, 0, Math.Max(charged.Amount, 0)), part.Currency);
            if (!above.IsZero)
            {
                output.Add(part, line, Line(part, line, milestone, new Money(before, part.Currency), cap, above));
            }
        }

        output.Carry(new RunningTotal(key, before + charged.Amount - above.Amount, Period.NoEnd));
        return above;
    }

    private static RatedLine Line(AgreementPart part, MilestonesLine line, RatedLine milestone, Money before, Money cap, Money above) => part.Line(
        line,
        milestone.Item,
        $"{milestone.Description}, above the project's limit",
        1,
        milestone.Unit,
        new UnitPrice(-above.Amount, part.Currency),
        -above,
        part.Explain(
            nameof(ProjectCaps),
            $"Not to exceed {Figures.Of(cap)}: {Figures.Of(before)} billed before + {Figures.Of(milestone.Amount)} - {Figures.Of(cap)} = {Figures.Of(before + milestone.Amount - cap)} above{(before + milestone.Amount - cap == above ? "" : $", of which {Figures.Of(above)} is of this milestone")}.",
            [new("cap", cap.Amount, cap.Currency.Code), new("billedBefore", before.Amount, cap.Currency.Code), new("amount", milestone.Amount.Amount, cap.Currency.Code), new("writtenDown", above.Amount, cap.Currency.Code)])) with
    { Kind = LineKind.WriteDown, Rules = milestone.Rules };
}
