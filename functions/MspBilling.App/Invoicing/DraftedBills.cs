using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Stores what a close has computed for a client: to be issued, to wait for a person, or with nothing to invoice.</summary>
public sealed class DraftedBills(BillStore bills, InvoicedPeriods invoiced, IssuePayments payments)
{
    /// <returns>The client with the hash of its stored bill, or null when somebody else has written the client's drafts in between: then it is computed once more.</returns>
    internal async Task<(DraftedClient Drafted, string Hash)?> StoreAsync(RunContext context, ClientBill bill, ClientMonth month, BillStore.ClientRows rows)
    {
        if (bill.Invoices.Count == 0 && rows.Outcome is { Waits: false } same && same.BillHash == RecordJson.Hash(RecordJson.Serialize(bill)))
        {
            await invoiced.SettleAsync(same, context.Others, default).ConfigureAwait(false);
            return (new DraftedClient(bill.ClientId, same.State, []), same.BillHash);
        }

        await KeepReferencesAsync(bill, month, context.Others).ConfigureAwait(false);
        var hash = await bills.PutBillAsync(bill, default).ConfigureAwait(false);
        var waits = bill.Invoices.Count == 0 ? [] : IssueChecks.Of(new IssueCase(bill, context.Directory, month.Activities, month.Before));
        if (bill.Invoices.Count > 0 && waits.Count == 0)
        {
            return (new DraftedClient(bill.ClientId, ClientState.Issued, [.. bill.Invoices.Select(i => new NumberStore.Intent(bill.Period, bill.ClientId, i.Currency, hash, i.Part))]), hash);
        }

        var outcome = waits.Count > 0
            ? await payments.ShownOnAsync(context.Directory, bill, ClientOutcome.Waiting(bill, hash, month.Before, waits), default).ConfigureAwait(false)
            : ClientOutcome.Of(bill, StateOf(context, bill), hash, month.Before);
        outcome = outcome with { Unreconciled = context.Unreconciled(bill, month.Activities) };
        var holds = Hold.Of(outcome, bill.Dispositions, month.Activities);
        if (waits.Count > 0 || rows.Outcome?.Waits == true)
        {
            var isSame = rows.Outcome is { } before && Adjustments.Same(before, outcome);
            if (!isSame && !await bills.TryWriteOutcomeAsync(outcome, rows.Tag, holds, rows.HoldKeys, default).ConfigureAwait(false))
            {
                return null;
            }
        }
        else
        {
            await bills.WriteOutcomeAsync(outcome, holds, rows.HoldKeys, default).ConfigureAwait(false);
        }

        if (waits.Count == 0)
        {
            await invoiced.SettleAsync(outcome, context.Others, default).ConfigureAwait(false);
        }

        return (new DraftedClient(bill.ClientId, outcome.State, []), hash);
    }

    private static ClientState StateOf(RunContext context, ClientBill bill) => (bill.Problem, context.Directory.IsBilled(bill.ClientId)) switch
    {
        (not null, _) => ClientState.Quarantined,
        (_, true) => ClientState.NothingToInvoice,
        (_, false) => ClientState.NotAClient,
    };

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
}
