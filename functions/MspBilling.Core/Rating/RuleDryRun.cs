using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>What custom rules would make of a period, each by itself and all together, before anyone puts them in force.</summary>
/// <remarks>
/// The rules stand in place of the settings', or of an agreement's, and are added one after the other in their order: what a rule changes is
/// the difference between the period with the rules up to it and with those before it, so that the differences of all add up to that of the whole. A rule
/// matches an activity that the agreement's rules before it leave to it. For example a rule of x 1.5 on 2.00 h at 95.00 matches one activity and
/// changes its line by 285.00 - 190.00 = 95.00.
/// </remarks>
public static class RuleDryRun
{
    /// <param name="candidates">Instead of the settings' rules.</param>
    public static DryRun OfSettings(RatingCase @case, IReadOnlyList<CustomRule> candidates) => Run(@case, candidates, rules => @case with
    {
        Directory = ClientDirectory.Of(
            [.. @case.Directory.RecordsBehind(@case.Client.Id).Select(record => record is MspSettings settings ? settings with { Rules = rules } : record)]),
    });

    /// <param name="agreementId">One of the case's.</param>
    /// <param name="candidates">Instead of the rules of each of its versions.</param>
    /// <exception cref="ArgumentException">The case has no such agreement.</exception>
    public static DryRun OfAgreement(RatingCase @case, string agreementId, IReadOnlyList<CustomRule> candidates) =>
        @case.Agreement(agreementId) is null
            ? throw new ArgumentException($"The client has no agreement {agreementId}.", nameof(agreementId))
            : Run(@case, candidates, rules => @case with
            {
                Agreements =
                [
                    .. @case.Agreements.Select(agreement => agreement.Id == agreementId
                        ? agreement with { Versions = [.. agreement.Versions.Select(version => version with { Rules = rules })] }
                        : agreement),
                ],
            });

    private static DryRun Run(RatingCase @case, IReadOnlyList<CustomRule> candidates, Func<IReadOnlyList<CustomRule>, RatingCase> with)
    {
        var matched = Matched(with(candidates), candidates);
        var trials = new List<RuleTrial>();
        var before = Rater.Rate(with([])).Lines;
        for (var i = 0; i < candidates.Count; i++)
        {
            var after = Rater.Rate(with([.. candidates.Take(i + 1)])).Lines;
            trials.Add(new RuleTrial(candidates[i], matched[i], [.. LineComparison.Between(before, after).Where(row => row.Before != row.After)]));
            before = after;
        }

        return new DryRun(trials, LineComparison.Between(Rater.Rate(@case).Lines, before));
    }

    private static int[] Matched(RatingCase @case, IReadOnlyList<CustomRule> candidates)
    {
        var parts = Rater.Parts(@case);
        var match = new AgreementMatch(@case, parts);
        var counts = new int[candidates.Count];
        var matching = new List<CustomRule>();
        foreach (var activity in @case.Activities.Where(activity => Triage.Settle(activity, @case) is null))
        {
            matching.Clear();
            var found = match.Find(activity);
            foreach (var part in match.Repeats(found, activity).Prepend(found).Select(priced => priced.Part).OfType<AgreementPart>())
            {
                match.Matching(activity, part, matching);
            }

            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += matching.Exists(rule => ReferenceEquals(rule, candidates[i])) ? 1 : 0;
            }
        }

        return counts;
    }
}

/// <summary>What the rules would make of a period.</summary>
/// <param name="Rules">In their order.</param>
/// <param name="Lines">All lines, as they are with the rules of today and as they would be.</param>
public sealed record DryRun(IReadOnlyList<RuleTrial> Rules, IReadOnlyList<ComparedLine> Lines);

/// <param name="Matched">Activities that it matched.</param>
/// <param name="Changes">The lines that it changes, against the rules before it alone.</param>
public sealed record RuleTrial(CustomRule Rule, int Matched, IReadOnlyList<ComparedLine> Changes);
