using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>A draft as it would be printed, marked as one on every page.</summary>
public sealed class DraftEndpoint(BillStore bills, IInvoiceRenderer renderer)
{
    public async Task<IResult> PdfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, unreadable) = Answers.PeriodOf((string?)request.RouteValues["period"]);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var client = (string?)request.RouteValues["client"] ?? "";
        if (await bills.OutcomeAsync(period!.Value, client, cancellationToken).ConfigureAwait(false) is not { Waits: true } outcome)
        {
            return Answers.NotFound($"No draft of {client} waits in {period}. GET /api/invoices?state=draft lists those that do.");
        }

        var bill = await bills.GetBillAsync(period.Value, client, outcome.BillHash, cancellationToken).ConfigureAwait(false);
        var (currency, part) = (request.Query["currency"].ToString(), request.Query["part"].ToString());
        if (bill.Invoices.FirstOrDefault(invoice => (currency.Length == 0 || invoice.Currency.Code == currency) && (part.Length == 0 || invoice.Part == part)) is not { } draft)
        {
            return Answers.NotFound($"{bill.ClientName} has no draft in '{currency}'{(part.Length == 0 ? "" : $" of '{part}'")}; there are {string.Join(", ", outcome.Drafts!.Select(Named))}.");
        }

        var references = await bills.FindReferencesAsync(bill.References!, cancellationToken).ConfigureAwait(false);
        return references is null
            ? Answers.NotFound("The reference records of the draft are not in the storage any more. Close the period again.")
            : Results.File(renderer.Render(PrintedInvoice.Of(ClientDirectory.Of(RecordJson.Deserialize<IReadOnlyList<CapturedRecord>>(references)).Settings, draft, null, outcome.Drafts!.Single(drafted => drafted.Currency == draft.Currency && drafted.Part == draft.Part).PaidAtIssue)), "application/pdf");
    }

    /// <summary>Where a draft is previewed.</summary>
    internal static string Address(ClientOutcome outcome, DraftedInvoice draft) =>
        $"/api/runs/{outcome.Period}/drafts/{Uri.EscapeDataString(outcome.ClientId)}/pdf?currency={draft.Currency.Code}{(draft.Part is { } part ? $"&part={Uri.EscapeDataString(part)}" : "")}";

    /// <summary>As somebody says which of a client's drafts is meant.</summary>
    internal static string Named(DraftedInvoice draft) => draft.Part is { } part ? $"{draft.Currency.Code} of {part}" : draft.Currency.Code;
}
