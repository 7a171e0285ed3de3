using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>A project's milestone, billed in the period in which it is completed; without an amount it is held.</summary>
internal static class MilestoneOnCompletion
{
    public static RatedPeriod Rate(AgreementPeriod part)
    {
        var lines = new List<RatedLine>();
        var dispositions = new List<Disposition>();
        foreach (var milestone in part.Of<Milestone>())
        {
            if (milestone.Amount is not { } amount)
            {
                dispositions.Add(Disposition.Held(milestone, Reason.MissingAmount, milestone.Name));
                continue;
            }

            var project = part.Case.Directory.Project(milestone.ProjectId)?.Name ?? milestone.ProjectId;
            var price = new UnitPrice(amount, part.Agreement.Currency);
            var explanation = new Explanation(
                nameof(MilestoneOnCompletion),
                string.Create(CultureInfo.InvariantCulture, $"Completed on {milestone.CompletedOn:yyyy-MM-dd}.{(milestone.PurchaseOrder is { } po ? $" Purchase order {po}." : "")}"));
            lines.Add(part.Line(part.Agreement.Line<MilestonesLine>()!.Service, $"{project}: {milestone.Name}", 1, "milestone", price, price.Extend(1), explanation));
            dispositions.Add(Disposition.Billed(milestone));
        }

        return new RatedPeriod(lines, dispositions);
    }
}
