using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <param name="Edit">What was made, or was made before by the same request; null with a problem.</param>
/// <param name="Draft">The client as it stands with that.</param>
/// <param name="IsUnknown">Whether there is no such draft or edit at all.</param>
public sealed record EditReport(DraftEdit? Edit, ClientOutcome? Draft, string? Problem, bool IsUnknown = false);

/// <summary>Edits drafts: keeps what a person changed as a record of its own, and computes the draft anew with it.</summary>
/// <remarks>
/// The record is stored first, so that a draft which is computed by anyone has it. A draft that was approved in the very moment is issued as it was approved; then the edit
/// is withdrawn again, and who asked is told.
/// </remarks>
public sealed class DraftEditing(ImportSessions sessions, PageKeeper pages, RecordStore records, BillStore bills, BillingRunner runner, TimeProvider clock)
{
    private const string FileName = "draft-edits.json";

    public async Task<EditReport> EditAsync(EditRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var session = sessions.Open();
        var (report, isNew) = await session.AloneAsync(null, token => EditAsync(session, request, token), cancellationToken).ConfigureAwait(false);
        return report.Edit is { } edit && isNew ? await RedraftAsync(edit, cancellationToken).ConfigureAwait(false) : report;
    }

    /// <param name="id">Of the edit.</param>
    public async Task<EditReport> WithdrawAsync(Period period, string clientId, string id, string by, string why, CancellationToken cancellationToken)
    {
        var session = sessions.Open();
        var report = await session.AloneAsync(
            null,
            async token =>
            {
                var outcome = await bills.OutcomeAsync(period, clientId, token).ConfigureAwait(false);
                if (outcome is { State: ClientState.Issued or ClientState.Approved })
                {
                    return new EditReport(null, outcome, $"{outcome.ClientName}: {outcome.InvoiceState!.Refusal(InvoiceState.Draft)} Credit the invoice instead.");
                }

                var edits = (await session.DirectoryAsync(token).ConfigureAwait(false)).EditsOf(clientId, period).ToList();
                if (edits.Find(edit => edit.Withdraws == id && edit.By == by && edit.Why == why) is { } known)
                {
                    return new EditReport(known, outcome, null);
                }

                if (DraftEdits.Standing(edits).FirstOrDefault(edit => edit.Id.ExternalId == id) is not { } standing)
                {
                    return new EditReport(null, outcome, $"There is no edit {id} that could be withdrawn. GET /api/runs/{period}/drafts/{clientId}/edits lists those that there are.", IsUnknown: true);
                }

                return new EditReport(await StoreAsync(session, Withdrawal(standing, edits.Count, by, why), token).ConfigureAwait(false), outcome, null);
            },
            cancellationToken).ConfigureAwait(false);
        return report.Edit is { } withdrawal && report.Draft is { State: ClientState.Draft } ? await RedraftAsync(withdrawal, cancellationToken).ConfigureAwait(false) : report;
    }

    /// <summary>All edits of a client's draft, withdrawn ones too, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<DraftEdit>> ListAsync(Period period, string clientId, CancellationToken cancellationToken) =>
    [
        .. (await records.ReferencesAsync(RecordKind.DraftEdit, cancellationToken).ConfigureAwait(false)).OfType<DraftEdit>()
            .Where(edit => edit.ClientId == clientId && edit.Period == period).OrderBy(edit => edit.At).ThenBy(edit => edit.Id.ExternalId, StringComparer.Ordinal),
    ];

    private async Task<(EditReport Report, bool IsNew)> EditAsync(ImportSession session, EditRequest request, CancellationToken cancellationToken)
    {
        var outcome = await bills.OutcomeAsync(request.Period, request.ClientId, cancellationToken).ConfigureAwait(false);
        var directory = await session.DirectoryAsync(cancellationToken).ConfigureAwait(false);
        var edits = directory.EditsOf(request.ClientId, request.Period).ToList();
        if (outcome is not { State: ClientState.Draft })
        {
            return (new EditReport(null, outcome, NoDraft(request, outcome), IsUnknown: outcome is null), false);
        }

        var bill = await bills.GetBillAsync(request.Period, request.ClientId, outcome.BillHash, cancellationToken).ConfigureAwait(false);
        var (edit, problem) = request.On(bill, directory, edits.Count, clock.GetUtcNow());
        if (edit is null)
        {
            return (new EditReport(null, outcome, problem), false);
        }

        if (edits.Find(known => known.Id == edit.Id) is { } known)
        {
            return (known.IsSame(edit) ? new EditReport(known, outcome, null) : new EditReport(null, outcome, $"The id {request.Id} was used for another edit, '{known.Text}'. Use one of its own for each."), false);
        }

        return BelowZero(bill, directory, edits, edit) is { } below
            ? (new EditReport(null, outcome, below), false)
            : (new EditReport(await StoreAsync(session, edit, cancellationToken).ConfigureAwait(false), outcome, null), true);
    }

    private static string NoDraft(EditRequest request, ClientOutcome? outcome) => outcome switch
    {
        null => $"{request.ClientId} was not billed in {request.Period}. Take the id from the list of drafts.",
        { InvoiceState: { } state } => $"{outcome.ClientName}: {state.Refusal(InvoiceState.Draft)}{(outcome.State == ClientState.Issued ? " Credit the invoice instead." : "")}",
        _ => $"{outcome.ClientName} has no draft in {request.Period}{(outcome.Problem is { } problem ? $": {problem}" : ".")}",
    };

    // A negative invoice cannot be made, and would hold all of the client's period.
    private static string? BelowZero(ClientBill bill, ClientDirectory directory, List<DraftEdit> edits, DraftEdit edit)
    {
        var lines = bill.Invoices.Where(invoice => invoice.Currency == edit.Currency).SelectMany(invoice => invoice.Lines).Where(line => line.Edit is null).ToList();
        var edited = DraftEdits.Of(directory, [.. edits, edit], [.. lines.Where(line => line.Adjusts is null)]).Lines.Where(line => line.Amount.Currency == edit.Currency);
        var net = Money.Sum(lines.Concat(edited).Select(line => line.Net), edit.Currency);
        return net.IsNegative ? $"With that the draft would come to {net}, and an invoice cannot be below zero. Take off less, or credit the rest on an invoice that was issued." : null;
    }

    private DraftEdit Withdrawal(DraftEdit edit, int before, string by, string why) => edit with
    {
        Id = DraftEdit.IdOf(edit.ClientId, edit.Period, before),
        By = by,
        Why = why,
        At = clock.GetUtcNow(),
        Withdraws = edit.Id.ExternalId,
    };

    private async Task<DraftEdit> StoreAsync(ImportSession session, DraftEdit edit, CancellationToken cancellationToken)
    {
        var kept = await pages.KeepAsync(FileName, ImportReader.DraftEditsFormat, DraftEditsFile.Write([edit]), cancellationToken).ConfigureAwait(false);
        await session.StoreAsync([kept.Payload], wereCutShort: false, cancellationToken).ConfigureAwait(false);
        return edit;
    }

    private async Task<EditReport> RedraftAsync(DraftEdit edit, CancellationToken cancellationToken)
    {
        await runner.RedraftAsync(edit.Period, edit.ClientId).ConfigureAwait(false);
        var outcome = (await bills.OutcomeAsync(edit.Period, edit.ClientId, cancellationToken).ConfigureAwait(false))!;
        if (outcome.State is not (ClientState.Approved or ClientState.Issued))
        {
            return new EditReport(edit, outcome, null);
        }

        var bill = await bills.GetBillAsync(edit.Period, edit.ClientId, outcome.BillHash, cancellationToken).ConfigureAwait(false);
        if (bill.Inputs.Any(input => input.Id == edit.Id))
        {
            return new EditReport(edit, outcome, null);
        }

        if (edit.Withdraws is null)
        {
            var session = sessions.Open();
            await session.AloneAsync(
                null,
                async token => await StoreAsync(session, Withdrawal(edit, (await session.DirectoryAsync(token).ConfigureAwait(false)).EditsOf(edit.ClientId, edit.Period).Count(), edit.By, "The draft was approved meanwhile"), token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }

        return new EditReport(null, outcome, $"{outcome.ClientName}: the draft was approved in this very moment, as it was. Credit the invoice instead.");
    }
}
