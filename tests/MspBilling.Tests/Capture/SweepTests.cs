using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>What was deleted at its source is found, marked once it is confirmed, and unmarked when it comes back.</summary>
public sealed class SweepTests(AzuriteFixture azurite)
{
    private static readonly PullRequest Sweeping = new(Sweep: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_DeletedRecord_IsMarkedAndKept()
    {
        var (source, clock) = (PullJobTests.Source(times: 9), PulledStorage.Clock());
        await using var storage = await azurite.PulledAsync(source, clock);
        await storage.PullAsync();
        source.Records[FakeSource.TimeEntries].Remove(source.TimeEntry(4));
        clock.Advance(TimeSpan.FromHours(1));

        var report = await storage.PullAsync(Sweeping);

        Assert.Equal((1, 0, false), (report.Feeds[1].Deleted, report.Feeds[1].Restored, report.HasFailed));
        Assert.Contains("time-entries/4", source.Calls);
        var entries = await storage.TimeAsync();
        Assert.Equal((9, clock.GetUtcNow(), clock.GetUtcNow(), 1m), (entries.Count, entries["4"].DeletedAt, entries["4"].Revision, entries["4"].Hours));
        Assert.All(entries.Values.Where(entry => entry.Id.ExternalId != "4"), entry => Assert.Null(entry.DeletedAt));

        // Found once, it is not looked for again.
        var before = await storage.RecordsAsync();
        Assert.Equal(0, (await storage.PullAsync(Sweeping)).Feeds[1].Deleted);
        StorageSnapshot.AssertSame(before, await storage.RecordsAsync());
    }

    [Fact]
    public async Task Sweep_RecordsOfAnotherFeedOfTheKind_AreLeft()
    {
        var (source, clock) = (PullJobTests.Source(times: 9), PulledStorage.Clock());
        source.Feeds = [source.Feeds[0], source.Feeds[1] with { IdPrefix = "5" }];
        await using var storage = await azurite.PulledAsync(source, clock);
        await storage.PullAsync();
        source.Records[FakeSource.TimeEntries].Remove(source.TimeEntry(4));
        source.Records[FakeSource.TimeEntries].Remove(source.TimeEntry(5));

        Assert.Equal(1, (await storage.PullAsync(Sweeping)).Feeds[1].Deleted);

        var entries = await storage.TimeAsync();
        Assert.Null(entries["4"].DeletedAt);
        Assert.NotNull(entries["5"].DeletedAt);
    }

    [Fact]
    public async Task Pull_DeletedRecordThatIsChangedAtTheSourceAgain_IsUnmarked()
    {
        var (source, clock) = (PullJobTests.Source(times: 9), PulledStorage.Clock());
        await using var storage = await azurite.PulledAsync(source, clock);
        var entry = await DeletedAsync(storage, source, 4);
        entry["_info"]!["lastUpdated"] = "2024-10-01T09:00:00Z";
        source.Records[FakeSource.TimeEntries].Add(entry);
        clock.Advance(TimeSpan.FromHours(2));

        await storage.PullAsync();

        Assert.Null((await storage.TimeAsync())["4"].DeletedAt);
    }

    // It was only hidden: the source has it with the change that it had before.
    [Fact]
    public async Task Sweep_DeletedRecordThatIsThereAgain_IsUnmarked()
    {
        var (source, clock) = (PullJobTests.Source(times: 9), PulledStorage.Clock());
        await using var storage = await azurite.PulledAsync(source, clock);
        var before = (await DeletedAsync(storage, source, 4), await storage.TimeAsync()).Item2["4"] with { DeletedAt = null };
        source.AddTime(4, minute: 4);
        clock.Advance(TimeSpan.FromHours(2));

        var report = await storage.PullAsync(Sweeping);

        Assert.Equal((0, 1), (report.Feeds[1].Deleted, report.Feeds[1].Restored));
        Assert.Equal(before with { Revision = clock.GetUtcNow() }, (await storage.TimeAsync())["4"]);
    }

    [Fact]
    public async Task Sweep_RecordThatTheSourceOnlyDoesNotList_IsNotMarked()
    {
        var source = PullJobTests.Source(times: 9);
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();
        source.TimeEntry(4)["timeStart"] = "2025-03-12T09:00:00Z";
        source.TimeEntry(4)["_info"]!["lastUpdated"] = FakeSource.At(-30);

        var report = await storage.PullAsync(Sweeping);

        Assert.Equal(0, report.Feeds[1].Deleted);
        Assert.Null((await storage.TimeAsync())["4"].DeletedAt);
    }

    // 4 of 9 are more than a tenth and more than three.
    [Fact]
    public async Task Sweep_TooMuchMissing_MarksNothingAndTellsIt()
    {
        var source = PullJobTests.Source(times: 9);
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();
        source.Records[FakeSource.TimeEntries].RemoveRange(0, 4);

        var report = await storage.PullAsync(Sweeping);

        Assert.StartsWith("4 of the 9 stored records of time-entries are missing at the source.", report.Feeds[1].Problem, StringComparison.Ordinal);
        Assert.Equal((true, 0), (report.HasFailed, report.Feeds[1].Deleted));
        Assert.Equal(report.Feeds[1].Problem, (await storage.StateAsync()).LastSweep!.Problem);
        Assert.DoesNotContain(source.Calls, call => call.Contains('/', StringComparison.Ordinal));
        Assert.All((await storage.TimeAsync()).Values, entry => Assert.Null(entry.DeletedAt));
    }

    [Fact]
    public async Task Pull_OnceADay_SweepsByItself()
    {
        var (source, clock) = (PullJobTests.Source(times: 1), PulledStorage.Clock());
        await using var storage = await azurite.PulledAsync(source, clock);
        for (var hour = 0; hour <= 25; hour++)
        {
            await storage.PullAsync();
            clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, source.Calls.Count(call => call == "time-entries ids"));
    }

    [Fact]
    public async Task Sweep_ClosedMonth_IsLookedAtOnlyWhenAllIs()
    {
        var source = PullJobTests.Source(times: 2);
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();
        await storage.Get<RunStore>().PutAsync(new BillingRun(Period.Month(2024, 9), RunState.Finished, new DateOnly(2024, 10, 1), PulledStorage.Now, PulledStorage.Now, 1, []), Token);
        source.Records[FakeSource.TimeEntries].RemoveAt(0);

        await storage.PullAsync(Sweeping);
        Assert.Null((await storage.TimeAsync())["1"].DeletedAt);

        await storage.PullAsync(Sweeping with { Full = true });
        Assert.NotNull((await storage.TimeAsync())["1"].DeletedAt);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> DeletedAsync(TestStorage storage, FakeSource source, long id)
    {
        await storage.PullAsync();
        var entry = source.TimeEntry(id);
        source.Records[FakeSource.TimeEntries].Remove(entry);
        await storage.PullAsync(Sweeping);
        Assert.NotNull((await storage.TimeAsync())[$"{id}"].DeletedAt);
        return entry;
    }
}
