using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.PartnerCenter;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>The pulled set is the vendor's set: after any mix of faults, and after a death between any two requests.</summary>
public sealed class PartnerCenterPullTests
{
    private const int MostPulls = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_WithoutFaults_IsTheTenantsSet()
    {
        await using var partner = await ConnectedPartner.StartAsync();

        var pulled = await ConnectedPartner.PullAllAsync(partner.Source);

        Assert.Equal(
            [
                "Contoso Ltd CFQ7TTC0LH18:0001 2026-11-23 45",
                "Contoso Ltd CFQ7TTC0LHSF:0002 2026-11-23 0",
                "Fabrikam GmbH CFQ7TTC0LH18:0001 2026-11-23 5",
            ],
            pulled.OfType<Count>().Select(count => FormattableString.Invariant($"{count.CompanyName} {count.Sku} {count.Day:yyyy-MM-dd} {count.Quantity}")));
        string[] month =
        [
            "Contoso Ltd 5b7b Usage 14 36 5.8752 USD",
            "Contoso Ltd 5b7b Usage 15 24 3.9168 USD",
            "Contoso Ltd 9c01 Usage 15 1.5 0.000000123456 USD",
            "Contoso Ltd CFQ7TTC0LH18:0001 Credit 01 1 -12.5 USD",
            "Contoso Ltd CFQ7TTC0LH18:0001 Purchase 01 42 845.88 USD",
            "Contoso Ltd CFQ7TTC0LH18:0001 Purchase 16 2 20.14 USD",
            "Fabrikam GmbH 5b7b Usage 02 1 0.25 USD",
            "Fabrikam GmbH CFQ7TTC0LH18:0001 Purchase 01 5 100.7 USD",
            "Fabrikam GmbH DZH318Z0SAAS:0003 Usage 01 1000 30 USD",
        ];
        foreach (var (number, prefix) in new[] { (9, "2026-09|USD|"), (10, "2026-10|USD|"), (11, "2026-11|USD|") })
            Assert.Equal(month, pulled.OfType<UsageRecord>().Where(charge => charge.Day.Month == number && charge.Id.ExternalId.Contains(prefix, StringComparison.Ordinal)).Select(Shown).Order(StringComparer.Ordinal));
        Assert.Equal(3 + (3 * month.Length), pulled.Count);
        Assert.Equal(pulled.Count, pulled.Select(record => record.Id).Distinct().Count());
        Assert.Empty(partner.Vendor.Unexpected);

        // A token for each of the two interfaces, and each month's two kinds exported once: the lines know the usage's subscriptions from the usage.
        Assert.Equal((2, 6), (partner.Vendor.Tokens, partner.Vendor.Exports));
    }

    [Fact]
    public async Task Pull_AfterMixesOfFaults_IsTheTenantsSet()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        var whole = ConnectedPartner.Contents(await ConnectedPartner.PullAllAsync(partner.Source));
        var failures = 0;
        foreach (var seed in SweepSample.Of(220, 70))
        {
            var (first, mixed, exports) = (partner.Vendor.Requests, Mixed(seed, seed % 4 * 12), partner.Vendor.Exports);
            partner.Vendor.Faults = request => mixed(request - first);
            partner.Vendor.TokenLasts = 5 + (seed % 11);
            partner.Vendor.KeyLasts = seed % 3 == 0 ? 1 : 2 + (seed % 5);
            partner.Vendor.Polls = seed % 3;
            partner.Vendor.Fails = number => ((number - exports) * 7 + seed) % 5 == 0;
            partner.Vendor.Halves = request => (request + seed) % 13 == 0;
            partner.Vendor.BlobLines = 1 + (seed % 4);
            partner.Vendor.MostRows = 1 + (seed % 2);
            partner.Vendor.NamesManifest = seed % 2 == 0;
            using var source = partner.Restarted();
            var pulled = new List<CapturedRecord>();
            foreach (var feed in source.Feeds)
                failures += await PullUntilWholeAsync(source, feed, pulled);

            Assert.Equal(whole, ConnectedPartner.Contents(pulled));
        }

        Assert.Empty(partner.Vendor.Unexpected);
        Assert.InRange(failures, 10, int.MaxValue);
    }

    [Fact]
    public async Task Pull_KilledBetweenAnyTwoRequests_IsTheTenantsSetWhenItIsPulledAgain()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        var whole = ConnectedPartner.Contents(await ConnectedPartner.PullAllAsync(partner.Source));
        var requests = partner.Vendor.Requests;
        for (var kill = 1; kill <= requests; kill++)
        {
            using var death = new CancellationTokenSource();
            var (first, killAt) = (partner.Vendor.Requests, kill);
            partner.Vendor.Before = request =>
            {
                if (request - first == killAt)
                    death.Cancel();
            };
            var stored = new List<CapturedRecord>();
            using (var dying = partner.Restarted())
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
            partner.Vendor.Before = _ => { };
            using var next = partner.Restarted();
            stored.AddRange(await ConnectedPartner.PullAllAsync(next));
            Assert.Equal(whole, ConnectedPartner.Contents(stored));
        }
    }

    [Fact]
    public async Task Ids_AreThoseOfTheDaysWhateverInvoiceTellsThem()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        var usage = partner.Source.Feeds[1];
        var pulled = await ConnectedPartner.PullAsync(partner.Source, usage, Token);
        var (exports, ids) = (partner.Vendor.Exports, new List<string>());
        await foreach (var id in partner.Source.IdsAsync(usage, Core.Time.Period.Month(2026, 10), Token))
            ids.Add(id);

        // What was just pulled is not exported again.
        Assert.Equal(exports, partner.Vendor.Exports);
        Assert.Equal(pulled.Select(charge => charge.Id.ExternalId).Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        Assert.Contains(ConnectedPartner.Read(usage, (await partner.Source.FetchAsync(usage, ids[0], Token))!), charge => charge.Id.ExternalId == ids[0]);
        Assert.Null(await partner.Source.FetchAsync(usage, ids[0] + "0", Token));
        Assert.Null(await partner.Source.FetchAsync(usage, "usage|2020-01|USD|x|2020-01-01|y", Token));
    }

    private static string Shown(UsageRecord charge) =>
        FormattableString.Invariant($"{charge.SubAccountName} {charge.Sku} {charge.Category} {charge.Day:dd} {charge.Quantity:0.##############} {charge.Cost:0.############} {charge.Currency}");

    private static Func<int, Fault> Mixed(int seed, int percent) => VendorSimulator.Mixed(seed, percent / 100.0);

    private static async Task<int> PullUntilWholeAsync(PartnerCenterSource source, RecordFeed feed, List<CapturedRecord> pulled)
    {
        for (var failures = 0; failures < MostPulls; failures++)
        {
            try
            {
                await foreach (var page in source.PullAsync(feed, null, default))
                    pulled.AddRange(ConnectedPartner.Read(feed, page));
                return failures;
            }
            catch (SourceException e) when (e.Failure is SourceFailure.Unavailable or SourceFailure.Throttled or SourceFailure.Malformed or SourceFailure.Unauthorized)
            {
                // A token that ends at once is refused twice: the next pull goes on.
            }
        }

        throw new InvalidOperationException($"{feed.Name} was not pulled whole.");
    }
}
