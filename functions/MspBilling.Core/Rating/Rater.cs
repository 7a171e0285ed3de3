using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Prices one client's period: a pure function from the case to lines and dispositions.</summary>
/// <remarks>
/// In this order: what is not billed whatever the agreement says (<see cref="Triage"/>), which agreement prices the rest
/// (<see cref="AgreementMatch"/>), each agreement's lines, its discounts. The same case gives the same result whatever order its
/// activities come in.
/// </remarks>
public static class Rater
{
    public static RatedPeriod Rate(RatingCase @case)
    {
        var dispositions = new List<Disposition>();
        var matched = new List<(string AgreementId, Activity Activity)>();
        foreach (var activity in @case.Activities.OrderBy(a => a.Id.Kind).ThenBy(a => a.Id.Source, StringComparer.Ordinal).ThenBy(a => a.Id.ExternalId, StringComparer.Ordinal))
        {
            if (Triage.Settle(activity, @case) is { } settled)
            {
                dispositions.Add(settled);
            }
            else if (AgreementMatch.Find(activity, @case) is var match && match.Held is { } held)
            {
                dispositions.Add(held);
            }
            else
            {
                matched.Add((match.AgreementId!, activity));
            }
        }

        var lines = new List<RatedLine>();
        var byAgreement = matched.ToLookup(m => m.AgreementId, m => m.Activity);
        foreach (var agreement in @case.Agreements)
        {
            if (@case.Client.IsInternal || agreement.Term.Overlap(@case.Period) is not { } inForce)
            {
                continue;
            }

            var part = new AgreementPeriod(@case, agreement, inForce, [.. byAgreement[agreement.Id]]);
            RatedPeriod[] priced =
            [
                FixedFee.Rate(part), RecurringAdditions.Rate(part), ManagedDevices.Rate(part),
                TimeByRole.Rate(part), MilestoneOnCompletion.Rate(part), CloudMarkup.Rate(part),
            ];
            lines.AddRange(PercentageDiscount.TakeOff(part, [.. priced.SelectMany(p => p.Lines)]));
            dispositions.AddRange(priced.SelectMany(p => p.Dispositions));
        }

        return new RatedPeriod(lines, dispositions);
    }
}
