using MspBilling.Adapters.Rating;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>Prices stored months twice, under the stored terms and under others, and compares line by line; nothing is stored.</summary>
/// <remarks>
/// Both are computed from the activities as they are stored now, without adjustments of earlier months: the difference is that of the terms alone. What
/// a month leaves to the next, such as a retainer's hours, is carried on in each of the two by itself; both begin with what the first month began with.
/// Custom rules under the other terms, those of the settings and of each agreement, proposed or stored, are tried one by one as well, so that it is seen
/// what each of them changes.
/// </remarks>
public sealed class WhatIf(RecordStore records, BillStore bills)
{
    /// <param name="clients">Ids; null for all clients.</param>
    /// <param name="source">The file of the terms, named in problems.</param>
    /// <returns>The comparison, or what the terms name and nobody knows.</returns>
    public async Task<(ComparedTerms? Compared, IReadOnlyList<ImportProblem> Problems)> RunAsync(
        IReadOnlyList<Period> periods, IReadOnlyList<string>? clients, ChangedTerms terms, string source, CancellationToken cancellationToken)
    {
        var stored = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        if (terms.UnknownTo(source, stored) is { Count: > 0 } problems)
        {
            return (null, problems);
        }

        var (now, other) = (ClientDirectory.Of(stored), ClientDirectory.Of(terms.On(stored)));
        var trials = new RuleTrials(other.Settings.Rules);
        var compared = new List<ComparedClient>();
        foreach (var id in clients ?? [.. now.ClientIds])
        {
            compared.Add(await CompareAsync(id, periods, now, other, trials, cancellationToken).ConfigureAwait(false));
        }

        var lines = compared.SelectMany(client => client.Months).SelectMany(month => month.Lines);
        return (new ComparedTerms(periods[0], periods[^1], compared, ComparedTotal.Of(lines), trials.Results), []);
    }

    private async Task<ComparedClient> CompareAsync(
        string clientId, IReadOnlyList<Period> periods, ClientDirectory now, ClientDirectory other, RuleTrials trials, CancellationToken cancellationToken)
    {
        var compared = new List<ComparedMonth>();
        var carried = await CarriedIntoAsync(clientId, periods[0], cancellationToken).ConfigureAwait(false);
        var (before, after) = (carried, carried);
        foreach (var period in periods)
        {
            var stored = await records.ActivitiesAsync(clientId, period, cancellationToken).ConfigureAwait(false);
            ClientBill Bill(ClientDirectory directory, CarriedState from) => PricedBill.Of(
                () => ClientBilling.Bill(directory, clientId, period, period.End, stored.Activities, carried: from),
                problem => ClientBilling.Quarantine(directory, clientId, period, period.End, stored.Activities, problem));
            var (old, changed) = (Bill(now, before), Bill(other, after));
            compared.Add(ComparedMonth.Of(old, changed, stored.Unreadable.Count));
            if (changed.Problem is null)
            {
                trials.Add(other, clientId, period, stored.Activities, after);
            }

            (before, after) = (old.CarriedOut, changed.CarriedOut);
        }

        return new ComparedClient(clientId, now.NameOf(clientId), ComparedTotal.Of(compared.SelectMany(month => month.Lines)), compared);
    }

    /// <summary>What a closed month began with; for one that is open, what the month before left.</summary>
    private async Task<CarriedState> CarriedIntoAsync(string clientId, Period period, CancellationToken cancellationToken) =>
        (await BillAsync(clientId, period, cancellationToken).ConfigureAwait(false))?.CarriedIn
        ?? (await BillAsync(clientId, Period.MonthOf(period.Start.AddDays(-1)), cancellationToken).ConfigureAwait(false))?.CarriedOut
        ?? CarriedState.None;

    private async Task<ClientBill?> BillAsync(string clientId, Period period, CancellationToken cancellationToken)
    {
        var rows = await bills.ClientRowsAsync(period, clientId, cancellationToken).ConfigureAwait(false);
        return rows.Outcome is { } outcome ? await bills.GetBillAsync(period, clientId, outcome.BillHash, cancellationToken).ConfigureAwait(false) : null;
    }
}
