using MspBilling.Adapters.Rating;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>Prices stored months twice, under the stored terms and under others, and compares line by line; nothing is stored.</summary>
/// <remarks>
/// Both are computed from the activities as they are stored now: the difference is that of the terms alone. What a month leaves to the next, such as a
/// retainer's hours, is carried on in each of the two by itself; both begin with what the month before the first left.
/// </remarks>
public sealed class WhatIf(RecordStore records, ClientMonthReader months)
{
    /// <param name="source">The file of the terms, named in problems.</param>
    /// <param name="clients">Ids; null for all clients.</param>
    /// <returns>The comparison, or what the terms name and nobody knows.</returns>
    public async Task<(ComparedTerms? Compared, IReadOnlyList<ImportProblem> Problems)> RunAsync(
        IReadOnlyList<Period> periods, IReadOnlyList<string>? clients, ChangedTerms terms, string source, CancellationToken cancellationToken)
    {
        var stored = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        var now = ClientDirectory.Of(stored);
        if (terms.UnknownTo(source, now) is { Count: > 0 } problems)
        {
            return (null, problems);
        }

        var other = ClientDirectory.Of(terms.On(stored));
        var compared = new List<ComparedClient>();
        foreach (var id in clients ?? now.ClientIds)
        {
            compared.Add(await CompareAsync(id, periods, now, other, cancellationToken).ConfigureAwait(false));
        }

        return (new ComparedTerms(periods[0], periods[^1], compared, ComparedTotal.Of(compared.SelectMany(client => client.Months).SelectMany(month => month.Lines))), []);
    }

    private async Task<ComparedClient> CompareAsync(
        string clientId, IReadOnlyList<Period> periods, ClientDirectory now, ClientDirectory other, CancellationToken cancellationToken)
    {
        var compared = new List<ComparedMonth>();
        var carried = await months.CarriedIntoAsync(clientId, periods[0], cancellationToken).ConfigureAwait(false);
        var (before, after) = (carried, carried);
        foreach (var period in periods)
        {
            var month = await months.ReadAsync(clientId, period, cancellationToken).ConfigureAwait(false);
            var (old, changed) = (Bill(month, now, before), Bill(month, other, after));
            compared.Add(ComparedMonth.Of(old, changed));
            (before, after) = (old.CarriedOut, changed.CarriedOut);
        }

        return new ComparedClient(clientId, now.NameOf(clientId), ComparedTotal.Of(compared.SelectMany(month => month.Lines)), compared);
    }

    private static ClientBill Bill(ClientMonth month, ClientDirectory directory, CarriedState carried) => PricedBill.Of(
        () => month.Bill(directory, month.Period.End, carried), problem => month.Quarantine(directory, month.Period.End, problem));
}
