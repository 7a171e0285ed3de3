using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class PullJobTests(AzuriteFixture azurite)
{
    private static readonly string[] Names = ["Old", "New", "Old"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_First_StoresAllAndPutsTheCursorAtTheNewestChange()
    {
        var source = Source(times: 7);
        await using var storage = await azurite.PulledAsync(source);

        var report = await storage.PullAsync();

        Assert.Equal([new FeedReport("companies", 1, 2), new FeedReport("time-entries", 3, 7)], report.Feeds);
        Assert.Equal(7, (await storage.TimeAsync()).Count);
        Assert.Equal(["companies since ever", "companies@1", "time-entries since ever", "time-entries@1", "time-entries@2", "time-entries@3", "time-entries ids"], source.Calls);
        var row = await storage.Get<BillingStorage>().Feeds.GetEntityAsync<Azure.Data.Tables.TableEntity>("connectwise", "F|time-entries", cancellationToken: Token);
        Assert.Equal(
            """{"source":"connectwise","feed":"time-entries","cursor":"2024-09-12T12:07:00+00:00","lastPull":{"at":"2024-10-01T08:00:00+00:00","pages":3,"added":7,"changed":0,"unchanged":0,"unreadable":0},"lastSweep":{"at":"2024-10-01T08:00:00+00:00","compared":7,"deleted":0,"restored":0}}""",
            System.Text.Encoding.UTF8.GetString(row.Value.GetBinary("Json")));
        Assert.Null((await storage.StateAsync("companies")).Cursor);
    }

    [Fact]
    public async Task Pull_Again_ReachesBackByTheOverlapAndWritesOnlyWhatChanged()
    {
        var source = Source(times: 7);
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();
        var before = await storage.RecordsAsync();

        var again = await storage.PullAsync();

        // From 12:02 on: those of minutes 2 to 7.
        Assert.Equal([new FeedReport("companies", 1, Unchanged: 2), new FeedReport("time-entries", 2, Unchanged: 6)], again.Feeds);
        Assert.Contains("time-entries since 2024-09-12T12:02:00Z", source.Calls);
        StorageSnapshot.AssertSame(before, await storage.RecordsAsync());

        source.TimeEntry(3)["actualHours"] = 4.5m;
        source.TimeEntry(3)["_info"]!["lastUpdated"] = FakeSource.At(30);
        Assert.Equal(new FeedReport("time-entries", 2, Changed: 1, Unchanged: 5), (await storage.PullAsync()).Feeds[1]);
        Assert.Equal(4.5m, (await storage.TimeAsync())["3"].Hours);
        Assert.Equal(Captured.Noon.AddMinutes(30), (await storage.StateAsync()).Cursor);
    }

    [Fact]
    public async Task Pull_OfAnotherPsa_IsRefusedAndStoresNothing()
    {
        await using var storage = await azurite.PulledAsync(Source(times: 1));
        await storage.PullAsync();
        var before = await storage.RecordsAsync();
        var other = new FakeSource { Name = "autotask" };
        other.AddCompany(1, "Somebody else");

        var report = await storage.Get<PullJob>().RunAsync(other, new PullRequest(), Token);

        Assert.All(report.Feeds, feed => Assert.Equal(
            "Expected records of connectwise, whose companies are stored: the ids of autotask may stand for others. Take autotask into a storage of its own (Storage:Prefix).", feed.Problem));
        Assert.Empty(other.Calls);
        StorageSnapshot.AssertSame(before, await storage.RecordsAsync());
    }

    // In the order of change the cursor has come as far as the pages have; in no order it stays.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_PageFails_LeavesTheCursorAndTellsItAndTheOthersGoOn(bool isInOrder)
    {
        var source = Source(times: 7);
        source.Feeds = [.. source.Feeds.Reverse().Select(feed => feed with { IsInOrderOfChange = isInOrder })];
        await using var storage = await azurite.PulledAsync(source);
        source.Answering = call => Fail(call == "time-entries@3");

        var report = await storage.PullAsync();

        Assert.Equal((true, "The source is being mended."), (report.HasFailed, report.Feeds[0].Problem));
        Assert.Equal(new FeedReport("companies", 1, 2), report.Feeds[1]);
        var state = await storage.StateAsync();
        Assert.Equal((isInOrder ? Captured.Noon.AddMinutes(6) : null, null, new FeedFailure(PulledStorage.Now, "The source is being mended.")), (state.Cursor, state.LastPull, state.Failure));
        Assert.Equal(6, (await storage.TimeAsync()).Count);

        source.Answering = _ => { };
        Assert.False((await storage.PullAsync()).HasFailed);
        Assert.Equal((Captured.Noon.AddMinutes(7), null), ((await storage.StateAsync()).Cursor, (await storage.StateAsync()).Failure));
        Assert.Equal(7, (await storage.TimeAsync()).Count);
    }

    [Fact]
    public async Task Pull_PageThatIsNoJson_IsAFailureOfTheFeed()
    {
        var source = Source(times: 5);
        source.Sending = (name, bytes) => name == "time-entries@2.json" ? bytes[..40] : bytes;
        await using var storage = await azurite.PulledAsync(source);

        var report = await storage.PullAsync();

        Assert.StartsWith("A page of time-entries cannot be read: time-entries@2.json, line 1, column 41: expected valid JSON, but the file ends too early", report.Feeds[1].Problem, StringComparison.Ordinal);
        Assert.Equal(Captured.Noon.AddMinutes(3), (await storage.StateAsync()).Cursor);
        Assert.Empty(await storage.UnreadableAsync());
    }

    // Pages in any order, records twice, at one revision with two contents, and in an older revision after the newer one.
    [Fact]
    public async Task Pull_ShuffledDoubledAndTied_EndsInTheSame()
    {
        SortedDictionary<string, string>? expected = null;
        for (var seed = 1; seed <= 8; seed++)
        {
            var source = Source(times: 9);
            source.Feeds = [source.Feeds[0], source.Feeds[1] with { IsInOrderOfChange = false, Swept = null }];
            source.AddTime(2, minute: 2, hours: 8);
            source.AddTime(3, minute: 40, hours: 6);
            source.AddTime(4, minute: -40, hours: 7);
            (source.Seed, source.PageSize, source.Repeated) = (seed, 1 + (seed % 5), seed % 5 > 1 ? 1 : 0);
            await using var storage = await azurite.PulledAsync(source);

            await storage.PullAsync();

            var records = await storage.RecordsAsync();
            expected ??= records;
            StorageSnapshot.AssertSame(expected, records);
            Assert.Equal((6m, 1m, 9), ((await storage.TimeAsync())["3"].Hours, (await storage.TimeAsync())["4"].Hours, (await storage.TimeAsync()).Count));
        }
    }

    // A list without times of change may go back to an earlier state, whose bytes were stored before.
    [Fact]
    public async Task Pull_ListThatGoesBackToAnEarlierState_GoesBackToo()
    {
        var source = Source(times: 0);
        await using var storage = await azurite.PulledAsync(source);

        foreach (var name in Names)
        {
            source.Records[FakeSource.Companies][0]["name"] = name;
            await storage.PullAsync();
            var company = (await storage.Get<RecordStore>().ReferencesAsync(RecordKind.Company, Token)).OfType<Company>().Single(c => c.Id.ExternalId == "1");
            Assert.Equal(name, company.Name);
        }

        // Empty pages are not kept.
        Assert.Equal(2, (await storage.Get<RawPayloadStore>().ListAsync(Token)).Count);
    }

    [Fact]
    public async Task Pull_ChangeDatedInTheFuture_DoesNotHideWhatChangesUntilThen()
    {
        var source = Source(times: 1);
        source.TimeEntry(1)["_info"]!["lastUpdated"] = "2099-01-01T00:00:00Z";
        await using var storage = await azurite.PulledAsync(source);

        await storage.PullAsync();

        Assert.Equal(PulledStorage.Now, (await storage.StateAsync()).Cursor);
    }

    [Fact]
    public async Task Pull_Full_AsksForEverything()
    {
        var source = Source(times: 4);
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();

        await storage.PullAsync(new PullRequest(FakeSource.TimeEntries, Full: true));

        Assert.Equal(2, source.Calls.Count(call => call == "time-entries since ever"));
        Assert.Single(source.Calls, call => call == "companies since ever");
    }

    [Fact]
    public async Task Pull_TwoAtOnce_EndInTheSameRecords()
    {
        var source = Source(times: 40);
        await using var storage = await azurite.PulledAsync(source, TimeProvider.System);
        await using var other = storage.Another(azurite, source, TimeProvider.System);

        var reports = await Task.WhenAll(storage.PullAsync(), other.PullAsync());

        Assert.All(reports, report => Assert.False(report.HasFailed));
        Assert.Equal((40, 40), ((await storage.TimeAsync()).Count, reports.Sum(report => report.Feeds[1].Added)));
        Assert.Equal(Captured.Noon.AddMinutes(40), (await storage.StateAsync()).Cursor);
    }

    /// <summary>Two companies and time entries of the first, one a minute after noon.</summary>
    internal static FakeSource Source(int times)
    {
        var source = new FakeSource();
        source.AddCompany(1);
        source.AddCompany(2);
        for (var id = 1; id <= times; id++)
            source.AddTime(id, minute: id);
        return source;
    }

    private static void Fail(bool isTime)
    {
        if (isTime)
            throw new SourceException("connectwise", SourceFailure.Unavailable, "The source is being mended.");
    }
}
