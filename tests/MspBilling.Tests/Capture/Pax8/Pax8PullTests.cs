using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Pax8;
using MspBilling.Core.Capture;
using MspBilling.Tests.Capture.PartnerCenter;
using Xunit;

namespace MspBilling.Tests.Capture.Pax8;

/// <summary>The pulled set is the vendor's set: after any mix of faults, after a death between any two requests, and while records change.</summary>
public sealed class Pax8PullTests
{
    private const int MostPulls = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_WithoutFaults_IsTheAccountsSet()
    {
        await using var pax8 = await ConnectedPax8.StartAsync();

        var pulled = await ConnectedPartner.PullAllAsync(pax8.Source);

        Assert.Equal(
            ["Contoso Ltd MST-AZR-PLAN 0", "Contoso Ltd MST-NCE-11-C100 42", "Fabrikam GmbH CFQ7TTC0LH18:0001 3", "Fabrikam GmbH MST-NCE-11-C100 5"],
            pulled.OfType<Count>().Select(count => FormattableString.Invariant($"{count.CompanyName} {count.Sku} {count.Quantity}")).Order(StringComparer.Ordinal));
        foreach (var month in new[] { 9, 10, 11 })
        {
            Assert.Equal(
                [
                    "Contoso Ltd MST-AZR-PLAN Purchase 01 1 9.79 USD", "Contoso Ltd MST-NCE-11-C100 Credit 01 1 -12.5 USD", "Contoso Ltd MST-NCE-11-C100 Purchase 01 42 846.3 USD",
                    "Contoso Ltd MST-NCE-11-C100 Purchase 16 2 20.15 USD", "Fabrikam GmbH MST-NCE-11-C100 Purchase 01 5 100.75 USD",
                ],
                pulled.OfType<UsageRecord>().Where(charge => charge.Day.Month == month).Select(Shown).Order(StringComparer.Ordinal));
        }

        Assert.Equal(4 + (3 * 5), pulled.Count);
        Assert.Empty(pax8.Vendor.Unexpected);
        Assert.Equal(1, pax8.Vendor.Tokens);
    }

    [Fact]
    public async Task Pull_WithUsageLines_TakesUseFromThemAndNotFromTheInvoice()
    {
        await using var pax8 = await ConnectedPax8.StartAsync(("UsageLines", "true"));

        var charges = (await ConnectedPartner.PullAllAsync(pax8.Source)).OfType<UsageRecord>().ToList();

        Assert.Equal(
            ["Contoso Ltd m-Storage Usage 20 10.5 0.000123 USD", "Contoso Ltd m-Virtual Machines Usage 20 24 3.92 USD", "Contoso Ltd m-Virtual Machines Usage 21 12 1.96 USD"],
            charges.Where(charge => charge.Category == "Usage").Select(Shown).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(charges, charge => charge.Tags!.Contains("term=Arrears"));
        Assert.Equal(["resource-group=rg-prod", "subscription-id=s-3", "vendor=Microsoft"], charges.First(charge => charge.Category == "Usage").Tags);
        Assert.Empty(pax8.Vendor.Unexpected);
    }

    [Fact]
    public async Task Pull_AfterMixesOfFaults_IsTheAccountsSet()
    {
        await using var pax8 = await ConnectedPax8.StartAsync(("UsageLines", "true"));
        var whole = ConnectedPartner.Contents(await ConnectedPartner.PullAllAsync(pax8.Source));
        var failures = 0;
        foreach (var seed in SweepSample.Of(220, 70))
        {
            var (first, mixed) = (pax8.Vendor.Requests, VendorSimulator.Mixed(seed, seed % 4 * 0.15));
            pax8.Vendor.Faults = request => mixed(request - first);
            pax8.Vendor.TokenLasts = 4 + (seed % 9);
            pax8.Vendor.Shortens = request => seed % 2 == 0 && (request + seed) % 17 == 0;
            using var source = pax8.Restarted(("UsageLines", "true"), ("PageSize", (1 + (seed % 5)).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            var pulled = new List<CapturedRecord>();
            foreach (var feed in source.Feeds)
                failures += await PullUntilWholeAsync(source, feed, pulled);

            Assert.Equal(whole, ConnectedPartner.Contents(pulled));
        }

        Assert.Empty(pax8.Vendor.Unexpected);
        Assert.InRange(failures, 20, int.MaxValue);
    }

    [Fact]
    public async Task Pull_KilledBetweenAnyTwoRequests_IsTheAccountsSetWhenItIsPulledAgain()
    {
        await using var pax8 = await ConnectedPax8.StartAsync();
        var whole = ConnectedPartner.Contents(await ConnectedPartner.PullAllAsync(pax8.Source));
        var requests = pax8.Vendor.Requests;
        for (var kill = 1; kill <= requests; kill++)
        {
            using var death = new CancellationTokenSource();
            var (first, killAt) = (pax8.Vendor.Requests, kill);
            pax8.Vendor.Before = request =>
            {
                if (request - first == killAt)
                    death.Cancel();
            };
            var stored = new List<CapturedRecord>();
            using (var dying = pax8.Restarted())
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                {
                    foreach (var feed in dying.Feeds)
                    {
                        await foreach (var page in dying.PullAsync(feed, null, death.Token))
                            stored.AddRange(ConnectedPartner.Read(feed, page));
                        death.Token.ThrowIfCancellationRequested();
                    }
                });
            }

            Assert.Subset(whole.ToHashSet(), ConnectedPartner.Contents(stored).ToHashSet());
            pax8.Vendor.Before = _ => { };
            using var next = pax8.Restarted();
            stored.AddRange(await ConnectedPartner.PullAllAsync(next));
            Assert.Equal(whole, ConnectedPartner.Contents(stored));
        }
    }

    [Fact]
    public async Task Pull_WhileSubscriptionsChange_MissesNoneThatWasThereThroughout()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var pax8 = await ConnectedPax8.StartAsync();
            var (first, at) = (0, 1 + seed);
            pax8.Vendor.Before = request =>
            {
                first = first == 0 ? request : first;
                if (request - first != at)
                    return;
                pax8.Account.Subscriptions.RemoveAt(0);
                pax8.Account.Subscriptions.Add(Pax8Account.Subscription("s-9", Pax8Account.Fabrikam, "p-azure", 7, "Active"));
                pax8.Account.Subscriptions.Add(Pax8Account.Subscription("s-10", Pax8Account.Fabrikam, "p-azure", 1, "Active"));
            };

            var counts = (await ConnectedPartner.PullAsync(pax8.Source, pax8.Source.Feeds[0], Token)).OfType<Count>().ToDictionary(count => (count.CompanyName, count.Sku), count => count.Quantity);

            Assert.Equal(5, counts[("Fabrikam GmbH", "MST-NCE-11-C100")]);
            Assert.Equal(3, counts[("Fabrikam GmbH", "CFQ7TTC0LH18:0001")]);
            Assert.InRange(counts[("Contoso Ltd", "MST-NCE-11-C100")], 2, 42);
        }
    }

    private static string Shown(UsageRecord charge) =>
        FormattableString.Invariant($"{charge.SubAccountName} {charge.Sku} {charge.Category} {charge.Day:dd} {charge.Quantity:0.##############} {charge.Cost:0.############} {charge.Currency}");

    private static async Task<int> PullUntilWholeAsync(Pax8Source source, RecordFeed feed, List<CapturedRecord> pulled)
    {
        for (var failures = 0; failures < MostPulls; failures++)
        {
            try
            {
                await foreach (var page in source.PullAsync(feed, null, default))
                    pulled.AddRange(ConnectedPartner.Read(feed, page));
                return failures;
            }
            catch (SourceException e) when (e.Failure is SourceFailure.Unavailable or SourceFailure.Throttled or SourceFailure.Malformed)
            {
                // The next pull goes on.
            }
        }

        throw new InvalidOperationException($"{feed.Name} was not pulled whole.");
    }
}
