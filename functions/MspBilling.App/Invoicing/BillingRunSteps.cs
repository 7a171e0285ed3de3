using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.App.Capture;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
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
    ImportSessions imports, RecordStore records, ClientMonthReader months, OtherPeriodsReader periods, InvoicedPeriods invoiced, DraftedBills drafts, IssuePayments payments, BillStore bills, NumberStore numbers, RunStore runs, RunMembers members,
    OutboxPump outbox, WriteBackRunner writeBack, IInvoiceRenderer renderer, RunProgress progress, TimeProvider clock, ILogger<BillingRunSteps> logger) : IBillingRunSteps, IDisposable
{
    // Two cores keep busy with storage waits; more only lengthens the queue at the storage.
    private readonly SemaphoreSlim _parallel = new(16, 16);
    private readonly ConcurrentDictionary<string, (ClientBill Bill, IReadOnlyList<Activity> Activities)> _drafted = new();
    private RunContext? _context;

    public async Task<RunStart> StartAsync(Period period, IReadOnlyList<string>? clients)
    {
        await progress.TimeAsync("Capture", async () => { await imports.FinishPendingAsync(default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        var context = await ContextAsync(period).ConfigureAwait(false);
        var (run, directory) = (context.Run, context.Directory);
        if (!directory.HasSettings)
        {
            throw new InvalidOperationException("The MSP's settings have not been imported.");
        }

        await members.RequireEarlierIssuedAsync(period).ConfigureAwait(false);
        var billed = await members.OfAsync(directory, period, clients).ConfigureAwait(false);
        progress.Clients = billed.Count;
        await runs.PutAsync(run with { State = RunState.Running, Clients = (await members.OfAsync(directory, period, null).ConfigureAwait(false)).Count(directory.IsBilled), Problem = null }, default).ConfigureAwait(false);
        return new RunStart(period, billed);
    }

    public Task<DraftedClient> DraftAsync(Period period, string clientId) => OneOfFewAsync(async () =>
    {
        while (true)
        {
            if (await TryDraftAsync(period, clientId).ConfigureAwait(false) is { } drafted)
            {
                progress.CountDrafted();
                return drafted;
            }
        }
    });

    public async Task<IReadOnlyList<NumberStore.Intent>> ApprovedAsync(Period period)
    {
        var outcomes = await progress.TimeAsync("Invoicing", () => bills.ListAsync<ClientOutcome>(period, default)).ConfigureAwait(false);
        return [.. outcomes.Where(outcome => outcome.State == ClientState.Approved).SelectMany(IntentsOf)];
    }

    public async Task<IReadOnlyList<NumberStore.Assignment>> AssignNumbersAsync(Period period, IReadOnlyList<NumberStore.Intent> intents)
    {
        var context = await ContextAsync(period).ConfigureAwait(false);
        var series = DocumentNumbers.Of(context.Directory.Settings, NumberedDocument.Invoice);
        var assigned = await progress.TimeAsync("Invoicing", () => numbers.AssignAsync(series, context.Run.InvoiceDate, period, intents, default)).ConfigureAwait(false);
        progress.ClientsToIssue = assigned.Select(a => a.Intent.ClientId).Distinct().Count();
        return assigned;
    }

    public Task<IssuedClient> IssueAsync(Period period, IReadOnlyList<NumberStore.Assignment> assignments) => OneOfFewAsync(async () =>
    {
        var clientId = assignments[0].Intent.ClientId;
        var rows = await progress.TimeAsync("Invoicing", () => bills.ClientRowsAsync(period, clientId, default)).ConfigureAwait(false);
        if (rows.Invoices.Count > 0)
        {
            await payments.SettleAsync(rows.Invoices, null, default).ConfigureAwait(false);
            progress.CountIssued(rows.Invoices);
            return new IssuedClient(clientId, 0);
        }

        var billHash = assignments[0].Intent.BillHash;
        var context = await ContextAsync(period).ConfigureAwait(false);
        var (bill, activities, settings) = _drafted.TryRemove(billHash, out var cached)
            ? (cached.Bill, cached.Activities, context.Directory.Settings)
            : await progress.TimeAsync("Invoicing", () => DraftedBeforeAsync(context, period, clientId, billHash)).ConfigureAwait(false);
        var before = await context.Others.BeforeAsync(clientId).ConfigureAwait(false);
        var shown = rows.Outcome?.Approval?.BillHash == billHash ? rows.Outcome.Drafts : null;
        var paid = await progress.TimeAsync("Invoicing", () => payments.UseAsync(context.Directory, clientId, [.. assignments.Select(a => (a.Number, bill.DraftOf(a.Intent.Currency, a.Intent.Part)!))], shown, default)).ConfigureAwait(false);
        var printed = progress.Time("Documents", () => Print(settings, bill, assignments, paid));
        if (printed.Problem is { } problem)
        {
            await progress.TimeAsync("Invoicing", () => StoreUnprintableAsync(context.Directory, bill, billHash, activities, before, rows, problem)).ConfigureAwait(false);
            return new IssuedClient(clientId, 0);
        }

        var issued = new List<IssuedInvoice>();
        foreach (var (number, draft, pdf) in printed.Documents)
        {
            await progress.TimeAsync("Documents", async () => { await bills.PutPdfAsync(period, number, pdf, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
            issued.Add(paid.On(IssuedInvoice.Of(number, bill, draft, billHash, RecordJson.Hash(pdf))));
        }

        var outcome = ClientOutcome.Of(bill, ClientState.Issued, billHash, before) with
        {
            Unreconciled = context.Unreconciled(bill, activities),
            History = InvoicedHistory.After(before?.History, bill, context.AgreementsOf(clientId)),
            Approval = rows.Outcome?.Approval is { } approval && approval.BillHash == billHash ? approval : null,
        };
        await progress.TimeAsync("Invoicing", () => bills.IssueAsync(outcome, issued, writeBack.Of(bill, issued), Hold.Of(outcome, bill.Dispositions, activities), rows.HoldKeys, default)).ConfigureAwait(false);
        await progress.TimeAsync("Invoicing", async () => { await invoiced.SettleAsync(outcome, context.Others, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        await progress.TimeAsync("Invoicing", async () => { await payments.SettleAsync(issued, paid.Mark, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        progress.CountIssued(issued);
        return new IssuedClient(clientId, issued.Count);
    });

    public async Task FinishAsync(Period period)
    {
        await progress.TimeAsync("Accounting", () => outbox.SendAsync(period, failedToo: false, default)).ConfigureAwait(false);
        var context = await ContextAsync(period).ConfigureAwait(false);
        var waits = (await bills.ListAsync<ClientOutcome>(period, default).ConfigureAwait(false)).Any(outcome => outcome.Waits);
        await runs.PutAsync(context.Run with
        {
            State = waits ? RunState.AwaitsApproval : RunState.Finished,
            Problem = null,
            FinishedAt = clock.GetUtcNow(),
            Clients = (await members.OfAsync(context.Directory, period, null).ConfigureAwait(false)).Count(context.Directory.IsBilled),
            Rooms = progress.Rooms,
        }, default).ConfigureAwait(false);
        writeBack.Start(period);
    }

    public void Dispose() => _parallel.Dispose();

    private async Task<DraftedClient?> TryDraftAsync(Period period, string clientId)
    {
        var context = await ContextAsync(period).ConfigureAwait(false);
        var rows = await progress.TimeAsync("Invoicing", () => bills.ClientRowsAsync(period, clientId, default)).ConfigureAwait(false);
        var later = await context.Others.LaterAsync(clientId).ConfigureAwait(false);
        if (rows.Invoices.Count > 0 || (later is not null && rows.Outcome?.State == ClientState.NothingToInvoice))
        {
            await progress.TimeAsync("Invoicing", async () => { await invoiced.SettleAsync(rows.Outcome!, context.Others, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
            await progress.TimeAsync("Invoicing", async () => { await invoiced.HoldLateAsync(clientId, period, context.Directory, rows, context.Others, later, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
            return new DraftedClient(clientId, rows.Outcome!.State, []);
        }

        if (rows.Outcome is { State: ClientState.Approved } approved)
        {
            // As it was approved, whatever came since: that is adjusted on the next invoice.
            return new DraftedClient(clientId, ClientState.Approved, IntentsOf(approved));
        }

        var month = await progress.TimeAsync("Capture", () => months.ReadAsync(clientId, period, context.Directory, context.Others, default)).ConfigureAwait(false);
        var bill = progress.Time("Rating", () => context.Bill(month));
        if (await progress.TimeAsync("Invoicing", () => drafts.StoreAsync(context, bill, month, rows)).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        if (stored.Drafted.Intents.Count > 0)
        {
            _drafted[stored.Hash] = (bill, month.Activities);
        }

        if (month.NotAdjusted is { Period: var unadjusted })
        {
            var then = await bills.ClientRowsAsync(unadjusted, clientId, default).ConfigureAwait(false);
            await progress.TimeAsync("Invoicing", async () => { await invoiced.HoldLateAsync(clientId, unadjusted, context.Directory, then, context.Others, month.Before, default).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        }

        return stored.Drafted;
    }

    private static IReadOnlyList<NumberStore.Intent> IntentsOf(ClientOutcome approved) =>
        [.. approved.Drafts!.Select(draft => new NumberStore.Intent(approved.Period, approved.ClientId, draft.Currency, approved.BillHash, draft.Part))];

    // A bill that was approved, or one whose run was cut short after it gave the numbers, is issued as it was, and printed by the settings that it was made with.
    private async Task<(ClientBill Bill, IReadOnlyList<Activity> Activities, MspSettings Settings)> DraftedBeforeAsync(RunContext context, Period period, string clientId, string billHash)
    {
        var bill = await bills.GetBillAsync(period, clientId, billHash, default).ConfigureAwait(false);
        var directory = bill.References is { } references ? await context.Others.DirectoryAsync(references).ConfigureAwait(false) : context.Directory;
        return (bill, (await records.ActivitiesAsync(clientId, period, default).ConfigureAwait(false)).Activities, directory.Settings);
    }

    private (IReadOnlyList<(string Number, InvoiceDraft Draft, byte[] Pdf)> Documents, string? Problem) Print(
        MspSettings settings, ClientBill bill, IReadOnlyList<NumberStore.Assignment> assignments, IssuePayment paid)
    {
        try
        {
            return (
                [
                    .. from assignment in assignments
                       let draft = bill.DraftOf(assignment.Intent.Currency, assignment.Intent.Part)!
                       select (assignment.Number, draft, renderer.Render(PrintedInvoice.Of(settings, draft, assignment.Number, paid.Paid.GetValueOrDefault(assignment.Number)))),
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

    private async Task<RunContext> ContextAsync(Period period)
    {
        if (_context is { } context)
        {
            return context;
        }

        var references = await records.ReferencesAsync(default).ConfigureAwait(false);
        var run = await runs.FindAsync(period, default).ConfigureAwait(false)
            ?? new BillingRun(period, RunState.Running, period.End, clock.GetUtcNow(), null, 0, []);
        var directory = ClientDirectory.Of(references);
        return _context = new RunContext(run, directory, await periods.OpenAsync(period, references, default).ConfigureAwait(false), Reconciliation.Of(directory, references), logger);
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

    [LoggerMessage(LogLevel.Error, "Client {ClientId} is quarantined")]
    private partial void LogQuarantined(Exception exception, string clientId);
}
