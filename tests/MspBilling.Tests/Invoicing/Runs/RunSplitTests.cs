using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample month with an invoice for each agreement: several invoices a client in one currency, all the way to accounting.</summary>
public sealed class RunSplitTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_SplitByAgreement_BillsTheSameOnMoreInvoices()
    {
        await using var storage = await ImportAsync();
        await SampleRun.CloseAsync(storage);
        await SampleRun.BookAsync(storage);

        var whole = await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync());
        var split = await SampleRun.ListAsync<IssuedInvoice>(storage);
        Assert.True(split.Count > whole.Count, $"{split.Count} and {whole.Count}");
        Assert.Equal(NetsOf(whole), NetsOf(split));
        Assert.Equal(split.Count, split.Select(invoice => invoice.Number).Distinct().Count());
        Assert.Equal(await SampleRun.CapturedAsync(await azurite.ClosedSampleAsync()), await SampleRun.CapturedAsync(storage));
        Assert.All(await SampleRun.ListAsync<OutboxEntry>(storage), entry => Assert.Equal(SyncState.Confirmed, entry.State));
        Assert.Equal(split.Count, (await SampleRun.ListAsync<OutboxEntry>(storage)).Count);
        Assert.Equal(2 * split.Count, (await StorageSnapshot.NamesAsync(storage.Get<BillingStorage>().AccountingFiles)).Count);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        foreach (var invoice in split)
        {
            var found = (await storage.Get<StoredInvoices>().FindAsync(invoice.Number, Token))!;
            Assert.Equal((invoice.Part, invoice.Total), (found.Part, (await storage.Get<StoredInvoices>().WholeAsync(found, Token)).Draft.Total));
        }
    }

    [Fact]
    public async Task Credit_OneOfAClientsInvoices_LeavesTheOthers()
    {
        await using var storage = await ImportAsync();
        await SampleRun.CloseAsync(storage);
        var several = (await SampleRun.ListAsync<IssuedInvoice>(storage)).GroupBy(invoice => (invoice.ClientId, invoice.Currency)).First(client => client.Count() > 1).OrderBy(invoice => invoice.Number).ToList();

        var (note, problem) = await storage.Get<InvoiceCredits>().CreditAsync(several[1].Number, new CreditRequest(null, null, false, "Ann Lee", "billed twice"), Token);

        Assert.Null(problem);
        Assert.Equal(several[1].Total, note!.Total);
        var now = (await SampleRun.ListAsync<IssuedInvoice>(storage)).ToDictionary(invoice => invoice.Number);
        Assert.Equal((InvoiceState.Void, InvoiceState.Issued), (now[several[1].Number].State, now[several[0].Number].State));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Close_SplitAndCutShortByTwoAtOnce_HasNoGapNoDuplicateAndNoOrphan()
    {
        var all = new StorageRequests();
        await using var undisturbed = await ImportAsync();
        await using (var counted = Shared(undisturbed, all))
            await SampleRun.CloseAsync(counted);

        await SampleRun.BookAsync(undisturbed);
        var expected = await StorageSnapshot.ResultsAsync(undisturbed);
        foreach (var most in all.Cuts(3))
        {
            await using var storage = await ImportAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Shared(storage, requests))
                await Record.ExceptionAsync(() => SampleRun.CloseAsync(cut));

            await using var second = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };
            await Task.WhenAll(SampleRun.CloseAsync(storage), SampleRun.CloseAsync(second));
            await SampleRun.BookAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
        }
    }

    private static IEnumerable<string> NetsOf(IEnumerable<IssuedInvoice> invoices) =>
        invoices.GroupBy(invoice => (invoice.ClientId, invoice.Currency)).Select(client => $"{client.Key.ClientId} {client.Key.Currency} {client.Sum(invoice => invoice.Net.Amount)}").Order();

    private TestStorage Shared(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };

    private async Task<TestStorage> ImportAsync()
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(
            storage, SampleRun.Month.Select(file => file.Name == "msp-settings.json" ? DraftedSample.With(file, "billing", """{"split":"agreement"}""") : file));
        return storage;
    }
}
