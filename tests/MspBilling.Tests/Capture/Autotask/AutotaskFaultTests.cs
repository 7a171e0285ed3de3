using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>What is pulled is what is there, whatever goes wrong in between.</summary>
public sealed class AutotaskFaultTests
{
    private static readonly string[] Feeds =
    [
        "companies", "resources", "roles", "contracts", "contract-service-units", "contract-bundle-units", "contract-rates", "projects", "contract-milestones",
        "tickets", "configuration-items", "time-entries", "contract-charges", "ticket-charges", "project-charges",
    ];

    [Fact]
    public async Task Pull_AnyMixOfFaults_EndsInTheSameSet()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        var expected = new Dictionary<string, SortedDictionary<string, string>>();
        await using (var calm = new AutotaskPulls(simulator))
        {
            foreach (var feed in Feeds)
                expected[feed] = AutotaskPulls.Set(await calm.RecordsAsync(feed));
        }

        var failed = 0;
        foreach (var seed in SweepSample.Of(210, 30))
        {
            // Each mix pulls time and two others, so that time meets all of them.
            simulator.Faults = VendorSimulator.Mixed(seed, 0.05 + (seed % 6 * 0.07));
            await using var pulls = new AutotaskPulls(simulator);
            foreach (var feed in new[] { "time-entries", Feeds[seed % Feeds.Length], Feeds[(seed + 7) % Feeds.Length] })
            {
                var records = new List<CapturedRecord>();
                for (var isDone = false; !isDone;)
                {
                    try
                    {
                        await foreach (var page in pulls.Source.PullAsync(pulls.Feed(feed), null, TestContext.Current.CancellationToken))
                            records.AddRange(AutotaskPulls.Read(pulls.Feed(feed), page));
                        isDone = true;
                    }
                    catch (SourceException e) when (e.Failure is SourceFailure.Unavailable or SourceFailure.Throttled)
                    {
                        failed++;
                    }
                }

                Assert.Equal(expected[feed], AutotaskPulls.Set(records));
            }
        }

        Assert.Empty(simulator.Unexpected);
        Assert.True(failed > 0, "no pull was ever given up");
    }

    [Theory]
    [InlineData("time-entries")]
    [InlineData("contract-service-units")]
    public async Task Pull_KilledBetweenAnyTwoRequests_EndsInTheSameSet(string feed)
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        SortedDictionary<string, string> expected;
        var first = 0;
        await using (var calm = new AutotaskPulls(simulator))
        {
            expected = AutotaskPulls.Set(await calm.RecordsAsync(feed));
            first = simulator.Requests;
        }

        for (var kill = 1; kill <= first; kill++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var (at, records) = (simulator.Requests + kill, new List<CapturedRecord>());
            simulator.Before = request =>
            {
                if (request == at)
                    stop.Cancel();
            };
            await using (var killed = new AutotaskPulls(simulator))
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                {
                    await foreach (var page in killed.Source.PullAsync(killed.Feed(feed), null, stop.Token))
                        records.AddRange(AutotaskPulls.Read(killed.Feed(feed), page));
                });
            }

            Assert.All(AutotaskPulls.Set(records), record => Assert.Equal(expected[record.Key], record.Value));
            await using var pulls = new AutotaskPulls(simulator);
            Assert.Equal(expected, AutotaskPulls.Set(records.Concat(await pulls.RecordsAsync(feed))));
        }
    }

    [Fact]
    public async Task Pull_RowsComeChangeAndGoBetweenRequests_EndsInWhatIsThere()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            await using var simulator = new AutotaskSimulator();
            await simulator.StartAsync();
            await using var pulls = new AutotaskPulls(simulator);
            var (random, next, records) = (new Random(seed), 100L, new List<CapturedRecord>());
            simulator.Instead = path =>
            {
                if (path.EndsWith("/query", StringComparison.Ordinal))
                    Disturb(simulator.Data, random, ref next);
                return null;
            };

            var started = simulator.Data.Now;
            records.AddRange(await pulls.RecordsAsync("time-entries"));
            for (var pull = 0; pull < 3; pull++)
            {
                var since = started.AddMinutes(-10);
                started = simulator.Data.Now;
                if (pull == 2)
                    simulator.Instead = _ => null;
                records.AddRange(await pulls.RecordsAsync("time-entries", since));
            }

            var ids = await pulls.IdsAsync("time-entries", new Period(new DateOnly(2026, 8, 1), new DateOnly(2026, 9, 1)));
            var kept = AutotaskPulls.Set(records.Where(record => ids.Contains(record.Id.ExternalId)));
            await using var fresh = new AutotaskPulls(simulator);
            Assert.Equal(AutotaskPulls.Set(await fresh.RecordsAsync("time-entries")), kept);
            Assert.Equal(simulator.Data.Rows("TimeEntries").Count, kept.Count);
        }
    }

    private static void Disturb(AutotaskData data, Random random, ref long next)
    {
        var ids = data.Rows("TimeEntries").Keys.ToList();
        switch (random.Next(5))
        {
            case 0 when ids.Count > 5:
                data.Rows("TimeEntries").Remove(ids[random.Next(ids.Count)]);
                break;
            case 1:
                data.Insert(next++);
                break;
            case 2:
                data.Change("TimeEntries", ids[random.Next(ids.Count)], "hoursWorked", random.Next(1, 8));
                break;
            case 3:
                data.Change("Tickets", random.Next(1, 9), "companyID", random.Next(7));
                break;
            default:
                data.Change("Projects", random.Next(1, 9), "companyID", random.Next(7));
                break;
        }
    }
}
