using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>What each of the rules that are tried would have changed, over all clients and months.</summary>
internal sealed class RuleTrials(IReadOnlyList<CustomRule> rules)
{
    private readonly List<(Period Period, string ClientName, RuleTrial Trial)> _trials = [];

    public IReadOnlyList<TriedRule> Results =>
    [
        .. from rule in rules
           let tried = _trials.Where(trial => trial.Trial.Rule.Id == rule.Id).ToList()
           let changes = tried.SelectMany(trial => trial.Trial.Changes.Select(line => new RuleChange(trial.ClientName, trial.Period, PreviewedDifference.Of(line)))).ToList()
           select new TriedRule(rule.Id, rule.Name, tried.Sum(trial => trial.Trial.Matched), ComparedTotal.Of(changes.Select(change => change.Line)), changes),
    ];

    /// <param name="directory">With the rules in their places among those of the settings.</param>
    public void Add(ClientDirectory directory, string clientId, Period period, IReadOnlyList<Activity> activities, CarriedState carried)
    {
        if (rules.Count == 0 || directory.ClientOf(clientId).Client is not { IsInternal: false } client)
        {
            return;
        }

        var counted = activities.Where(activity => ActivityPeriod.Counts(activity, period)).ToList();
        var @case = new RatingCase(client, period, directory.AgreementsOf(client), directory, counted) { Carried = carried };
        _trials.AddRange(RuleDryRun.OfSettings(@case, directory.Settings.Rules).Rules.Select(trial => (period, client.Name, trial)));
    }
}
