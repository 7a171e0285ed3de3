using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>What somebody decides, and about which work: that of the ids, or all that is held for a reason.</summary>
/// <param name="Ids">As the list of holds has them; empty for what the other fields say.</param>
/// <param name="Reason">Code of the reason for which it is held.</param>
/// <param name="ClientId">Null for all clients.</param>
/// <param name="Period">Null for the activity's own month, or the newest that was closed.</param>
public sealed record DecisionRequest(DecisionKind Kind, IReadOnlyList<string> Ids, string? Reason, string? ClientId, Period? Period, string By, string Why);

/// <summary>Work about which something cannot be decided, and why not.</summary>
/// <param name="IsUnknown">Whether there is no such work, or nothing of it is held.</param>
public sealed record RefusedDecision(string Id, bool IsUnknown, string Because);

/// <param name="Made">In the order of the request.</param>
/// <param name="Known">That were made before, by the same person for the same reason; asked for again they are not made again.</param>
/// <param name="Refused">With one of them nothing was decided about any.</param>
public sealed record DecisionReport(IReadOnlyList<Decision> Made, IReadOnlyList<Decision> Known, IReadOnlyList<RefusedDecision> Refused);

/// <summary>Takes decisions about held work in: all of a request or none, as bytes that are kept and records that are read from them.</summary>
public sealed class HoldDecisions(ImportSessions sessions, PageKeeper pages, RecordStore records, BillStore bills, RunStore runs, TimeProvider clock)
{
    private const string FileName = "decisions.json";

    public Task<DecisionReport> DecideAsync(DecisionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var session = sessions.Open();
        return session.AloneAsync(null, token => DecideAsync(session, request, token), cancellationToken);
    }

    private async Task<DecisionReport> DecideAsync(ImportSession session, DecisionRequest request, CancellationToken cancellationToken)
    {
        var directory = await session.DirectoryAsync(cancellationToken).ConfigureAwait(false);
        var known = new KnownDecisions(directory.Decisions);
        var admitted = request.Kind == DecisionKind.Withdraw
            ? Withdrawn(request, known)
            : await DecidedAsync(request, known, cancellationToken).ConfigureAwait(false);
        if (admitted.Refused.Count > 0 || admitted.Made.Count == 0)
        {
            return admitted.Refused.Count > 0 ? admitted with { Made = [], Known = [] } : admitted;
        }

        var kept = await pages.KeepAsync(FileName, ImportReader.DecisionsFormat, DecisionsFile.Write(admitted.Made), cancellationToken).ConfigureAwait(false);
        await session.StoreAsync([kept.Payload], wereCutShort: false, cancellationToken).ConfigureAwait(false);
        return admitted;
    }

    private async Task<DecisionReport> DecidedAsync(DecisionRequest request, KnownDecisions known, CancellationToken cancellationToken)
    {
        var (made, again, refused) = (new List<Decision>(), new List<Decision>(), new List<RefusedDecision>());
        var (asked, newest) = (request.Ids.Distinct(StringComparer.Ordinal).Select(id => (Text: id, Id: RecordId.Parse(id))).ToList(), await NewestAsync(cancellationToken).ConfigureAwait(false));
        IReadOnlyList<Hold> matching = asked.Count > 0 ? [] : await MatchingAsync(request, newest, cancellationToken).ConfigureAwait(false);
        var stored = await records.FindAsync(asked.Select(each => each.Id).OfType<RecordId>().Concat(matching.Select(hold => hold.Activity)), cancellationToken).ConfigureAwait(false);
        foreach (var (text, id) in asked)
        {
            var hold = id is { } activity && stored.TryGetValue(activity, out var found) && (request.Period ?? found.Place.Month ?? newest) is { } period
                ? await bills.HoldAsync(period, found.Place.ClientId, activity, cancellationToken).ConfigureAwait(false)
                : null;
            if (hold is not null)
            {
                Decide(hold);
            }
            else if (id is { } before && known.Same(before, request) is { } same)
            {
                again.Add(same);
            }
            else
            {
                refused.Add(new RefusedDecision(text, IsUnknown: true, id is null ? "It is no id of an activity; take it from the list of holds." : "Nothing of it is held in that period. Look at the list of holds again."));
            }
        }

        foreach (var hold in matching)
        {
            Decide(hold);
        }

        return new DecisionReport(made, again, refused);

        void Decide(Hold hold)
        {
            var decision = Of(hold, request, known.CountOf(hold.Activity));
            if (known.Same(hold.Activity, request, hold) is { } same)
            {
                again.Add(same);
            }
            else if (HoldAdmission.Refusal(hold, request.Kind, known.StandingOn(hold), stored.TryGetValue(hold.Activity, out var now) ? now.Hash : null) is { } because)
            {
                refused.Add(new RefusedDecision(hold.Activity.ToString(), IsUnknown: false, because));
            }
            else
            {
                made.Add(decision);
            }
        }
    }

    private DecisionReport Withdrawn(DecisionRequest request, KnownDecisions known)
    {
        var (made, again, refused) = (new List<Decision>(), new List<Decision>(), new List<RefusedDecision>());
        bool IsMeant(Decision decision) => (request.Period is null || decision.Period == request.Period) && (request.ClientId is null || decision.ClientId == request.ClientId) && (request.Reason is null || decision.Reason == request.Reason);
        foreach (var about in (request.Ids.Count > 0 ? [] : known.Standing().Where(IsMeant)).GroupBy(decision => decision.Activity))
        {
            made.AddRange(about.Select((decision, i) => Of(decision, request, known.CountOf(about.Key) + i)));
        }

        foreach (var text in request.Ids.Distinct(StringComparer.Ordinal))
        {
            var id = RecordId.Parse(text);
            if (id is { } activity && known.Standing(activity).LastOrDefault(IsMeant) is { } decision)
            {
                made.Add(Of(decision, request, known.CountOf(activity)));
            }
            else if (id is { } before && known.Same(before, request) is { } same)
            {
                again.Add(same);
            }
            else
            {
                refused.Add(new RefusedDecision(text, IsUnknown: true, "Nothing was decided about it that could be withdrawn."));
            }
        }

        return new DecisionReport(made, again, refused);
    }

    private async Task<IReadOnlyList<Hold>> MatchingAsync(DecisionRequest request, Period? newest, CancellationToken cancellationToken) => (request.Period ?? newest) is { } period
        ? [.. (await bills.ListAsync<Hold>(period, cancellationToken).ConfigureAwait(false)).Where(hold => hold.Reason.Code == request.Reason && (request.ClientId is null || hold.ClientId == request.ClientId))]
        : [];

    private async Task<Period?> NewestAsync(CancellationToken cancellationToken) => (await runs.ListAsync(cancellationToken).ConfigureAwait(false)) is [var newest, ..] ? newest.Period : null;

    private Decision Of(Hold hold, DecisionRequest request, int before) => new()
    {
        Id = Decision.IdOf(hold.Activity, before),
        Kind = request.Kind,
        Activity = hold.Activity,
        ActivityHash = hold.Hash ?? "",
        ClientId = hold.ClientId,
        Period = hold.Period,
        Reason = hold.Reason.Code,
        Detail = hold.Detail,
        By = request.By,
        Why = request.Why,
        At = clock.GetUtcNow(),
        OfPart = hold.OfPart,
        Hours = hold.Hours,
        Units = hold.Units,
        Value = hold.Value,
    };

    private Decision Of(Decision withdrawn, DecisionRequest request, int before) => withdrawn with
    {
        Id = Decision.IdOf(withdrawn.Activity, before),
        Kind = DecisionKind.Withdraw,
        By = request.By,
        Why = request.Why,
        At = clock.GetUtcNow(),
        Withdraws = withdrawn.Id.ExternalId,
    };
}
