using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>A pull that ends anywhere, and is started again, ends in the records of an undisturbed one.</summary>
public sealed class PullCutShortTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_EndedBetweenAnyTwoRequestsToTheStorage_EndsInTheSame(bool isInOrder)
    {
        var all = new StorageRequests();
        var expected = await UndisturbedAsync(isInOrder, all);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");

        foreach (var most in all.Cuts(8))
        {
            var requests = new StorageRequests { Most = most };
            await using var storage = await azurite.PulledAsync(Source(isInOrder));
            await using (var cut = storage.Another(azurite, Source(isInOrder), requests: requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.PullAsync());
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await storage.PullAsync();
            StorageSnapshot.AssertSame(expected, await storage.RecordsAsync());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_EndedBetweenAnyTwoCallsToTheSource_EndsInTheSame(bool isInOrder)
    {
        var expected = await UndisturbedAsync(isInOrder, new StorageRequests());

        // Each feed's beginning and its pages, one and two, and the ids.
        const int calls = 6;
        for (var most = 0; most < calls; most++)
        {
            var source = Source(isInOrder);
            await using var storage = await azurite.PulledAsync(source);
            var count = 0;
            source.Answering = _ =>
            {
                if (Interlocked.Increment(ref count) > most)
                    throw new EndedException();
            };

            Assert.True((await storage.PullAsync()).HasFailed);
            source.Answering = _ => { };
            await storage.PullAsync();
            StorageSnapshot.AssertSame(expected, await storage.RecordsAsync());
        }
    }

    // A record that is marked as deleted, one that is there again, and one that has left its day.
    [Fact]
    public async Task Sweep_EndedBetweenAnyTwoRequestsToTheStorage_EndsInTheSame()
    {
        var all = new StorageRequests();
        SortedDictionary<string, string> expected;
        var source = Source(isInOrder: true);
        await using (var undisturbed = await azurite.PulledAsync(source))
        {
            await SweptOnceAsync(undisturbed, source);
            await using var counted = undisturbed.Another(azurite, source, requests: all);
            await counted.PullAsync(new PullRequest(Sweep: true));
            expected = await undisturbed.RecordsAsync();
        }

        foreach (var most in all.Cuts(8))
        {
            source = Source(isInOrder: true);
            await using var storage = await azurite.PulledAsync(source);
            await SweptOnceAsync(storage, source);
            var requests = new StorageRequests { Most = most };
            await using (var cut = storage.Another(azurite, source, requests: requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.PullAsync(new PullRequest(Sweep: true)));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await storage.PullAsync(new PullRequest(Sweep: true));
            StorageSnapshot.AssertSame(expected, await storage.RecordsAsync());
        }
    }

    private static async Task SweptOnceAsync(TestStorage storage, FakeSource source)
    {
        var gone = source.TimeEntry(2);
        source.Records[FakeSource.TimeEntries].Remove(gone);
        await storage.PullAsync();
        source.Records[FakeSource.TimeEntries].Add(gone);
        await storage.PullAsync();
        source.Records[FakeSource.TimeEntries].Remove(gone);
        await storage.PullAsync(new PullRequest(Sweep: true));
        source.Records[FakeSource.TimeEntries].Add(gone);
        source.Records[FakeSource.TimeEntries].Remove(source.TimeEntry(3));
        source.TimeEntry(4)["timeStart"] = "2025-09-12T09:00:00Z";
    }

    private async Task<SortedDictionary<string, string>> UndisturbedAsync(bool isInOrder, StorageRequests requests)
    {
        await using var storage = await azurite.PulledAsync(Source(isInOrder));
        await using (var counted = storage.Another(azurite, Source(isInOrder), requests: requests))
            Assert.False((await counted.PullAsync()).HasFailed);
        return await storage.RecordsAsync();
    }

    /// <summary>Two pages of four entries that can be read and one that cannot, one of which is of an older revision of another.</summary>
    private static FakeSource Source(bool isInOrder)
    {
        var source = PullJobTests.Source(times: 5);
        source.TimeEntry(5)["actualHours"] = "many";
        source.AddTime(1, minute: 6, hours: 3);
        source.Feeds = [source.Feeds[0], source.Feeds[1] with { IsInOrderOfChange = isInOrder }];
        return source;
    }

    private sealed class EndedException : Exception;
}
