using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>What people have decided about a client's held work in a period, as far as it still holds.</summary>
/// <remarks>
/// <para>A decision holds while the activity's content is what it was decided about and nobody has withdrawn it. Releases add up: time that was released
/// without approval and is then held by a rule takes one of each. Of a release and a write-off the later counts.</para>
/// <para>What was written off as a whole is settled before any agreement is looked at, so that a rate which is set later does not bill it; of what was
/// held in part, the held shares are written off and the others stay.</para>
/// </remarks>
internal sealed class StandingDecisions
{
    private readonly Dictionary<RecordId, List<Decision>> _standing = [];
    private readonly Dictionary<RecordId, Decision> _lapsed = [];

    /// <returns>Null where there is none, as a rule.</returns>
    public static StandingDecisions? Of(ClientDirectory directory, string clientId, Period period, IReadOnlyList<Activity> activities)
    {
        var decided = directory.DecisionsOf(clientId).ToList();
        if (decided.Count == 0)
        {
            return null;
        }

        var withdrawn = decided.Select(decision => decision.Withdraws).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var byActivity = decided.Where(d => d.Kind != DecisionKind.Withdraw && !withdrawn.Contains(d.Id.ExternalId) && IsFor(d, clientId)).ToLookup(d => d.Activity);
        var all = new StandingDecisions();
        foreach (var activity in activities)
        {
            if (byActivity.Contains(activity.Id))
            {
                all.Add(activity, [.. byActivity[activity.Id].Where(d => Counts(d, activity, period))]);
            }
        }

        return all._standing.Count + all._lapsed.Count == 0 ? null : all;
    }

    /// <summary>The write-off of all of an activity, which is not billed whatever becomes of the reason that held it.</summary>
    public Decision? WholeWriteOff(RecordId activity) => WriteOff(activity) is { OfPart: false } decision && decision.Reason != Reason.LessThanBilled.Code ? decision : null;

    /// <summary>The write-off of what is held of an activity.</summary>
    public Decision? WriteOff(RecordId activity) => _standing.TryGetValue(activity, out var standing) && standing[^1] is { Kind: DecisionKind.WriteOff } decision ? decision : null;

    /// <summary>The decision that lets an activity pass a reason.</summary>
    /// <param name="detail">What the hold is about, where several can have the reason.</param>
    public Decision? Release(RecordId activity, Reason reason, string? detail = null) => _standing.TryGetValue(activity, out var standing) && standing[^1].Kind == DecisionKind.Release
        ? standing.FindLast(d => d.Kind == DecisionKind.Release && d.Reason == reason.Code && (detail is null || d.Detail?.StartsWith(detail, StringComparison.Ordinal) == true))
        : null;

    /// <summary>Writes off the held shares of what was written off, and says of what is held although it was decided why the decision does not hold any more.</summary>
    public IReadOnlyList<Disposition> Apply(IReadOnlyList<Disposition> dispositions)
    {
        var settled = new List<Disposition>(dispositions.Count);
        foreach (var disposition in dispositions)
        {
            settled.Add(disposition.Kind == DispositionKind.Held ? Settled(disposition) : disposition);
        }

        return settled;
    }

    private Disposition Settled(in Disposition held)
    {
        if (WriteOff(held.Activity) is { } decision)
        {
            return held with { Kind = DispositionKind.WrittenOff, Reason = Reason.WrittenOff, Detail = decision.Words };
        }

        if (!_lapsed.TryGetValue(held.Activity, out var lapsed))
        {
            return held;
        }

        var note = $"The {lapsed.Past} does not hold any more: this has changed since.";
        return held.Detail?.EndsWith(note, StringComparison.Ordinal) == true ? held : held with { Detail = held.Detail is null ? note : $"{held.Detail} {note}" };
    }

    private void Add(Activity activity, List<Decision> decisions)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        var hash = RecordJson.ContentHash(activity);
        var standing = decisions.FindAll(d => d.ActivityHash == hash);
        if (standing.Count > 0)
        {
            _standing.Add(activity.Id, standing);
        }
        else
        {
            _lapsed.Add(activity.Id, decisions[^1]);
        }
    }

    // Whom it would be billed to was no part of the decision while nobody was known.
    private static bool IsFor(Decision decision, string clientId) => decision.ClientId == clientId || (decision.ClientId == Client.Unknown && decision.Kind == DecisionKind.WriteOff);

    private static bool Counts(Decision decision, Activity activity, Period period) => activity is not (Addition or Device)
        || (decision.Kind == DecisionKind.Release ? period.Start >= decision.Period.Start : period == decision.Period);
}
