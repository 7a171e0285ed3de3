using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>What a client pays for a project before the work, and what is taken off its milestones for it.</summary>
/// <remarks>
/// Billed in the period with its day by the version of that day, and from then on a balance. Milestones draw it in the order of their completion, on that day or
/// after, each at most what it comes to after its cap: of a deposit of 3,000.00, milestones of 2,000.00 and 4,000.00 draw 2,000.00 and 1,000.00. What the
/// milestones do not use up stays a balance; it is never paid out by itself. A deposit whose day no billed period has is not billed, and nothing is drawn.
/// </remarks>
internal static class Deposits
{
    public static void Bill(AgreementPart part, MilestonesLine line, ProjectPrice project, RatingOutput output)
    {
        if (project is not { Deposit: { } agreed, DepositOn: { } day } || !part.InForce.Contains(day))
        {
            return;
        }

        var deposit = Rounding.ToMoney(agreed, part.Currency);
        var name = part.Case.Directory.Project(project.Project)?.Name ?? project.Project;
        output.Add(part, line, part.Line(
            line,
            $"deposit/{project.Project}",
            $"{name}: deposit",
            1,
            "deposit",
            new UnitPrice(deposit.Amount, part.Currency),
            deposit,
            part.Explain(
                nameof(Deposits),
                string.Create(CultureInfo.InvariantCulture, $"Deposit of {Figures.Of(deposit)}, due on {day:yyyy-MM-dd} and taken off the milestones as they are completed."),
                new ExplainedFigure("deposit", deposit.Amount, part.Currency.Code))) with
        { Kind = LineKind.Deposit });
        output.Carry(new Balance(KeyOf(part, line, project), [new Lot(day, Period.NoEnd, deposit.Amount, deposit.Amount)]));
    }

    /// <param name="due">What is left of the milestone after its cap.</param>
    public static void Draw(AgreementPart part, MilestonesLine line, ProjectPrice project, Milestone milestone, RatedLine charged, Money due, RatingOutput output)
    {
        if (output.Balance(KeyOf(part, line, project)) is not { Lots: [var lot] } balance || milestone.CompletedOn < lot.GrantedOn || due.Amount <= 0)
        {
            return;
        }

        var drawn = new Money(Math.Min(due.Amount, lot.Left), part.Currency);
        var left = lot with { Left = lot.Left - drawn.Amount };
        output.Carry(balance with { Lots = left.Left == 0 ? [] : [left] });
        output.Add(part, line, part.Line(
            line,
            charged.Item,
            $"{charged.Description}, from the deposit",
            1,
            charged.Unit,
            new UnitPrice(-drawn.Amount, part.Currency),
            -drawn,
            part.Explain(
                nameof(Deposits),
                $"Paid by the deposit: {Figures.Of(new Money(lot.Left, part.Currency))} - {Figures.Of(drawn)} = {Figures.Of(new Money(left.Left, part.Currency))} left.",
                [new("deposit", lot.Left, part.Currency.Code), new("drawn", drawn.Amount, part.Currency.Code), new("left", left.Left, part.Currency.Code)])) with
        { Kind = LineKind.Drawn });
    }

    private static CarriedKey KeyOf(AgreementPart part, MilestonesLine line, ProjectPrice project) => part.Key(line, $"deposit/{project.Project}");
}
