using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MspBilling.Adapters.Capture.Pax8;
using MspBilling.App.Capture;
using MspBilling.Tests.Capture.PartnerCenter;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture.Pax8;

/// <summary>Pax8's invoices on their way to ours: paid, void, changed, and marked up.</summary>
public sealed class Pax8MonthTests(AzuriteFixture azurite)
{
    private const int Contoso = 301;
    private const int Fabrikam = 302;

    [Fact]
    public async Task Close_OfAMonth_MarksUpWhatPax8ChargedAndTakesAVoidInvoiceBack()
    {
        var account = Pax8Account.WithEverything();
        await using var vendor = new Pax8Simulator(account);
        await using var storage = await StorageAsync(vendor);
        await MarketplaceMonth.PullAsync(storage);
        await MarketplaceMonth.CloseAsync(storage, 10);

        // 846.30 + 20.15 - 12.50 + 9.79 = 863.74, x 1.10 = 950.11; 100.75 x 1.10 = 110.83
        Assert.Equal(["Licences 950.11 USD"], await MarketplaceMonth.LinesAsync(storage, 10, Contoso));
        Assert.Equal(["Licences 110.83 USD"], await MarketplaceMonth.LinesAsync(storage, 10, Fabrikam));
        await MarketplaceMonth.AssertVerifiedAsync(storage);

        // Void, and billed anew without the credit.
        account.Invoices.Single(invoice => (string?)invoice["id"] == "i-10")["status"] = "Void";
        account.AddInvoice("i-10-anew", 10);
        account.Items["i-10-anew"].RemoveAll(item => (string?)item["type"] == "service-credit");
        await MarketplaceMonth.PullAsync(storage);
        await MarketplaceMonth.CloseAsync(storage, 11);

        // 876.24 x 1.10 = 963.86
        var lines = await MarketplaceMonth.LinesAsync(storage, 11, Contoso);
        Assert.Equal(["Licences -950.11 USD adjusts", "Licences 963.86 USD adjusts"], lines.Where(line => line.EndsWith("adjusts", StringComparison.Ordinal)));
        Assert.Equal(["Licences 110.83 USD"], await MarketplaceMonth.LinesAsync(storage, 11, Fabrikam));
        await MarketplaceMonth.AssertVerifiedAsync(storage);
        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task Pull_OfInvoicesWhoseStateChanges_StoresNothingForAPaymentAndTakesBackWhatIsVoid()
    {
        var account = Pax8Account.WithEverything();
        await using var vendor = new Pax8Simulator(account);
        await using var storage = await StorageAsync(vendor);
        await MarketplaceMonth.PullAsync(storage);
        var stored = await MarketplaceMonth.StoredAsync(storage);
        var invoice = account.Invoices.Single(invoice => (string?)invoice["id"] == "i-10");

        (invoice["status"], invoice["balance"]) = ("Paid", 0);
        await MarketplaceMonth.PullAsync(storage);
        StorageSnapshot.AssertSame(stored, await MarketplaceMonth.StoredAsync(storage));

        invoice["status"] = "Void";
        await MarketplaceMonth.PullAsync(storage);
        Assert.Empty(await MarketplaceMonth.ChargesAsync(storage, 10, Contoso));
        Assert.Equal(4, (await MarketplaceMonth.ChargesAsync(storage, 10, Contoso, gone: true)).Count);
        var isVoid = await MarketplaceMonth.StoredAsync(storage);
        var again = await MarketplaceMonth.PullAsync(storage);
        Assert.Equal((0, 0), (again.Feeds.Sum(feed => feed.Added + feed.Changed), again.Feeds.Sum(feed => feed.Deleted + feed.Restored)));
        StorageSnapshot.AssertSame(isVoid, await MarketplaceMonth.StoredAsync(storage));

        // What was void by mistake is back.
        invoice["status"] = "Unpaid";
        await MarketplaceMonth.PullAsync(storage);
        StorageSnapshot.AssertSame(stored, await MarketplaceMonth.StoredAsync(storage));
    }

    [Fact]
    public async Task Pull_OfAnItemThatIsGone_MarksIt()
    {
        var account = Pax8Account.WithEverything();
        await using var vendor = new Pax8Simulator(account);
        await using var storage = await StorageAsync(vendor);
        await MarketplaceMonth.PullAsync(storage);
        account.Items["i-10"].RemoveAll(item => (string?)item["id"] is "a" or "b");

        var report = await MarketplaceMonth.PullAsync(storage);

        Assert.Equal(2, report.Feeds.Sum(feed => feed.Deleted));
        Assert.Equal(["MST-AZR-PLAN Purchase 10-01 1 9.79", "MST-NCE-11-C100 Credit 10-01 1 -12.5"], await MarketplaceMonth.ChargesAsync(storage, 10, Contoso));
    }

    [Fact]
    public async Task Timer_AsksASourceThatIsNotDueForNothing()
    {
        await using var vendor = new Pax8Simulator(Pax8Account.WithEverything());
        var clock = new StandingClock(Pax8Account.Now);
        await using var storage = await StorageAsync(vendor, clock);
        await MarketplaceMonth.PullAsync(storage);
        var requests = vendor.Requests;

        Assert.Empty((await MarketplaceMonth.PullAsync(storage, new PullRequest { OnlyDue = true })).Feeds);
        Assert.Equal(requests, vendor.Requests);
        clock.Now += TimeSpan.FromHours(6);
        Assert.Equal(2, (await MarketplaceMonth.PullAsync(storage, new PullRequest { OnlyDue = true })).Feeds.Count);
    }

    private async Task<TestStorage> StorageAsync(Pax8Simulator vendor, StandingClock? clock = null)
    {
        await vendor.StartAsync();
        var storage = await azurite.CreateAsync(services => services
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(clock ?? new StandingClock(Pax8Account.Now)))
            .AddPax8(ConnectedPax8.Section(ConnectedPax8.SettingsFor(vendor.Address))));
        await MarketplaceMonth.ImportAsync(storage, "Pax8", (Pax8Account.Contoso, Pax8Account.Fabrikam));
        return storage;
    }
}
