using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>The pulled set is the vendor's set: after any mix of faults, after a death between any two requests, and while records change.</summary>
public sealed class HaloPsaPullTests
{
    private const int MostPulls = 60;

    [Theory]
    [InlineData("TimesheetEvent")]
    [InlineData("Actions")]
    public async Task Pull_WithoutFaults_IsTheTenantsSet(string timeSource)
    {
        await using var halo = await ConnectedHalo.StartAsync(("TimeSource", timeSource));

        var pulled = await PullAllAsync(halo.Source);

        Assert.Equal(halo.Tenant.Records(), Names(pulled));
        Assert.Equal(pulled.Count, pulled.Select(record => record.Id).Distinct().Count());
        Assert.Equal(("60010", "Project 60010", "Client 25", "Engineer"), pulled.OfType<TimeEntry>().Where(time => time.TicketId == "41551").Select(time => (time.ProjectId, time.ProjectName, time.CompanyName, time.RoleName)).First());
        Assert.Equal(("Client 26", "Server"), pulled.OfType<Device>().Where(device => device.CompanyId == "26").Select(device => (device.CompanyName, device.DeviceType)).First());
        Assert.Empty(halo.Vendor.Unexpected);
        Assert.Equal(1, halo.Vendor.Tokens);
    }

    [Theory]
    [InlineData("TimesheetEvent")]
    [InlineData("Actions")]
    public async Task Pull_AfterMixesOfFaults_IsTheTenantsSet(string timeSource)
    {
        await using var halo = await ConnectedHalo.StartAsync(("TimeSource", timeSource));
        var whole = Contents(await PullAllAsync(halo.Source));
        var failures = 0;
        foreach (var seed in SweepSample.Of(110, 40))
        {
            var (first, mixed) = (halo.Vendor.Requests, Mixed(seed, seed % 4 * 15));
            halo.Vendor.Faults = request => mixed(request - first);
            halo.Vendor.TokenLasts = 4 + (seed % 9);
            halo.Vendor.MostRows = 1 + (seed % 4);
            halo.Vendor.RecordCount = (seed % 3) switch { 0 => count => count, 1 => _ => 0, _ => count => count + 7 };
            using var source = halo.Restarted(("TimeSource", timeSource));
            var pulled = new List<CapturedRecord>();
            foreach (var feed in source.Feeds)
                failures += await PullUntilWholeAsync(source, feed, pulled);

            Assert.Equal(whole, Contents(pulled));
        }

        Assert.Empty(halo.Vendor.Unexpected);
        Assert.InRange(failures, 20, int.MaxValue);
    }

    [Fact]
    public async Task Pull_KilledBetweenAnyTwoRequests_IsTheTenantsSetWhenItIsPulledAgain()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        var whole = Contents(await PullAllAsync(halo.Source));
        var requests = halo.Vendor.Requests;
        for (var kill = 1; kill <= requests; kill++)
        {
            using var death = new CancellationTokenSource();
            var (first, killAt) = (halo.Vendor.Requests, kill);
            halo.Vendor.Before = request =>
            {
                if (request - first == killAt)
                    death.Cancel();
            };
            var stored = new List<CapturedRecord>();
            using (var dying = halo.Restarted())
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                {
                    foreach (var feed in dying.Feeds)
                    {
                        await foreach (var page in dying.PullAsync(feed, null, death.Token))
                            stored.AddRange(ConnectedHalo.Read(feed, page));
                        death.Token.ThrowIfCancellationRequested();
                    }
                });
            }

            Assert.Subset(whole.ToHashSet(), Contents(stored).ToHashSet());
            halo.Vendor.Before = _ => { };
            using var next = halo.Restarted();
            stored.AddRange(await PullAllAsync(next));
            Assert.Equal(whole, Contents(stored));
        }
    }

    [Fact]
    public async Task Pull_WhileRecordsChange_MissesNoneThatWasThereThroughout()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            await using var halo = await ConnectedHalo.StartAsync(("TimeSource", seed % 2 == 0 ? "Actions" : "TimesheetEvent"));
            var (random, removed) = (new Random(seed), new HashSet<string>());
            halo.Vendor.MostRows = 2;
            halo.Vendor.Before = request => Change(halo.Tenant, random, request, removed);
            var before = halo.Tenant.Records().ToList();
            var pulled = await PullAllAsync(halo.Source);

            Assert.Empty(before.Except(removed).Except(Names(pulled)));

            // The next pull reaches back by the overlap, so that what came and changed meanwhile is there, too.
            halo.Vendor.Before = _ => { };
            var newest = pulled.Max(record => record.Revision);
            foreach (var feed in halo.Source.Feeds)
                pulled.AddRange(await ConnectedHalo.PullAsync(halo.Source, feed, feed.Overlap is { } overlap ? newest - overlap : null));
            Assert.Empty(halo.Tenant.Records().Except(Names(pulled)));
            foreach (var feed in halo.Source.Feeds.Where(feed => feed.Swept is not null))
                Assert.Equal(halo.Tenant.Records().Where(id => id.StartsWith($"{feed.Swept}/", StringComparison.Ordinal)).Select(id => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..]), await ConnectedHalo.IdsAsync(halo.Source, feed));
            Assert.Empty(halo.Vendor.Unexpected);
        }
    }

    [Fact]
    public async Task Pull_OfAListThatLosesRecordsMeanwhile_ReadsItOnceMore()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        var first = 0;
        halo.Vendor.Before = request =>
        {
            first = first == 0 ? request : first;
            if (request == first + 2)
                halo.Tenant.Remove("Tickets", 41551);
        };

        // Of pages of three, 41554 moves up from the second page to the first, which is read already.
        var pulled = await ConnectedHalo.PullAsync(halo.Source, halo["tickets"]);

        Assert.Equal(Enumerable.Range(41551, 8).Select(id => $"{id}"), pulled.Select(ticket => ticket.Id.ExternalId).Distinct().Order());
    }

    [Fact]
    public async Task Pull_WhereTheCountFallsEachTime_Ends()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        var count = 1_000_000;
        halo.Vendor.RecordCount = _ => count--;

        Assert.Equal(8, (await ConnectedHalo.PullAsync(halo.Source, halo["tickets"])).Count);
    }

    [Fact]
    public async Task Pull_WhereListsTellLess_AsksForEachRecord()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        var whole = Contents(await PullAllAsync(halo.Source));
        halo.Vendor.OnlyInDetails.UnionWith(["costprice", "periodchargeamount", "lines"]);
        Assert.Equal(whole, Contents(await PullAllAsync(halo.Source)));

        halo.Vendor.OnlyInDetails.Clear();
        Assert.Equal(whole, Contents(await PullAllAsync(halo.Source)));
        Assert.Empty(halo.Vendor.Unexpected);
    }

    [Fact]
    public async Task Pull_SinceAMoment_AsksForChangesInTheDateZone()
    {
        await using var halo = await ConnectedHalo.StartAsync(("DateZone", "Europe/London"));
        halo.Tenant.PutTicket(43001, 25, 0, new DateTime(2026, 8, 25, 0, 59, 59));
        halo.Tenant.PutTicket(43002, 25, 0, new DateTime(2026, 8, 25, 1, 0, 0));

        var changed = await ConnectedHalo.PullAsync(halo.Source, halo["tickets"], new DateTimeOffset(2026, 8, 25, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(("43002", new DateTimeOffset(2026, 8, 25, 0, 0, 0, TimeSpan.Zero)), (Assert.Single(changed).Id.ExternalId, changed[0].Revision));
    }

    [Fact]
    public async Task Pull_WithNamesInTheSettings_AsksForNoLookup()
    {
        await using var halo = await ConnectedHalo.StartAsync(("ChargeRateNames:2", "Architect"), ("ChargeRatesByContract", "false"));
        halo.Vendor.Instead["/api/Lookup"] = new SimulatedAnswer(403, "");

        Assert.Equal(["Charge rate 1", "Architect"], (await ConnectedHalo.PullAsync(halo.Source, halo["charge-rates"])).OfType<WorkRole>().Select(role => role.Name));
    }

    /// <summary>A fault in so many of a hundred requests, the same for the same seed. A seeded <see cref="Random"/> begins alike for seeds that are near.</summary>
    private static Func<int, Fault> Mixed(int seed, int percent) => request =>
    {
        var drawn = BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{seed}/{request}")));
        return drawn % 100 >= percent ? Fault.None : (Fault)(1 + (drawn / 100 % 3));
    };

    private static void Change(HaloTenant tenant, Random random, int request, HashSet<string> removed)
    {
        var now = HaloTenant.Today.AddHours(12).AddSeconds(request);
        switch (random.Next(12))
        {
            case 0:
                tenant.PutTicket(42000 + request, 25, 0, now);
                break;
            case 1:
                tenant.PutTicket(41551 + random.Next(8), 26, 0, now);
                break;
            case 2:
                tenant.PutTime(41551 + random.Next(8), 100 + request, now.AddHours(-2), 2);
                break;
            case 3 when tenant.List("Asset").Count > 4:
                var asset = (long)tenant.List("Asset").ElementAt(random.Next(4))["id"]!;
                tenant.Remove("Asset", asset);
                removed.Add($"Device/{asset}");
                break;
            case 4 when tenant.List("Actions").Count > 8:
                var action = tenant.List("Actions").ElementAt(random.Next(4));
                var (ticket, number) = ((long)action["ticket_id"]!, (long)action["id"]!);
                tenant.RemoveTime(ticket, number);
                removed.Add($"Time/{ticket}/{number}");
                break;
        }
    }

    private static async Task<List<CapturedRecord>> PullAllAsync(HaloPsaSource source)
    {
        var records = new List<CapturedRecord>();
        foreach (var feed in source.Feeds)
            records.AddRange(await ConnectedHalo.PullAsync(source, feed));
        return records;
    }

    /// <summary>As the pull does: what came is kept, and a feed that failed is pulled again.</summary>
    private static async Task<int> PullUntilWholeAsync(HaloPsaSource source, RecordFeed feed, List<CapturedRecord> pulled)
    {
        for (var failures = 0; failures < MostPulls; failures++)
        {
            try
            {
                await foreach (var page in source.PullAsync(feed, null, default))
                    pulled.AddRange(ConnectedHalo.Read(feed, page));
                return failures;
            }
            catch (SourceException e)
            {
                Assert.True(e.Failure is SourceFailure.Unavailable or SourceFailure.Throttled, e.Message);
            }
        }

        throw new InvalidOperationException($"{feed.Name} could not be pulled.");
    }

    private static IEnumerable<string> Names(IEnumerable<CapturedRecord> records) =>
        records.Select(record => $"{record.Id.Kind}/{record.Id.ExternalId}").Distinct().Order(StringComparer.Ordinal);

    private static List<string> Contents(IEnumerable<CapturedRecord> records) =>
        [.. records.Select(record => $"{record.Id} {RecordJson.ContentHash(record)} {record.Revision:O}").Distinct().Order(StringComparer.Ordinal)];
}
