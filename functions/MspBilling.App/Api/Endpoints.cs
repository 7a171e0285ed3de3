using MspBilling.App.Accounting;
using MspBilling.App.Agreements;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.App.Rating;
using MspBilling.App.Reports;

namespace MspBilling.App.Api;

/// <summary>Every endpoint of the API.</summary>
public static class Endpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Endpoint.Get<HealthEndpoint>("health", (e, _, token) => e.GetAsync(token)),
        Endpoint.Get<RunEndpoints>("periods", (e, _, token) => e.PeriodsAsync(token)),
        Endpoint.Post<RunEndpoints>("runs", (e, request, token) => e.StartAsync(request, token)),
        Endpoint.Get<RunEndpoints>("runs/{period}", (e, request, token) => e.GetAsync(request, token)),
        Endpoint.Post<ApprovalEndpoints>("runs/{period}/approve", (e, request, token) => e.ApproveAsync(request, token)),
        Endpoint.Post<ApprovalEndpoints>("runs/{period}/cancel", (e, request, token) => e.CancelAsync(request, token)),
        Endpoint.Get<DraftEndpoint>("runs/{period}/drafts/{client}/pdf", (e, request, token) => e.PdfAsync(request, token)),
        Endpoint.Get<DraftEditEndpoints>("runs/{period}/drafts/{client}/edits", (e, request, token) => e.ListAsync(request, token)),
        Endpoint.Post<DraftEditEndpoints>("runs/{period}/drafts/{client}/edits", (e, request, token) => e.PostAsync(request, token)),
        Endpoint.Post<DraftEditEndpoints>("runs/{period}/drafts/{client}/edits/{id}/withdraw", (e, request, token) => e.WithdrawAsync(request, token)),
        Endpoint.Post<PreviewEndpoint>("preview", (e, request, token) => e.PostAsync(request, token)),
        Endpoint.Get<CaseSchemaEndpoint>("schemas/case.json", (e, _, _) => e.GetAsync()),
        Endpoint.Post<ImportEndpoint>("imports", (e, request, token) => e.PostAsync(request, token)),
        Endpoint.Post<UsageEndpoint>("usage", (e, request, token) => e.PostAsync(request, token)),
        Endpoint.Get<UsageEndpoint>("schemas/usage-event.json", (e, _, _) => e.SchemaAsync()),
        Endpoint.Get<SourceEndpoints>("sources", (e, _, token) => e.ListAsync(token)),
        Endpoint.Post<SourceEndpoints>("sources/{source}/pull", (e, request, token) => e.PullAsync(request, token)),
        Endpoint.Get<MappingEndpoints>("mappings", (e, _, token) => e.ListAsync(token)),
        Endpoint.Put<MappingEndpoints>("mappings", (e, request, token) => e.PutAsync(request, token)),
        Endpoint.Post<SourceEndpoints>("sources/{source}/webhooks/retry", (e, request, token) => e.RetryAsync(request, token)),
        Endpoint.Post<WebhookEndpoint>("webhooks/{source}/{secret?}", (e, request, token) => e.PostAsync(request, token)),
        Endpoint.Get<AgreementEndpoints>("agreements", (e, _, token) => e.ListAsync(token)),
        Endpoint.Get<AgreementEndpoints>("agreements/{id}", (e, request, token) => e.GetAsync(request, token)),
        Endpoint.Put<AgreementEndpoints>("agreements/{id}", (e, request, token) => e.PutAsync(request, token)),
        Endpoint.Get<AgreementEndpoints>("schemas/agreement.json", (_, _, _) => AgreementEndpoints.SchemaAsync()),
        Endpoint.Get<InvoiceEndpoints>("invoices", (e, request, token) => e.ListAsync(request, token)),
        Endpoint.Get<InvoiceEndpoints>("invoices/{number}", (e, request, token) => e.GetAsync(request, token)),
        Endpoint.Get<InvoiceEndpoints>("invoices/{number}/xml", (e, request, token) => e.XmlAsync(request, token)),
        Endpoint.Get<InvoiceEndpoints>("invoices/{number}/pdf", (e, request, token) => e.PdfAsync(request, token)),
        Endpoint.Get<InvoiceEndpoints>("invoices/{number}/detail.csv", (e, request, token) => e.DetailCsvAsync(request, token)),
        Endpoint.Get<InvoiceEndpoints>("invoices/{number}/detail.json", (e, request, token) => e.DetailAsync(request, token)),
        Endpoint.Post<CreditEndpoints>("invoices/{number}/credit", (e, request, token) => e.PostAsync(request, token)),
        Endpoint.Get<CreditEndpoints>("credit-notes", (e, request, token) => e.ListAsync(request, token)),
        Endpoint.Get<CreditEndpoints>("credit-notes/{number}", (e, request, token) => e.GetAsync(request, token)),
        Endpoint.Get<CreditEndpoints>("credit-notes/{number}/pdf", (e, request, token) => e.PdfAsync(request, token)),
        Endpoint.Post<AccountEndpoints>("invoices/{number}/write-off", (e, request, token) => e.WriteOffAsync(request, token)),
        Endpoint.Post<AccountEndpoints>("payments", (e, request, token) => e.PayAsync(request, token)),
        Endpoint.Get<AccountEndpoints>("clients/{client}/account", (e, request, token) => e.GetAsync(request, token)),
        Endpoint.Post<AccountEndpoints>("clients/{client}/account/reverse", (e, request, token) => e.ReverseAsync(request, token)),
        Endpoint.Post<AccountEndpoints>("clients/{client}/account/use-credit", (e, request, token) => e.UseCreditAsync(request, token)),
        Endpoint.Get<AccountEndpoints>("clients/{client}/statement", (e, request, token) => e.StatementAsync(request, token)),
        Endpoint.Get<AccountEndpoints>("clients/{client}/statement.pdf", (e, request, token) => e.StatementPdfAsync(request, token)),
        Endpoint.Get<AccountEndpoints>("clients/{client}/statement.csv", (e, request, token) => e.StatementCsvAsync(request, token)),
        Endpoint.Get<ActivityEndpoint>("activities", (e, request, token) => e.ListAsync(request, token)),
        Endpoint.Get<HoldEndpoint>("holds", (e, request, token) => e.ListAsync(request, token)),
        Endpoint.Post<HoldDecisionEndpoints>("holds/release", (e, request, token) => e.ReleaseSeveralAsync(request, token)),
        Endpoint.Post<HoldDecisionEndpoints>("holds/write-off", (e, request, token) => e.WriteOffSeveralAsync(request, token)),
        Endpoint.Post<HoldDecisionEndpoints>("holds/withdraw", (e, request, token) => e.WithdrawSeveralAsync(request, token)),
        Endpoint.Post<HoldDecisionEndpoints>("holds/{id}/release", (e, request, token) => e.ReleaseAsync(request, token)),
        Endpoint.Post<HoldDecisionEndpoints>("holds/{id}/write-off", (e, request, token) => e.WriteOffAsync(request, token)),
        Endpoint.Post<HoldDecisionEndpoints>("holds/{id}/withdraw", (e, request, token) => e.WithdrawAsync(request, token)),
        Endpoint.Get<HoldEndpoint>("holds/{id}/history", (e, request, token) => e.HistoryAsync(request, token)),
        Endpoint.Get<HoldEndpoint>("decisions", (e, request, token) => e.DecisionsAsync(request, token)),
        Endpoint.Get<SyncEndpoint>("sync", (e, request, token) => e.ListAsync(request, token)),
        Endpoint.Get<ReportEndpoints>("reports/revenue", (e, request, token) => e.RevenueAsync(request, token)),
        Endpoint.Get<ReportEndpoints>("reports/revenue.csv", (e, request, token) => e.RevenueCsvAsync(request, token)),
        Endpoint.Get<ReportEndpoints>("reports/receivables", (e, request, token) => e.ReceivablesAsync(request, token)),
        Endpoint.Get<ReportEndpoints>("reports/receivables.csv", (e, request, token) => e.ReceivablesCsvAsync(request, token)),
        Endpoint.Get<ReportEndpoints>("reports/leakage", (e, request, token) => e.LeakageAsync(request, token)),
        Endpoint.Get<ReportEndpoints>("reports/leakage.csv", (e, request, token) => e.LeakageCsvAsync(request, token)),
        Endpoint.Get<ReconciliationEndpoints>("reports/reconciliation", (e, request, token) => e.GetAsync(request, token)),
        Endpoint.Get<ReconciliationEndpoints>("reports/reconciliation.csv", (e, request, token) => e.CsvAsync(request, token)),
        Endpoint.Post<ReconciliationEndpoints>("reconciliation/accept", (e, request, token) => e.AcceptAsync(request, token)),
    ];
}
