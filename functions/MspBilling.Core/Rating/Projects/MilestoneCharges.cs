using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>A project's milestones, each billed in the period in which it is completed, at the PSA's amount or the agreement's.</summary>
/// <remarks>
/// In the order of their completion, of one day by their ids. A milestone of a project that the agreement prices has the amount of
/// <see cref="ProjectPrices"/>, any other the PSA's; without an amount it is held. Then custom rules change the amount, it is rounded once, written
/// down to the project's cap (<see cref="ProjectCaps"/>), and paid from its deposit (<see cref="Deposits"/>). 7,250.00 with a rule of x 0.9 under a
/// cap of 6,000.00 and a deposit of 1,000.00 is 6,525.00, then 525.00 written down, then 1,000.00 drawn: 5,000.00 to pay.
/// </remarks>
internal static class MilestoneCharges
{
    public static void Rate(AgreementPart part, MilestonesLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        foreach (var project in line.Projects)
        {
            Deposits.Bill(part, line, project, output);
        }

        // Stable: of one day they stay in the order of their ids.
        foreach (var matched in activities.OrderBy(matched => ((Milestone)matched.Activity).CompletedOn))
        {
            var milestone = (Milestone)matched.Activity;
            var project = ProjectPrices.Of(line, milestone, part.Case.Directory);
            var amount = project is { HasAmounts: true }
                ? ProjectPrices.AmountOf(part, line, project, milestone, output)
                : new MilestoneAmount(milestone.Amount, "", [], milestone.Amount is null ? Reason.MissingAmount : null);
            if (amount.Held is { } reason && (reason != Reason.MissingAmount || matched.Effects?.Price is null))
            {
                output.Held(matched, reason, milestone.Name, Worth.Of(milestone, part.Case));
                continue;
            }

            Charge(part, line, project, matched, amount, output);
        }
    }

    private static string NameOf(Milestone milestone, AgreementPart part) =>
        milestone.ProjectId is { } id ? part.Case.Directory.Project(id)?.Name ?? id : part.Agreement.Name;

    private static void Charge(AgreementPart part, MilestonesLine line, ProjectPrice? project, in Matched matched, MilestoneAmount amount, RatingOutput output)
    {
        var milestone = (Milestone)matched.Activity;
        var exact = new UnitPrice(amount.Exact ?? 0, part.Currency);
        var price = matched.Effects is { } effects ? exact with { Amount = effects.On(exact.Amount) } : exact;
        var charged = price.Extend(1);
        var rated = part.Line(
            line,
            milestone.Id.ExternalId,
            $"{line.Description ?? NameOf(milestone, part)}: {milestone.Name}",
            1,
            "milestone",
            price,
            charged,
            part.Explain(
                nameof(MilestoneCharges),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Completed on {milestone.CompletedOn:yyyy-MM-dd}{amount.Arithmetic}.{matched.Effects?.Arithmetic(exact)}{(milestone.PurchaseOrder is { } order ? $" Purchase order {order}." : "")}"),
                [.. amount.Figures, new("amount", charged.Amount, part.Currency.Code)])) with
        { Rules = matched.Effects?.Ids };
        output.Add(part, line, rated);

        var writtenDown = project is null ? Money.Zero(part.Currency) : ProjectCaps.WriteDown(part, line, project, rated, output);
        if (!charged.IsZero && writtenDown == charged)
        {
            output.Settle(matched.Index, new Disposition(milestone.Id, DispositionKind.WrittenOff, Reason.AboveCap, rated.Description, milestone.Captured, writtenDown));
        }
        else
        {
            output.Billed(matched, rated.Description);
        }

        if (project is not null)
        {
            Deposits.Draw(part, line, project, milestone, rated, charged - writtenDown, output);
        }
    }
}

/// <summary>What a milestone costs before custom rules, or why that is not known.</summary>
/// <param name="Arithmetic">How it comes about, to stand after the day of completion; empty for an amount that is simply agreed.</param>
internal readonly record struct MilestoneAmount(decimal? Exact, string Arithmetic, IReadOnlyList<ExplainedFigure> Figures, Reason? Held);
