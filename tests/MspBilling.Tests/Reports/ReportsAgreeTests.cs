using System.Text;
using MspBilling.App.Reports;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Reports;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary>Reports are different views of the same invoices, so their sums are the same.</summary>
public sealed class ReportsAgreeTests(AzuriteFixture azurite)
{
    private static readonly DateOnly EndOfOctober = new(2024, 10, 31);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revenue_ByClientByServiceAndOfInvoices_IsTheSameInEachCurrency()
    {
        var storage = await azurite.ClosedSampleAsync();
        var invoices = await SampleRun.ListAsync<IssuedInvoice>(storage);
        var revenue = await storage.Get<ReportReader>().RevenueAsync(SampleRun.September, null, Token);

        Assert.True(revenue.Currencies.Count > 1);
        foreach (var currency in revenue.Currencies)
        {
            var net = Sum(invoices, currency, i => i.Net);
            Assert.Equal(net, revenue.ByClient.Where(r => r.Currency == currency).Sum(r => r.Net.Amount));
            Assert.Equal(net, revenue.ByService.Where(r => r.Currency == currency).Sum(r => r.Net.Amount));
            Assert.Equal(net, revenue.ByClientAndService.Where(r => r.Currency == currency).Sum(r => r.Net.Amount));
            Assert.Equal(Sum(invoices, currency, i => i.Tax), revenue.ByClient.Where(r => r.Currency == currency).Sum(r => r.Tax.Amount));
            Assert.Equal(Sum(invoices, currency, i => i.Total), revenue.ByClient.Where(r => r.Currency == currency).Sum(r => r.Total.Amount));
        }
    }

    [Fact]
    public async Task Revenue_OfEachClientAlone_AddsUpToAll()
    {
        var storage = await azurite.ClosedSampleAsync();
        var reports = storage.Get<ReportReader>();
        var all = await reports.RevenueAsync(SampleRun.September, null, Token);

        var each = new List<ClientRevenue>();
        foreach (var clientId in all.ByClient.Select(r => r.ClientId).Distinct())
            each.AddRange((await reports.RevenueAsync(SampleRun.September, clientId, Token)).ByClient);

        Assert.Equal(all.ByClient, each.OrderByDescending(r => r.Net.Amount).ThenBy(r => r.ClientId));
    }

    [Fact]
    public async Task Receivables_OfEachCurrency_AreTheBalancesOfTheInvoices()
    {
        var storage = await azurite.ClosedSampleAsync();
        var invoices = await SampleRun.ListAsync<IssuedInvoice>(storage);
        var receivables = await storage.Get<ReportReader>().ReceivablesAsync(EndOfOctober, null, Token);

        Assert.NotEmpty(receivables.Rows);
        foreach (var currency in invoices.Select(i => i.Currency).Distinct())
        {
            Assert.Equal(Sum(invoices, currency, i => i.Balance), receivables.Rows.Where(r => r.Currency == currency).Sum(r => r.Total.Amount));
            Assert.Equal(Sum(invoices, currency, i => i.Balance), receivables.Rows.Where(r => r.Currency == currency).Sum(r => r.Amounts.Sum(a => a.Amount)));
        }
    }

    [Fact]
    public async Task Leakage_OfAllDispositions_IsEverythingThatWasCaptured()
    {
        var storage = await azurite.ClosedSampleAsync();
        var captured = await SampleRun.CapturedAsync(storage);
        var leakage = await storage.Get<ReportReader>().LeakageAsync(SampleRun.September, null, Token);

        Assert.Equal(captured, (leakage.ByDisposition.Sum(d => d.Activities), leakage.ByDisposition.Sum(d => d.Hours), leakage.ByDisposition.Sum(d => d.Units)));
        var held = leakage.ByDisposition.Single(d => d.Disposition == DispositionKind.Held);
        Assert.Equal((held.Activities, held.Hours, held.Units), (leakage.Held.Sum(h => h.Activities), leakage.Held.Sum(h => h.Hours), leakage.Held.Sum(h => h.Units)));
        Assert.Equal(held.Hours, (await SampleRun.ListAsync<Hold>(storage)).Sum(h => h.Hours));
    }

    [Fact]
    public void Csv_ClientCalledLikeAFormula_IsText()
    {
        var csv = Encoding.UTF8.GetString(CsvTable.Write(
            [("=HYPERLINK(\"http://x\")", new Money(-40, Currency.Of("EUR"))), ("\t+1", new Money(2, Currency.Of("EUR")))], ("Client", r => r.Item1), ("Net", r => r.Item2)));

        Assert.Equal("\uFEFFClient,Net\r\n\"'=HYPERLINK(\"\"http://x\"\")\",-40.00\r\n'+1,2.00\r\n", csv);
    }

    private static decimal Sum(IEnumerable<IssuedInvoice> invoices, Currency currency, Func<IssuedInvoice, Money> amount) =>
        invoices.Where(i => i.Currency == currency).Sum(i => amount(i).Amount);
}
