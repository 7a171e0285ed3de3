using System.Globalization;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Work that was invoiced and is deleted at its source is taken back with the next close, and what was billed can still be computed again.</summary>
public sealed class DeletedAfterInvoiceTests(AzuriteFixture azurite)
{
    private static readonly Period October = Period.Month(2024, 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_InvoicedTimeThatWasDeletedSince_IsTakenBackOnTheNextInvoice()
    {
        var source = new FakeSource { PageSize = 500 };
        source.Feeds = [source.Feeds[1]];
        source.Records[FakeSource.TimeEntries].AddRange(JsonNode.Parse(SampleRun.File("time-entries.json").Content)!.AsArray().Select(record => record!.DeepClone()));
        await using var storage = await azurite.CreateAsync(services => services.Pulled(source));
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        var (client, deleted) = await BilledHalfHourAsync(storage);
        source.Records[FakeSource.TimeEntries].Remove(source.TimeEntry(long.Parse(deleted.Activity.ExternalId, CultureInfo.InvariantCulture)));

        var report = await storage.PullAsync(new PullRequest(Full: true, Sweep: true));
        await storage.Get<BillingRunner>().Start(October).Task;

        Assert.Equal((0, 1), (report.Feeds[0].Added + report.Feeds[0].Changed, report.Feeds[0].Deleted));
        var bill = await BillAsync(storage, October, client);
        var line = Assert.Single(bill.Invoices.SelectMany(invoice => invoice.Lines), line => line.Adjusts is not null && line.Amount.Amount < 0);
        Assert.Equal(-0.5m, bill.Invoices.SelectMany(invoice => invoice.Lines).Where(l => l.Adjusts is not null).Sum(l => l.Details.Sum(detail => detail.Quantity)));
        Assert.Equal(SampleRun.September, line.Adjusts!.Period);
        var stands = bill.Adjusted.Single(adjusted => adjusted.Now.Period == SampleRun.September).Now.Dispositions.Single(d => d.Activity == deleted.Activity);
        Assert.Equal((DispositionKind.NonBillable, Reason.Deleted, 0.5m), (stands.Kind, stands.Reason, stands.Quantity.Hours));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    private static async Task<(string Client, Disposition Disposition)> BilledHalfHourAsync(TestStorage storage)
    {
        foreach (var outcome in (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.State == ClientState.Issued).OrderBy(o => o.ClientId, StringComparer.Ordinal))
        {
            var bill = await BillAsync(storage, SampleRun.September, outcome.ClientId);
            if (bill.Dispositions.FirstOrDefault(d => d.Kind == DispositionKind.Billed && d.Quantity.Hours == 0.5m) is { } found)
                return (outcome.ClientId, found);
        }

        throw new InvalidOperationException("The sample bills no half hour.");
    }

    private static async Task<ClientBill> BillAsync(TestStorage storage, Period period, string clientId)
    {
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(period, clientId, Token))!;
        return await storage.Get<BillStore>().GetBillAsync(period, clientId, outcome.BillHash, Token);
    }
}
