using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Whom a run bills: those whose own period it is.</summary>
/// <remarks>
/// A run is of one period, and its key is the period: clients by the month are in the run of 2024-09, clients by the quarter in that of 2024-07-01..2024-10-01. So a client's
/// rows of a period lie in one partition whatever its cycle, everything that is kept by period goes on as it does for months, and there is one workflow: a daily job and a close by hand
/// differ only in whom they name.
/// </remarks>
public sealed class RunMembers(RunStore runs, NumberStore numbers, BillStore bills, CutStore cuts)
{
    /// <param name="named">Whom to bill of them; null for all.</param>
    /// <returns>The ids, with that of unknown work where it is a month.</returns>
    /// <exception cref="InvalidOperationException">It is no month, and nobody is billed by it.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(ClientDirectory directory, Period period, IReadOnlyList<string>? named)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var known = await cuts.ListAsync(default).ConfigureAwait(false);
        var isMonth = period == Period.MonthOf(period.Start);
        List<string> members = [.. directory.ClientIds.Where(id => IsOf(directory, known, id, period)), .. isMonth ? [Client.Unknown] : Array.Empty<string>()];
        return members.Count == 0
            ? throw new InvalidOperationException($"Nobody is billed by {period}. The cycles of clients are under billing in the settings.")
            : named is null ? members : [.. members.Intersect(named, StringComparer.Ordinal)];
    }

    // What is not billed is looked at by the month.
    private static bool IsOf(ClientDirectory directory, ILookup<string, DateOnly> cuts, string clientId, Period period) =>
        directory.IsBilled(clientId) ? (BillingSchedule.Of(directory.BillingOf(clientId)) with { Cuts = [.. cuts[clientId]] }).Has(period) : period == Period.MonthOf(period.Start);

    /// <exception cref="InvalidOperationException">An earlier close has given numbers to bills that are not to be seen yet: what they adjust and carry on would be adjusted and carried on once more.</exception>
    public async Task RequireEarlierIssuedAsync(Period period)
    {
        foreach (var earlier in (await runs.ListAsync(default).ConfigureAwait(false)).Where(run => run.Period.Start < period.Start && run.State != RunState.Finished))
        {
            var assigned = await numbers.AssignmentsAsync(NumberedDocument.Invoice, earlier.Period, default).ConfigureAwait(false);
            if (assigned.Count > (await bills.ListAsync<IssuedInvoice>(earlier.Period, default).ConfigureAwait(false)).Count)
            {
                throw new InvalidOperationException($"The close of {earlier.Period} has given numbers to invoices that it has not issued yet. Close it again, then {period}.");
            }
        }
    }
}
