using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;

namespace MspBilling.App.Invoicing;

/// <summary>What all steps of a run see alike: the run, who is who, the periods around it, and what is compared.</summary>
internal sealed partial class RunContext(BillingRun run, ClientDirectory directory, OtherPeriods others, Reconciliation reconciliation, ILogger logger)
{
    public BillingRun Run => run;

    public ClientDirectory Directory => directory;

    public OtherPeriods Others => others;

    public IReadOnlyList<Agreement> AgreementsOf(string clientId) => directory.ClientOf(clientId).Client is { } client ? directory.AgreementsOf(client) : [];

    /// <summary>A client's bill; whatever its data are, there is one, if only to say that it cannot be billed.</summary>
    public ClientBill Bill(ClientMonth month)
    {
        try
        {
            var bill = month.Bill(directory, run.InvoiceDate, others.References);
            return reconciliation.HoldsClients && bill.Problem is null && reconciliation.Client(bill, month.Activities).Unreconciled is { } open
                ? month.Quarantine(directory, run.InvoiceDate, $"{open.Words} Settle or accept them, then close again.")
                : bill;
        }
        catch (Exception e) when (e is not RequestFailedException and not OperationCanceledException)
        {
            // Data that no rule foresaw: this client waits for a person, the others are billed.
            LogQuarantined(e, month.ClientId);
            return month.Quarantine(directory, run.InvoiceDate, $"Billing failed on this client's data: {e.Message}");
        }
    }

    /// <summary>What of a bill's reconciliation is open. Of a client that cannot be reconciled nothing is told; that it cannot be, is.</summary>
    public Unreconciled? Unreconciled(ClientBill bill, IReadOnlyCollection<Activity> activities)
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

    [LoggerMessage(LogLevel.Warning, "Client {ClientId} cannot be reconciled")]
    private partial void LogNotReconciled(Exception exception, string clientId);

    [LoggerMessage(LogLevel.Error, "Client {ClientId} is quarantined")]
    private partial void LogQuarantined(Exception exception, string clientId);
}
