using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Time of a work type that is travel: at a factor of its rate, at a price of its own by the hour or by the trip, or included.</summary>
/// <remarks>
/// 1.00 h at 95.00 is 47.50 at a factor of 0.5, 60.00 at 60.00 an hour, 45.00 at 45.00 a trip whatever its hours, and covered where
/// travel is included. By the hour it is raised to the minimum and the increment like other time; a trip and included travel are not.
/// </remarks>
internal static class TravelTime
{
    /// <summary>What the lines of travel with a price of its own are called.</summary>
    public const string Name = "Travel";

    public static bool Is(TimeEntry entry, TimeLine line)
    {
        if (line.Travel is null || entry.WorkType is null)
        {
            return false;
        }

        var workTypes = line.Travel.WorkTypes;
        for (var i = 0; i < workTypes.Count; i++)
        {
            if (string.Equals(workTypes[i], entry.WorkType, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Shows the included travel of a line at nothing.</summary>
    public static void AddIncluded(AgreementPart part, TimeLine line, List<Matched> included, RatingOutput output)
    {
        var hours = included.Sum(matched => matched.Activity.Captured.Hours);
        var explanation = part.Explain(nameof(TravelTime), $"{Figures.Hours(hours)} h of travel are included in {part.Agreement.Name}.", new ExplainedFigure("hours", hours, "h"));
        var rows = included.Select(matched => (TimeEntry)matched.Activity).Select(entry => new TimeRow(entry, part.Client.LocalDate(entry.Start), entry.Hours, null));
        var shown = part.Line(line, Name + ", included", "Travel, included", hours, "h", new UnitPrice(0, part.Currency), Money.Zero(part.Currency), explanation, new TimeDetails([.. rows], "h"));
        output.Add(part, line, shown with { Kind = LineKind.Covered });
    }
}
