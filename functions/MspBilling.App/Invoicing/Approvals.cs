using System.Globalization;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Who approves or cancels which drafts of a period.</summary>
/// <param name="Clients">Their ids; empty for all whose drafts wait.</param>
/// <param name="Why">Null where nothing is to be said; a draft that a check speaks against is approved with a reason only.</param>
public sealed record ApprovalRequest(Period Period, IReadOnlyList<string> Clients, string By, string? Why);

/// <param name="IsUnknown">Whether the client has nothing in the period at all.</param>
public sealed record RefusedApproval(string ClientId, bool IsUnknown, string Because);

/// <param name="Done">As they stand now, by client.</param>
/// <param name="Known">Whose drafts were approved before; asked for again they are not approved again.</param>
/// <param name="Refused">With one of them nothing was done about any, save where a close has computed a draft anew in the very moment.</param>
public sealed record ApprovalReport(IReadOnlyList<ClientOutcome> Done, IReadOnlyList<ClientOutcome> Known, IReadOnlyList<RefusedApproval> Refused);

/// <summary>Lets drafts go, or drops them. What is approved is the draft as it is stored: the run that follows issues that and nothing else.</summary>
/// <remarks>An approval is written before anything else happens, so that whoever is cut short and asks again, or closes again, ends in the same invoices.</remarks>
public sealed class Approvals(BillStore bills, RecordStore records, TimeProvider clock)
{
    public async Task<ApprovalReport> ApproveAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (asked, refused) = await AskedAsync(request, outcome => outcome.Waits, cancellationToken).ConfigureAwait(false);
        refused.AddRange(from outcome in asked let because = ApprovalRefusal(outcome, request) where because is not null select new RefusedApproval(outcome.ClientId, IsUnknown: false, because));
        refused.AddRange(await EditedSinceAsync(request.Period, asked, cancellationToken).ConfigureAwait(false));
        var known = asked.Where(outcome => outcome.State != ClientState.Draft).ToList();
        return refused.Count > 0
            ? new ApprovalReport([], [], refused)
            : await EachAsync(asked.Except(known), known, draft => Task.FromResult((draft.ApprovedBy(new Approval(request.By, request.Why, clock.GetUtcNow(), draft.BillHash)), (IReadOnlyList<Hold>?)null)), cancellationToken)
                .ConfigureAwait(false);
    }

    public async Task<ApprovalReport> CancelAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (asked, refused) = await AskedAsync(request, outcome => outcome.State == ClientState.Draft, cancellationToken).ConfigureAwait(false);
        refused.AddRange(asked.Where(outcome => outcome.State != ClientState.Draft).Select(outcome => new RefusedApproval(outcome.ClientId, IsUnknown: false, NoDraft(outcome))));
        if (refused.Count > 0)
        {
            return new ApprovalReport([], [], refused);
        }

        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        return await EachAsync(asked, [], draft => CancelledAsync(draft, directory, request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(List<ClientOutcome> Asked, List<RefusedApproval> Refused)> AskedAsync(ApprovalRequest request, Func<ClientOutcome, bool> isMeant, CancellationToken cancellationToken)
    {
        var outcomes = (await bills.ListAsync<ClientOutcome>(request.Period, cancellationToken).ConfigureAwait(false)).ToDictionary(outcome => outcome.ClientId, StringComparer.Ordinal);
        var clients = request.Clients.Count > 0 ? request.Clients.Distinct(StringComparer.Ordinal) : outcomes.Values.Where(isMeant).Select(outcome => outcome.ClientId);
        var (asked, refused) = (new List<ClientOutcome>(), new List<RefusedApproval>());
        foreach (var client in clients.Order(StringComparer.Ordinal))
        {
            if (outcomes.TryGetValue(client, out var outcome))
            {
                asked.Add(outcome);
            }
            else
            {
                refused.Add(new RefusedApproval(client, IsUnknown: true, $"{client} was not billed in {request.Period}. Take the ids from the list of drafts."));
            }
        }

        return (asked, refused);
    }

    // What somebody has edited and the draft does not have yet would be lost.
    private async Task<IReadOnlyList<RefusedApproval>> EditedSinceAsync(Period period, IReadOnlyList<ClientOutcome> drafts, CancellationToken cancellationToken)
    {
        var edits = (await records.ReferencesAsync(RecordKind.DraftEdit, cancellationToken).ConfigureAwait(false)).OfType<DraftEdit>().Where(edit => edit.Period == period).ToLookup(edit => edit.ClientId);
        var refused = new List<RefusedApproval>();
        foreach (var draft in drafts.Where(draft => draft.State == ClientState.Draft && edits.Contains(draft.ClientId)))
        {
            var known = (await bills.GetBillAsync(period, draft.ClientId, draft.BillHash, cancellationToken).ConfigureAwait(false)).Inputs.Select(input => input.Id).ToHashSet();
            if (edits[draft.ClientId].FirstOrDefault(edit => !known.Contains(edit.Id)) is { } edit)
            {
                refused.Add(new RefusedApproval(draft.ClientId, IsUnknown: false, $"{draft.ClientName}: {edit.By} has edited the draft ('{edit.Text}'), and it is not computed anew yet. Close {period} again and look at it."));
            }
        }

        return refused;
    }

    private static string? ApprovalRefusal(ClientOutcome outcome, ApprovalRequest request) => outcome switch
    {
        { State: ClientState.Draft } when request.Why is null && (outcome.Objections ?? []).FirstOrDefault(objection => objection.NeedsWhy) is { } objection =>
            $"{outcome.ClientName}: {objection.Words} Say why it is issued all the same.",
        { State: ClientState.Draft or ClientState.Approved } => null,
        { State: ClientState.Issued, Approval.By: var by } when by == request.By => null,
        { InvoiceState: { } state } => $"{outcome.ClientName}: {state.Refusal(InvoiceState.Approved)}",
        _ => NoDraft(outcome),
    };

    private static string NoDraft(ClientOutcome outcome) => outcome.State == ClientState.Approved
        ? $"{outcome.ClientName}: the draft is approved and gets its number. Close {outcome.Period} again if its invoice does not come."
        : $"{outcome.ClientName} has no draft in {outcome.Period}{(outcome.Problem is { } problem ? $": {problem}" : ".")}";

    private async Task<ApprovalReport> EachAsync(
        IEnumerable<ClientOutcome> drafts, IReadOnlyList<ClientOutcome> known, Func<ClientOutcome, Task<(ClientOutcome Outcome, IReadOnlyList<Hold>? Holds)>> change, CancellationToken cancellationToken)
    {
        var (done, refused) = (new List<ClientOutcome>(), new List<RefusedApproval>());
        foreach (var draft in drafts)
        {
            var rows = await bills.ClientRowsAsync(draft.Period, draft.ClientId, cancellationToken).ConfigureAwait(false);
            if (rows.Outcome is { State: ClientState.Draft } seen && seen.BillHash == draft.BillHash)
            {
                var (outcome, holds) = await change(seen).ConfigureAwait(false);
                if (await bills.TryWriteOutcomeAsync(outcome, rows.Tag, holds ?? [], holds is null ? [] : rows.HoldKeys, cancellationToken).ConfigureAwait(false))
                {
                    done.Add(outcome);
                    continue;
                }
            }

            refused.Add(new RefusedApproval(draft.ClientId, IsUnknown: false, $"{draft.ClientName}: the draft is another since. Look at it as it is now."));
        }

        return new ApprovalReport(done, known, refused);
    }

    private async Task<(ClientOutcome Outcome, IReadOnlyList<Hold>? Holds)> CancelledAsync(ClientOutcome draft, ClientDirectory directory, ApprovalRequest request, CancellationToken cancellationToken)
    {
        var bill = await bills.GetBillAsync(draft.Period, draft.ClientId, draft.BillHash, cancellationToken).ConfigureAwait(false);
        var activities = (await records.ActivitiesAsync(draft.ClientId, draft.Period, cancellationToken).ConfigureAwait(false)).Activities;
        var problem = string.Create(
            CultureInfo.InvariantCulture,
            $"The draft of {string.Join(" and ", draft.Drafts!.Select(invoice => invoice.Total))} was cancelled by {request.By} on {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd}{(request.Why is { } why ? $" ({why})" : "")}. Close {draft.Period} again to draft it anew.");
        var held = ClientBilling.Quarantine(directory, draft.ClientId, draft.Period, bill.InvoiceDate, activities, problem, draft.Carried);
        var outcome = draft.Cancelled(held, await bills.PutBillAsync(held, cancellationToken).ConfigureAwait(false));
        return (outcome, Hold.Of(outcome, held.Dispositions, activities));
    }
}
