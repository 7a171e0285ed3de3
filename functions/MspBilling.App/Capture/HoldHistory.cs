using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

public enum DecidedState
{
    /// <summary>No bill has looked at it yet: the next close does.</summary>
    Waits,

    /// <summary>A bill has done what was decided; what became of the work is told by its shares.</summary>
    Done,

    /// <summary>The work has changed since, so that it does not hold any more.</summary>
    Lapsed,

    /// <summary>Somebody has withdrawn it.</summary>
    Withdrawn,
}

/// <summary>A decision and what became of the work that it is about.</summary>
/// <param name="WithdrawnBy">The decision that withdrew it; null for none.</param>
/// <param name="Shares">Of the activity in the period, as it stands; none where it is not there any more.</param>
public sealed record DecidedHold(Decision Decision, string ClientName, DecidedState State, Decision? WithdrawnBy, IReadOnlyList<Disposition> Shares);

/// <summary>Who has decided what about held work, and what became of it: all that there ever was, oldest first.</summary>
public sealed class HoldHistory(RecordStore records, BillStore bills)
{
    /// <param name="activity">Null for all.</param>
    /// <param name="period">In which it was held; null for all.</param>
    /// <param name="clientId">For whom it was held; null for all.</param>
    public async Task<IReadOnlyList<DecidedHold>> ReadAsync(RecordId? activity, Period? period, string? clientId, CancellationToken cancellationToken)
    {
        var all = (await records.ReferencesAsync(RecordKind.Decision, cancellationToken).ConfigureAwait(false)).OfType<Decision>().ToList();
        var known = new KnownDecisions(all);
        var standing = new Dictionary<(Period, string), Standing?>();
        var history = new List<DecidedHold>();
        foreach (var decision in all.Where(d => (activity ?? d.Activity) == d.Activity && (period ?? d.Period) == d.Period && (clientId ?? d.ClientId) == d.ClientId)
            .OrderBy(d => d.At).ThenBy(d => d.Id.ExternalId, StringComparer.Ordinal))
        {
            var place = (decision.Period, decision.ClientId);
            if (!standing.TryGetValue(place, out var stands))
            {
                standing[place] = stands = await StandingAsync(decision.Period, decision.ClientId, cancellationToken).ConfigureAwait(false);
            }

            var withdrawal = known.WithdrawalOf(decision);
            history.Add(new DecidedHold(
                decision, stands?.ClientName ?? decision.ClientId, withdrawal is null ? stands?.StateOf(decision) ?? DecidedState.Waits : DecidedState.Withdrawn, withdrawal, stands?.SharesOf(decision.Activity) ?? []));
        }

        return history;
    }

    private async Task<Standing?> StandingAsync(Period period, string clientId, CancellationToken cancellationToken)
    {
        if (await bills.OutcomeAsync(period, clientId, cancellationToken).ConfigureAwait(false) is not { } outcome)
        {
            return null;
        }

        // A later bill may have adjusted the period; then it stands in that one.
        var where = outcome.StandsIn ?? new BillName(period, outcome.BillHash);
        var bill = await bills.GetBillAsync(where.Period, clientId, where.Hash, cancellationToken).ConfigureAwait(false);
        var adjusted = outcome.StandsIn is null ? null : bill.Adjusted.Single(each => each.Now.Period == period).Now;
        return new Standing(outcome.ClientName, adjusted?.Dispositions ?? bill.Dispositions, adjusted?.Inputs ?? bill.Inputs);
    }

    private sealed class Standing(string clientName, IReadOnlyList<Disposition> dispositions, IReadOnlyList<RecordVersion> inputs)
    {
        private readonly ILookup<RecordId, Disposition> _shares = dispositions.ToLookup(disposition => disposition.Activity);
        private readonly Dictionary<RecordId, string> _versions = inputs.ToDictionary(input => input.Id, input => input.Hash);

        public string ClientName => clientName;

        public IReadOnlyList<Disposition> SharesOf(RecordId activity) => [.. _shares[activity]];

        public DecidedState StateOf(Decision decision) =>
            !_versions.ContainsKey(decision.Id) ? DecidedState.Waits
            : decision.Kind == DecisionKind.Withdraw || _versions.GetValueOrDefault(decision.Activity) == decision.ActivityHash ? DecidedState.Done
            : DecidedState.Lapsed;
    }
}
