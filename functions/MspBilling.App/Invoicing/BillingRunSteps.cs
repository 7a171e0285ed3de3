using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.App.Capture;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Carries the steps of one billing run out against storage.</summary>
/// <remarks>
/// One instance serves one run in one process: it reads the references once. A client whose data cannot be billed is quarantined
/// with the reason and does not stop the others; a storage that fails stops the run, which is then started again.
/// </remarks>
public sealed partial class BillingRunSteps(
    ImportSessions imports, RecordStore records, ClientMonthReader months, OtherPeriodsReader periods, InvoicedPeriods invoiced, BillStore bills, NumberStore numbers, RunStore runs,
    OutboxPump outbox, WriteBackRunner writeBack, IInvoiceRenderer renderer, RunProgress progress, TimeProvider clock, ILogger<BillingRunSteps> logger) : IBillingRunSteps, IDisposable
{
    // Two cores keep busy with storage waits; more only lengthens the queue at the storage.
    private readonly SemaphoreSlim _parallel = new(16, 16);
    private readonly ConcurrentDictionary<string, (ClientBill Bill, IReadOnlyList<Activity> Activities)> _drafted = new();
    private Context? _context;

    public async Task<RunStart> StartAsync(Period period)
    {
        await progress.TimeAsync("Capture", async () => { await imports.FinishPendingAsync(default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        var (run, directory, _, _) = await ContextAsync(period).ConfigureAwait(false);
        if (!directory.HasSettings)
        {
            throw new InvalidOperationException("The MSP's settings have not been imported.");
        }

        await RequireEarlierIssuedAsync(period).ConfigureAwait(false);
        IReadOnlyList<string> clients = [.. directory.ClientIds, Client.Unknown];
        progress.Clients = clients.Count;
        await runs.PutAsync(run with { State = RunState.Running, Clients = clients.Count(directory.IsBilled), Problem = null }, default).ConfigureAwait(false);
        return new RunStart(period, clients);
    }

    // Its bills have their numbers and are not to be seen yet: what they adjust and carry on would be adjusted and carried on once more.
    private async Task RequireEarlierIssuedAsync(Period period)
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

    public Task<DraftedClient> DraftAsync(Period period, string clientId) => OneOfFewAsync(async () =>
    {
        var (run, directory, others, reconciliation) = await ContextAsync(period).ConfigureAwait(false);
        var rows = await progress.TimeAsync("Invoicing", () => bills.ClientRowsAsync(period, clientId, default)).ConfigureAwait(false);
        var later = await others.LaterAsync(clientId).ConfigureAwait(false);
        if (rows.Invoices.Count > 0 || (later is not null && rows.Outcome?.State == ClientState.NothingToInvoice))
        {
            await progress.TimeAsync("Invoicing", async () => { await invoiced.SettleAsync(rows.Outcome!, others, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
            await progress.TimeAsync("Invoicing", async () => { await invoiced.HoldLateAsync(clientId, period, directory, rows, others, later, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
            progress.CountDrafted();
            return new DraftedClient(clientId, rows.Outcome!.State, []);
        }

        var month = await progress.TimeAsync("Capture", () => months.ReadAsync(clientId, period, directory, others, default)).ConfigureAwait(false);
        var bill = progress.Time("Rating", () => Bill(directory, run.InvoiceDate, month, others.References, reconciliation));
        var drafted = await progress.TimeAsync("Invoicing", () => StoreDraftAsync(bill, month, rows)).ConfigureAwait(false);
        if (month.NotAdjusted is { Period: var unadjusted })
        {
            var then = await bills.ClientRowsAsync(unadjusted, clientId, default).ConfigureAwait(false);
            await progress.TimeAsync("Invoicing", async () => { await invoiced.HoldLateAsync(clientId, unadjusted, directory, then, others, month.Before, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        }

        progress.CountDrafted();
        return drafted;
    });

    public async Task<IReadOnlyList<NumberStore.Assignment>> AssignNumbersAsync(Period period, IReadOnlyList<NumberStore.Intent> intents)
    {
        var (run, directory, _, _) = await ContextAsync(period).ConfigureAwait(false);
        var series = DocumentNumbers.Of(directory.Settings, NumberedDocument.Invoice);
        var assigned = await progress.TimeAsync("Invoicing", () => numbers.AssignAsync(series, run.InvoiceDate, period, intents, default)).ConfigureAwait(false);
        progress.ClientsToIssue = assigned.Select(a => a.Intent.ClientId).Distinct().Count();
        return assigned;
    }

    public Task<IssuedClient> IssueAsync(Period period, IReadOnlyList<NumberStore.Assignment> assignments) => OneOfFewAsync(async () =>
    {
        var clientId = assignments[0].Intent.ClientId;
        var rows = await progress.TimeAsync("Invoicing", () => bills.ClientRowsAsync(period, clientId, default)).ConfigureAwait(false);
        if (rows.Invoices.Count > 0)
        {
            progress.CountIssued(rows.Invoices);
            return new IssuedClient(clientId, 0);
        }

        var billHash = assignments[0].Intent.BillHash;
        var (bill, activities) = _drafted.TryRemove(billHash, out var cached)
            ? cached
            : await progress.TimeAsync("Invoicing", () => DraftedBeforeAsync(period, clientId, billHash)).ConfigureAwait(false);
        var (_, directory, others, reconciliation) = await ContextAsync(period).ConfigureAwait(false);
        var before = await others.BeforeAsync(clientId).ConfigureAwait(false);
        var printed = progress.Time("Documents", () => Print(directory, bill, assignments));
        if (printed.Problem is { } problem)
        {
            await progress.TimeAsync("Invoicing", () => StoreUnprintableAsync(directory, bill, billHash, activities, before, rows, problem)).ConfigureAwait(false);
            return new IssuedClient(clientId, 0);
        }

        var issued = new List<IssuedInvoice>();
        foreach (var (number, draft, pdf) in printed.Documents)
        {
            await progress.TimeAsync("Documents", async () => { await bills.PutPdfAsync(period, number, pdf, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
            issued.Add(IssuedInvoice.Of(number, bill, draft, billHash, RecordJson.Hash(pdf)));
        }

        var outcome = ClientOutcome.Of(bill, ClientState.Issued, billHash, before) with { Unreconciled = Unreconciled(reconciliation, bill, activities) };
        await progress.TimeAsync("Invoicing", () => bills.IssueAsync(outcome, issued, writeBack.Of(bill, issued), Hold.Of(outcome, bill.Dispositions, activities), rows.HoldKeys, default)).ConfigureAwait(false);
        await progress.TimeAsync("Invoicing", async () => { await invoiced.SettleAsync(outcome, others, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        progress.CountIssued(issued);
        return new IssuedClient(clientId, issued.Count);
    });

    public async Task FinishAsync(Period period)
    {
        await progress.TimeAsync("Accounting", () => outbox.SendAsync(period, failedToo: false, default)).ConfigureAwait(false);
        var (run, directory, _, _) = await ContextAsync(period).ConfigureAwait(false);
        await runs.PutAsync(run with { State = RunState.Finished, Problem = null, FinishedAt = clock.GetUtcNow(), Clients = directory.ClientIds.Count(directory.IsBilled), Rooms = progress.Rooms }, default).ConfigureAwait(false);
        writeBack.Start(period);
    }

    public void Dispose() => _parallel.Dispose();

    private async Task<DraftedClient> StoreDraftAsync(ClientBill bill, ClientMonth month, BillStore.ClientRows rows)
    {
        var (_, directory, others, reconciliation) = await ContextAsync(bill.Period).ConfigureAwait(false);
        if (bill.Invoices.Count == 0 && rows.Outcome is { } same && same.BillHash == RecordJson.Hash(RecordJson.Serialize(bill)))
        {
            await invoiced.SettleAsync(same, others, default).ConfigureAwait(false);
            return new DraftedClient(bill.ClientId, same.State, []);
        }

        await KeepReferencesAsync(bill, month, others).ConfigureAwait(false);
        var hash = await bills.PutBillAsync(bill, default).ConfigureAwait(false);
        if (bill.Invoices.Count > 0)
        {
            _drafted[hash] = (bill, month.Activities);
            return new DraftedClient(bill.ClientId, ClientState.Issued, [.. bill.Invoices.Select(i => new NumberStore.Intent(bill.Period, bill.ClientId, i.Currency, hash))]);
        }

        var state = (bill.Problem, directory.IsBilled(bill.ClientId)) switch
        {
            (not null, _) => ClientState.Quarantined,
            (_, true) => ClientState.NothingToInvoice,
            (_, false) => ClientState.NotAClient,
        };
        var outcome = ClientOutcome.Of(bill, state, hash, month.Before) with { Unreconciled = Unreconciled(reconciliation, bill, month.Activities) };
        await bills.WriteOutcomeAsync(outcome, Hold.Of(outcome, bill.Dispositions, month.Activities), rows.HoldKeys, default).ConfigureAwait(false);
        await invoiced.SettleAsync(outcome, others, default).ConfigureAwait(false);
        return new DraftedClient(bill.ClientId, state, []);
    }

    // Before the bill that names them.
    private async Task KeepReferencesAsync(ClientBill bill, ClientMonth month, OtherPeriods others)
    {
        if (bill.References is not null)
        {
            await others.KeepReferencesAsync().ConfigureAwait(false);
        }

        foreach (var adjustment in month.Adjustments.Where(a => a.IsFilled && bill.Adjusted.Contains(a.Period)))
        {
            await bills.PutReferencesAsync(ReferencesThen.Serialize(adjustment.References), default).ConfigureAwait(false);
        }
    }

    // A run that was cut short after it gave the numbers issues the very bill that they were given for.
    private async Task<(ClientBill Bill, IReadOnlyList<Activity> Activities)> DraftedBeforeAsync(Period period, string clientId, string billHash)
    {
        var bill = await bills.GetBillAsync(period, clientId, billHash, default).ConfigureAwait(false);
        return (bill, (await records.ActivitiesAsync(clientId, period, default).ConfigureAwait(false)).Activities);
    }

    private (IReadOnlyList<(string Number, InvoiceDraft Draft, byte[] Pdf)> Documents, string? Problem) Print(
        ClientDirectory directory, ClientBill bill, IReadOnlyList<NumberStore.Assignment> assignments)
    {
        try
        {
            return (
                [
                    .. from assignment in assignments
                       let draft = bill.Invoices.Single(i => i.Currency == assignment.Intent.Currency)
                       select (assignment.Number, draft, renderer.Render(PrintedInvoice.Of(directory.Settings, draft, assignment.Number))),
                ],
                null);
        }
        catch (Exception e)
        {
            LogQuarantined(e, bill.ClientId);
            return ([], $"The invoice could not be printed: {e.Message}");
        }
    }

    // Its numbers stay its own: when that is mended, the next close issues the bill that they were given for.
    private async Task<int> StoreUnprintableAsync(
        ClientDirectory directory, ClientBill bill, string billHash, IReadOnlyList<Activity> activities, ClientOutcome? before, BillStore.ClientRows rows, string problem)
    {
        var held = ClientBilling.Quarantine(directory, bill.ClientId, bill.Period, bill.InvoiceDate, activities, problem, before?.Carried);
        var hash = await bills.PutBillAsync(held, default).ConfigureAwait(false);
        var outcome = ClientOutcome.Unprintable(held, hash, bill, billHash, before);
        await bills.WriteOutcomeAsync(outcome, Hold.Of(outcome, held.Dispositions, activities), rows.HoldKeys, default).ConfigureAwait(false);
        return held.Dispositions.Count;
    }

    private ClientBill Bill(ClientDirectory directory, DateOnly invoiceDate, ClientMonth month, string references, Reconciliation reconciliation)
    {
        try
        {
            var bill = month.Bill(directory, invoiceDate, references);
            return reconciliation.HoldsClients && bill.Problem is null && reconciliation.Client(bill, month.Activities).Unreconciled is { } open
                ? month.Quarantine(directory, invoiceDate, $"{open.Words} Settle or accept them, then close again.")
                : bill;
        }
        catch (Exception e) when (e is not RequestFailedException and not OperationCanceledException)
        {
            // Data that no rule foresaw: this client waits for a person, the others are billed.
            LogQuarantined(e, month.ClientId);
            return month.Quarantine(directory, invoiceDate, $"Billing failed on this client's data: {e.Message}");
        }
    }

    // Of a client that cannot be reconciled nothing is told; that it cannot be, is.
    private Unreconciled? Unreconciled(Reconciliation reconciliation, ClientBill bill, IReadOnlyCollection<Activity> activities)
    {
        try
        {
            return bill.Problem is null ? reconciliation.Client(bill, activities).Unreconciled : null;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            LogNotReconciled(e, bill.ClientId);
            return null;
        }
    }

    private sealed record Context(BillingRun Run, ClientDirectory Directory, OtherPeriods Others, Reconciliation Reconciliation);

    private async Task<Context> ContextAsync(Period period)
    {
        if (_context is { } context)
        {
            return context;
        }

        var references = await records.ReferencesAsync(default).ConfigureAwait(false);
        var run = await runs.FindAsync(period, default).ConfigureAwait(false)
            ?? new BillingRun(period, RunState.Running, period.End, clock.GetUtcNow(), null, 0, []);
        var directory = ClientDirectory.Of(references);
        return _context = new Context(run, directory, await periods.OpenAsync(period, references, default).ConfigureAwait(false), Reconciliation.Of(directory, references));
    }

    private async Task<T> OneOfFewAsync<T>(Func<Task<T>> work)
    {
        await _parallel.WaitAsync().ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _parallel.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Client {ClientId} cannot be reconciled")]
    private partial void LogNotReconciled(Exception exception, string clientId);

    [LoggerMessage(LogLevel.Error, "Client {ClientId} is quarantined")]
    private partial void LogQuarantined(Exception exception, string clientId);
}
