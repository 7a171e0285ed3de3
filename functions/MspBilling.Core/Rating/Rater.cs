using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Prices one client's period: a pure function from the case to lines, dispositions and what is carried on.</summary>
/// <remarks>
/// In this order: what is not billed whatever the agreement says (<see cref="Triage"/>), the MSP's exceptions (<see cref="CustomRules"/>), which line of
/// which agreement prices the rest (<see cref="AgreementMatch"/>), each agreement's lines, the limits of custom rules (<see cref="RuleCaps"/>), the
/// discounts (<see cref="Discounts"/>). The same case gives the same result whatever order its activities come in.
/// </remarks>
public static class Rater
{
    public static RatedPeriod Rate(RatingCase @case)
    {
        // An array is taken as it is; nothing here writes to it.
        var activities = @case.Activities as Activity[] ?? [.. @case.Activities];
        return Rate(@case, activities) ?? Rate(@case, ActivityOrder.Sorted(activities))!;
    }

    /// <returns>Null where the activities are not in their order.</returns>
    private static RatedPeriod? Rate(RatingCase @case, Activity[] activities)
    {
        var output = new RatingOutput(@case, activities);
        var parts = Parts(@case);
        using var matched = MatchedActivities.Of(activities, parts, @case, output);
        if (matched is null)
        {
            return null;
        }

        foreach (var part in parts)
        {
            Rate(part, matched, output);
        }

        var lines = output.Lines();
        lines = RuleCaps.WriteDown(parts, lines);
        lines = Discounts.TakeOff(parts, lines);
        return new RatedPeriod(lines, @case.Decisions?.Apply(output.Dispositions()) ?? output.Dispositions(), output.Carried());
    }

    private static void Rate(AgreementPart part, MatchedActivities matched, RatingOutput output)
    {
        var time = new List<(TimeLine Line, ArraySegment<Matched> Entries)>();
        for (var i = 0; i < part.Version.Lines.Count; i++)
        {
            var activities = matched.Of(part, i);
            switch (part.Version.Lines[i])
            {
                case RecurringLine line:
                    RecurringCharges.Rate(part, line, activities, output);
                    break;
                case TimeLine line:
                    time.Add((line, activities));
                    break;
                case UsageLine line:
                    UsageCharges.Rate(part, line, activities, output);
                    break;
                case MilestonesLine line:
                    MilestoneCharges.Rate(part, line, activities, output);
                    break;
                case ExpensesLine line:
                    ExpenseCharges.Rate(part, line, activities, output);
                    break;
            }
        }

        // Together, because retainers are drawn over all of an agreement's time.
        TimeCharges.Rate(part, time, output);
    }

    /// <summary>The agreements' versions in the period, none for the MSP's own work.</summary>
    internal static List<AgreementPart> Parts(RatingCase @case)
    {
        var parts = new List<AgreementPart>();
        if (@case.Client.IsInternal)
        {
            return parts;
        }

        foreach (var agreement in @case.Agreements)
        {
            var calendar = @case.Directory.Calendar(agreement.Calendar);
            foreach (var version in agreement.Versions)
            {
                if (version.InForce.Overlap(@case.Period) is { } inForce)
                {
                    parts.Add(new AgreementPart(@case, agreement, version, parts.Count, inForce, calendar));
                }
            }
        }

        return parts;
    }
}
