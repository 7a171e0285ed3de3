using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>What each rule of the settings and of the agreements changes, over all clients and months.</summary>
/// <param name="settings">The settings' rules, which are told even where no client is billed.</param>
internal sealed class RuleTrials(IReadOnlyList<CustomRule> settings)
{
    private readonly List<(Period Period, string ClientName, Agreement? Agreement, RuleTrial Trial)> _trials = [];

    /// <summary>The settings' in their order, then those of each agreement in theirs.</summary>
    public IReadOnlyList<TriedRule> Results =>
    [
        .. settings.Select(rule => Result(null, rule, _trials.Where(tried => tried.Agreement is null && tried.Trial.Rule.Id == rule.Id))),
        .. from tried in _trials
           where tried.Agreement is not null
           group tried by (tried.Agreement.ClientId, tried.Agreement.Id, Rule: tried.Trial.Rule.Id) into same
           let last = same.Last()
           select Result(new TriedAgreement(last.Agreement!.Id, last.Agreement.Name, last.ClientName), last.Trial.Rule, same),
    ];

    /// <param name="directory">With the rules in their places.</param>
    public void Add(ClientDirectory directory, string clientId, Period period, IReadOnlyList<Activity> activities, CarriedState carried)
    {
        if (directory.ClientOf(clientId).Client is not { IsInternal: false } client)
        {
            return;
        }

        var counted = activities.Where(activity => ActivityPeriod.Counts(activity, period)).ToList();
        var @case = new RatingCase(client, period, directory.AgreementsOf(client), directory, [.. counted.Select(directory.InOurWords)]) { Carried = carried };
        _trials.AddRange(RuleDryRun.OfSettings(@case).Select(trial => (period, client.Name, (Agreement?)null, trial)));
        foreach (var agreement in @case.Agreements)
        {
            _trials.AddRange(RuleDryRun.OfAgreement(@case, agreement.Id).Select(trial => (period, client.Name, (Agreement?)agreement, trial)));
        }
    }

    private static TriedRule Result(
        TriedAgreement? agreement, CustomRule rule, IEnumerable<(Period Period, string ClientName, Agreement? Agreement, RuleTrial Trial)> trials)
    {
        var tried = trials.ToList();
        var changes = tried.SelectMany(trial => trial.Trial.Changes.Select(line => new RuleChange(trial.ClientName, trial.Period, PreviewedDifference.Of(line)))).ToList();
        return new TriedRule(agreement, rule.Id, rule.Name, tried.Sum(trial => trial.Trial.Matched), ComparedTotal.Of(changes.Select(change => change.Line)), changes);
    }
}
