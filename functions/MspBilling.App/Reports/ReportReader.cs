using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Reports;

/// <summary>Reads the rows that a report is made of; the command line and the API share it.</summary>
public sealed class ReportReader(BillStore bills, RunStore runs, LedgerStore ledgers)
{
    public async Task<Period?> NewestPeriodAsync(CancellationToken cancellationToken) =>
        await runs.ListAsync(cancellationToken).ConfigureAwait(false) is [var newest, ..] ? newest.Period : null;

    public async Task<RevenueReport> RevenueAsync(Period period, string? clientId, CancellationToken cancellationToken)
    {
        var invoices = await bills.ListAsync<IssuedInvoice>(period, cancellationToken).ConfigureAwait(false);
        var notes = await bills.ListAsync<IssuedCreditNote>(period, cancellationToken).ConfigureAwait(false);
        return RevenueReport.Of(
            period, [.. invoices.Where(i => clientId is null || i.ClientId == clientId)], [.. notes.Where(note => clientId is null || note.ClientId == clientId)]);
    }

    public async Task<LeakageReport> LeakageAsync(Period period, string? clientId, CancellationToken cancellationToken)
    {
        var outcomes = await bills.ListAsync<ClientOutcome>(period, cancellationToken).ConfigureAwait(false);
        return LeakageReport.Of(period, outcomes.Where(o => clientId is null || o.ClientId == clientId));
    }

    public async Task<ReceivablesReport> ReceivablesAsync(DateOnly asOf, string? clientId, CancellationToken cancellationToken)
    {
        var closed = await runs.ListAsync(cancellationToken).ConfigureAwait(false);
        var periods = await Task.WhenAll(closed.Select(run => bills.ListAsync<IssuedInvoice>(run.Period, cancellationToken))).ConfigureAwait(false);
        var invoices = periods.SelectMany(i => i).Where(i => clientId is null || i.ClientId == clientId).ToList();
        var moved = invoices.Where(invoice => invoice.Entries is not null).Select(invoice => invoice.ClientId).ToHashSet(StringComparer.Ordinal);
        return ReceivablesReport.Of(asOf, invoices, moved.Count == 0 ? new Dictionary<string, ClientLedger>() : await ledgers.ReadAllAsync(moved, cancellationToken).ConfigureAwait(false));
    }
}
