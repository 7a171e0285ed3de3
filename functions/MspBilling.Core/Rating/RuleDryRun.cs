using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>What each custom rule makes of a period, before anyone puts it in force.</summary>
/// <remarks>
/// The case has the rules in their places. They are added one after the other in their order, those of the settings or those of one agreement, while all
/// others hold: what a rule changes is the difference between the period with the rules up to it and with those before it. Versions of an agreement are one
/// rule where its id is the same. A rule matches an activity that the rules before it leave to it. For example a rule of x 1.5 on 2.00 h at 95.00 matches one
/// activity and changes its line by 285.00 - 190.00 = 95.00.
/// </remarks>
public static class RuleDryRun
{
    /// <returns>A trial for each of the settings' rules.</returns>
    public static IReadOnlyList<RuleTrial> OfSettings(RatingCase @case) => Run(@case, @case.Directory.Settings.Rules, rules => @case with
    {
        Directory = ClientDirectory.Of(
            [.. @case.Directory.RecordsBehind(@case.Client.Id).Select(record => record is MspSettings settings ? settings with { Rules = [.. rules] } : record)]),
    });

    /// <param name="agreementId">One of the case's.</param>
    /// <returns>A trial for each rule of its versions that are in force in the period.</returns>
    /// <exception cref="ArgumentException">The case has no such agreement.</exception>
    public static IReadOnlyList<RuleTrial> OfAgreement(RatingCase @case, string agreementId)
    {
        var tried = @case.Agreement(agreementId) ?? throw new ArgumentException($"The client has no agreement {agreementId}.", nameof(agreementId));
        return Run(@case, [.. Rater.Parts(@case).Where(part => part.Agreement == tried).SelectMany(part => part.Version.Rules)], rules => @case with
        {
            Agreements =
            [
                .. @case.Agreements.Select(agreement => agreement == tried
                    ? agreement with { Versions = [.. agreement.Versions.Select(version => version with { Rules = [.. version.Rules.Where(rules.Contains)] })] }
                    : agreement),
            ],
        });
    }

    /// <param name="candidates">Those of one id are tried together.</param>
    private static List<RuleTrial> Run(RatingCase @case, IReadOnlyList<CustomRule> candidates, Func<IEnumerable<CustomRule>, RatingCase> with)
    {
        var trials = new List<RuleTrial>();
        if (candidates.Count == 0)
        {
            return trials;
        }

        var matched = Matched(@case);
        var added = new List<CustomRule>();
        var before = Rater.Rate(with(added)).Lines;
        foreach (var same in candidates.GroupBy(rule => rule.Id))
        {
            added.AddRange(same);
            var after = Rater.Rate(with(added)).Lines;
            trials.Add(new RuleTrial(same.Last(), matched.Count(rules => rules.Overlaps(same)), [.. LineComparison.Between(before, after).Where(row => row.Before != row.After)]));
            before = after;
        }

        return trials;
    }

    /// <summary>By activity, the rules that match it, each itself: another agreement's may say the same.</summary>
    private static List<HashSet<CustomRule>> Matched(RatingCase @case)
    {
        var parts = Rater.Parts(@case);
        var match = new AgreementMatch(@case, parts);
        var matched = new List<HashSet<CustomRule>>();
        var matching = new List<CustomRule>();
        foreach (var activity in @case.Activities.Where(activity => Triage.Settle(activity, @case) is null))
        {
            matching.Clear();
            var found = match.Find(activity);
            foreach (var part in match.Repeats(found, activity).Prepend(found).Select(priced => priced.Part).OfType<AgreementPart>())
            {
                match.Matching(activity, part, matching);
            }

            matched.Add(new HashSet<CustomRule>(matching, ReferenceEqualityComparer.Instance));
        }

        return matched;
    }
}

/// <param name="Rule">As the latest version in the period has it.</param>
/// <param name="Matched">Activities that it matched.</param>
/// <param name="Changes">The lines that it changes, against the rules before it alone.</param>
public sealed record RuleTrial(CustomRule Rule, int Matched, IReadOnlyList<ComparedLine> Changes);
