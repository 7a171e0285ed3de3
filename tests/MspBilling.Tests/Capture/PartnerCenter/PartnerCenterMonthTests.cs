using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.PartnerCenter;
using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>A month of Microsoft's charges on its way: unbilled, billed, invoiced by us, credited.</summary>
public sealed class PartnerCenterMonthTests(AzuriteFixture azurite)
{
    private const int Contoso = 301;
    private const int Fabrikam = 302;

    private static readonly string[] October =
    [
        "5b7b Usage 10-14 36 5.8752",
        "5b7b Usage 10-15 24 3.9168",
        "9c01 Usage 10-15 1.5 0.000000123456",
        "CFQ7TTC0LH18:0001 Credit 10-01 1 -12.5",
        "CFQ7TTC0LH18:0001 Purchase 10-01 42 845.88",
        "CFQ7TTC0LH18:0001 Purchase 10-16 2 20.14",
    ];

    [Fact]
    public async Task Pull_BilledAfterUnbilled_ReplacesWhatWasUnbilledAndMarksWhatIsGone()
    {
        var tenant = Unbilled();
        await using var vendor = new PartnerSimulator(tenant);
        await using var storage = await StorageAsync(vendor);
        await MarketplaceMonth.PullAsync(storage);

        Assert.Contains("5b7b Usage 10-14 20 3.1", await MarketplaceMonth.ChargesAsync(storage, 10, Contoso));
        Assert.Contains("gone Usage 10-20 1 50", await MarketplaceMonth.ChargesAsync(storage, 10, Contoso));

        Bill(tenant);
        var report = await MarketplaceMonth.PullAsync(storage);

        Assert.Equal(October, await MarketplaceMonth.ChargesAsync(storage, 10, Contoso));
        Assert.Equal(["gone Usage 10-20 1 50"], await MarketplaceMonth.ChargesAsync(storage, 10, Contoso, gone: true));
        Assert.Equal(1, report.Feeds.Sum(feed => feed.Deleted));

        // Pulled once more, nothing is stored, to the byte.
        var stored = await MarketplaceMonth.StoredAsync(storage);
        report = await MarketplaceMonth.PullAsync(storage);
        Assert.Equal((0, 0, 0, 0), (report.Feeds.Sum(feed => feed.Added), report.Feeds.Sum(feed => feed.Changed), report.Feeds.Sum(feed => feed.Deleted), report.Feeds.Sum(feed => feed.Restored)));
        StorageSnapshot.AssertSame(stored, await MarketplaceMonth.StoredAsync(storage));
        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task Close_OfAMonth_MarksUpWhatMicrosoftChargedAndGivesACreditBack()
    {
        var tenant = Unbilled();
        Bill(tenant);
        await using var vendor = new PartnerSimulator(tenant) { Faults = VendorSimulator.Mixed(3, 0.1) };
        await using var storage = await StorageAsync(vendor);
        await MarketplaceMonth.PullAsync(storage);
        await MarketplaceMonth.CloseAsync(storage, 10);

        // 5.8752 + 3.9168 + 0.000000123456 = 9.792000123456, x 1.20 = 11.75; 845.88 + 20.14 - 12.50 = 853.52, x 1.10 = 938.87
        Assert.Equal(["Azure 11.75 USD", "Licences 938.87 USD"], await MarketplaceMonth.LinesAsync(storage, 10, Contoso));

        // 0.25 + 30.00 = 30.25, x 1.20 = 36.30; 100.70 x 1.10 = 110.77
        Assert.Equal(["Azure 36.30 USD", "Licences 110.77 USD"], await MarketplaceMonth.LinesAsync(storage, 10, Fabrikam));
        await MarketplaceMonth.AssertVerifiedAsync(storage);

        // A credit note for October, and a line of usage that Microsoft took off its invoice.
        tenant.AddInvoice("G031809011", 10);
        tenant.Lines[("usage", "G031809011")] = [];
        tenant.Lines[("reconciliation", "G031809011")] = [PartnerTenant.Line(PartnerTenant.Contoso, "Contoso Ltd", 10, "CFQ7TTC0LH18", "0001", "customerCredit", 1, -10m, "G031809011", PartnerTenant.Licence)];
        tenant.Lines[("usage", "G031809010")].RemoveAll(line => (string?)line["UsageDate"] == "2026-10-15T00:00:00Z" && (string?)line["MeterId"] == "5b7b");
        var report = await MarketplaceMonth.PullAsync(storage);
        await MarketplaceMonth.CloseAsync(storage, 11);

        Assert.Equal(1, report.Feeds.Sum(feed => feed.Deleted));

        // 5.8752 x 1.20 = 7.05 for 11.75 before; 853.52 - 10.00 = 843.52, x 1.10 = 927.87 for 938.87 before; beside November's own.
        var lines = await MarketplaceMonth.LinesAsync(storage, 11, Contoso);
        Assert.Equal(["Azure -11.75 USD adjusts", "Azure 7.05 USD adjusts", "Licences -938.87 USD adjusts", "Licences 927.87 USD adjusts"], lines.Where(line => line.EndsWith("adjusts", StringComparison.Ordinal)));
        Assert.Equal(["Azure 11.75 USD", "Licences 938.87 USD"], lines.Where(line => !line.EndsWith("adjusts", StringComparison.Ordinal)));
        await MarketplaceMonth.AssertVerifiedAsync(storage);
    }

    [Fact]
    public async Task Pull_EndedBetweenAnyTwoRequestsOfTheVendor_EndsInTheSame()
    {
        var tenant = Unbilled();
        await using var vendor = new PartnerSimulator(tenant);
        SortedDictionary<string, string> expected;
        int requests;
        await using (var undisturbed = await StorageAsync(vendor))
        {
            await MarketplaceMonth.PullAsync(undisturbed);
            Bill(tenant);
            var before = vendor.Requests;
            await MarketplaceMonth.PullAsync(undisturbed);
            (expected, requests) = (await MarketplaceMonth.StoredAsync(undisturbed), vendor.Requests - before);
        }

        foreach (var end in SweepSample.Of(requests, 4).Select(request => request + 1))
        {
            tenant.Invoices.RemoveAll(invoice => (string?)invoice["id"] == "G031809010");
            await using var storage = await StorageAsync(vendor);
            await MarketplaceMonth.PullAsync(storage);
            Bill(tenant);
            var (first, endAt) = (vendor.Requests, end);
            using var death = new CancellationTokenSource();
            vendor.Before = request =>
            {
                if (request - first == endAt)
                    death.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Get<PullJob>().RunAsync(storage.Get<IRecordSource>(), new PullRequest(), death.Token));
            vendor.Before = _ => { };
            await MarketplaceMonth.PullAsync(storage);
            StorageSnapshot.AssertSame(expected, await MarketplaceMonth.StoredAsync(storage));
        }
    }

    /// <summary>October as it was before its invoice: less use of one day, and a row that the invoice does not have.</summary>
    private static PartnerTenant Unbilled()
    {
        var tenant = PartnerTenant.WithEverything();
        tenant.Invoices.RemoveAll(invoice => (string?)invoice["id"] == "G031809010");
        tenant.Lines[("usage", "last USD")] = [.. tenant.Lines[("usage", "G031809010")].Skip(2).Select(line => line.DeepClone().AsObject())];
        tenant.Lines[("usage", "last USD")].Add(PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "5b7b", 20m, 3.10m, ""));
        tenant.Lines[("usage", "last USD")].Add(PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 20, "gone", 1m, 50m, ""));
        tenant.Lines[("reconciliation", "last USD")] = [.. tenant.Lines[("reconciliation", "G031809010")].Select(line => line.DeepClone().AsObject())];
        return tenant;
    }

    private static void Bill(PartnerTenant tenant) => tenant.AddInvoice("G031809010", 10);

    private async Task<TestStorage> StorageAsync(PartnerSimulator vendor)
    {
        if (vendor.Requests == 0)
            await vendor.StartAsync();
        var storage = await azurite.CreateAsync(services => services
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(new StandingClock(PartnerTenant.Now)))
            .AddPartnerCenter(ConnectedPartner.Section(ConnectedPartner.SettingsFor(vendor.Address))));
        await MarketplaceMonth.ImportAsync(storage, "Microsoft", (PartnerTenant.Contoso, PartnerTenant.Fabrikam));
        return storage;
    }
}
