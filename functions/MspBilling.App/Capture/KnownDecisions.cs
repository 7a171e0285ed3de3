using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Capture;

/// <summary>The decisions that are stored, in the order in which they were made.</summary>
internal sealed class KnownDecisions
{
    private readonly ILookup<RecordId, Decision> _byActivity;
    private readonly Dictionary<string, Decision> _withdrawals;

    public KnownDecisions(IEnumerable<Decision> decisions)
    {
        var all = decisions.OrderBy(d => d.At).ThenBy(d => d.Id.ExternalId, StringComparer.Ordinal).ToList();
        _byActivity = all.ToLookup(decision => decision.Activity);
        _withdrawals = all.Where(decision => decision.Withdraws is not null).DistinctBy(decision => decision.Withdraws).ToDictionary(decision => decision.Withdraws!, StringComparer.Ordinal);
    }

    public int CountOf(RecordId activity) => _byActivity[activity].Count();

    /// <summary>All of them, withdrawn ones too.</summary>
    public IEnumerable<Decision> About(RecordId activity) => _byActivity[activity];

    /// <summary>What withdrew a decision; null while it stands.</summary>
    public Decision? WithdrawalOf(Decision decision) => _withdrawals.GetValueOrDefault(decision.Id.ExternalId);

    public IEnumerable<Decision> Standing() => _byActivity.SelectMany(about => about).Where(Stands);

    public IEnumerable<Decision> Standing(RecordId activity) => _byActivity[activity].Where(Stands);

    /// <summary>What stands about the work as it is held, the last one first.</summary>
    public IEnumerable<Decision> StandingOn(Hold hold) =>
        Standing(hold.Activity).Where(decision => decision.ActivityHash == hold.Hash && decision.ClientId == hold.ClientId && decision.Period == hold.Period).Reverse();

    /// <summary>The latest decision about an activity, where it is the one that is asked for: by the same person with the same words.</summary>
    /// <param name="hold">As it is held now; null where it is not, or where that does not matter.</param>
    public Decision? Same(RecordId activity, DecisionRequest request, Hold? hold = null) =>
        (hold is null ? _byActivity[activity].LastOrDefault(decision => request.Period is null || decision.Period == request.Period) : StandingOn(hold).FirstOrDefault(decision => decision.Reason == hold.Reason.Code)) is { } latest
        && latest.Kind == request.Kind && latest.By == request.By && latest.Why == request.Why ? latest : null;

    private bool Stands(Decision decision) => decision.Kind != DecisionKind.Withdraw && WithdrawalOf(decision) is null;
}
