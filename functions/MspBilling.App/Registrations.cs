using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Documents;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.App.Api;
using MspBilling.App.Capture;
using MspBilling.App.Documents;
using MspBilling.App.Invoicing;
using MspBilling.App.Rating;
using MspBilling.App.Reports;
using MspBilling.Core.Documents;

namespace MspBilling.App;

/// <summary>Everything that both hosts are made of, one room a method.</summary>
public static class Registrations
{
    /// <param name="configuration">Sections <c>Storage</c>, <c>Accounting</c>, <c>Pull</c>, <c>Webhooks</c>, <c>Usage</c> and <c>Drop</c>, which have defaults, and <c>Sources</c>, of which each exists when its section does.</param>
    public static IServiceCollection AddMspBilling(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddStorage(configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions())
            .AddCapture(configuration)
            .AddRating()
            .AddInvoicing()
            .AddAccounting(configuration.GetSection(ImportFileOptions.Section).Get<ImportFileOptions>() ?? new ImportFileOptions())
            .AddReports();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions storage) => services
        .AddSingleton(new BillingStorage(storage))
        .AddSingleton<RecordStore>()
        .AddSingleton<RawPayloadStore>()
        .AddSingleton<CursorStore>()
        .AddSingleton<UsageCoverStore>()
        .AddSingleton<DropStore>()
        .AddSingleton(services => new StorageLease(services.GetRequiredService<BillingStorage>(), StorageLease.Usual, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<StorageLease>>()))
        .AddSingleton<BillStore>()
        .AddSingleton<CreditNoteStore>()
        .AddSingleton<LedgerStore>()
        .AddSingleton<WriteBackStore>()
        .AddSingleton<TouchedPeriodStore>()
        .AddSingleton<CutStore>()
        .AddSingleton<NumberStore>()
        .AddSingleton<RunStore>()
        .AddSingleton<AccountingQueue>()
        .AddSingleton<WebhookStore>()
        .AddSingleton<WebhookQueue>()
        .AddSingleton<IWebhookQueue>(services => services.GetRequiredService<WebhookQueue>())
        .AddSingleton<AccountingFileStore>();

    private static IServiceCollection AddRating(this IServiceCollection services) => services
        .AddSingleton<StoredClients>()
        .AddSingleton<BillPreview>()
        .AddSingleton<WhatIf>()
        .AddSingleton<PreviewEndpoint>()
        .AddSingleton<CaseSchemaEndpoint>();

    private static IServiceCollection AddInvoicing(this IServiceCollection services) => services
        .AddSingleton<IInvoiceRenderer, PdfInvoiceRenderer>()
        .AddSingleton<IStatementRenderer, PdfStatementRenderer>()
        .AddScoped<RunProgress>()
        .AddScoped<IBillingRunSteps, BillingRunSteps>()
        .AddSingleton<BillingRunner>()
        .AddSingleton<RunMembers>()
        .AddSingleton<DueRuns>()
        .AddSingleton<InvoiceNow>()
        .AddSingleton<IScheduledJob, DueTimer>()
        .AddSingleton<ClientMonthReader>()
        .AddSingleton<OtherPeriodsReader>()
        .AddSingleton<InvoicedPeriods>()
        .AddSingleton<DraftedBills>()
        .AddSingleton<IssuePayments>()
        .AddSingleton<StoredAdjustments>()
        .AddSingleton<CreditNoteVerification>()
        .AddSingleton<InvoiceVerification>()
        .AddSingleton<WriteBackJob>()
        .AddSingleton<WriteBackRunner>()
        .AddSingleton<IScheduledJob, WriteBackTimer>()
        .AddSingleton<OpenElsewhere>()
        .AddSingleton<Approvals>()
        .AddSingleton<StoredInvoices>()
        .AddSingleton<StoredCreditNotes>()
        .AddSingleton<ReleasedWork>()
        .AddSingleton<LedgerPosting>()
        .AddSingleton<InvoiceCredits>()
        .AddSingleton<IScheduledJob, LedgerTimer>()
        .AddSingleton<AccountDays>()
        .AddSingleton<IScheduledJob, AccountTimer>()
        .AddSingleton<CreditEndpoints>()
        .AddSingleton<ClientAccounts>()
        .AddSingleton<PaymentImport>()
        .AddSingleton<StatementReader>()
        .AddSingleton<AccountEndpoints>()
        .AddSingleton<RunEndpoints>()
        .AddSingleton<EInvoiceReader>()
        .AddSingleton<ApprovalEndpoints>()
        .AddSingleton<DraftEndpoint>()
        .AddSingleton<DraftEditing>()
        .AddSingleton<DraftEditEndpoints>()
        .AddSingleton<InvoiceEndpoints>()
        .AddSingleton<ActivityEndpoint>();

    private static IServiceCollection AddAccounting(this IServiceCollection services, ImportFileOptions files) => services
        .AddSingleton(files)
        .AddSingleton<IAccountingSystem, ImportFileAccounting>()
        .AddSingleton<AccountingHandler>()
        .AddSingleton<AccountingPump>()
        .AddSingleton<OutboxPump>()
        .AddSingleton<IScheduledJob, OutboxTimer>()
        .AddSingleton<SyncEndpoint>();

    private static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<PeriodQuery>()
        .AddSingleton<ReportReader>()
        .AddSingleton<LeakReader>()
        .AddSingleton<ReportEndpoints>()
        .AddSingleton<ReconciliationReader>()
        .AddSingleton<AcceptanceJob>()
        .AddSingleton<ReconciliationEndpoints>()
        .AddSingleton<HealthEndpoint>();
}
