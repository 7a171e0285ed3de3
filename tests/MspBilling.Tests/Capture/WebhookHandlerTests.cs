using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class WebhookHandlerTests(AzuriteFixture azurite)
{
    private readonly FakeWebhooks _webhooks = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_EventsOfARecord_AreOneFetchAndTheRecordAsItIs()
    {
        var source = PullJobTests.Source(times: 3);
        await using var storage = await _webhooks.ToldAsync(azurite, source);
        await storage.PullAsync();
        source.TimeEntry(2)["actualHours"] = 7m;
        source.TimeEntry(2)["_info"]!["lastUpdated"] = FakeSource.At(60);
        var before = source.Calls.Count;

        foreach (var key in new[] { "third", "first", "second", "first" })
            await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body(key, "time-entries/2"));
        await FakeWebhooks.PumpAsync(storage);

        Assert.Equal(["time-entries/2"], source.Calls.Skip(before));
        Assert.Equal(7m, (await storage.TimeAsync())["2"].Hours);
        Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
        var stored = await storage.RecordsAsync();
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("fourth", "time-entries/2"));
        await FakeWebhooks.PumpAsync(storage);
        await storage.PullAsync();
        StorageSnapshot.AssertSame(stored.Where(row => !row.Key.StartsWith("cursor", StringComparison.Ordinal)).ToDictionary(), (await storage.RecordsAsync()).Where(row => !row.Key.StartsWith("cursor", StringComparison.Ordinal)).ToDictionary());
    }

    [Fact]
    public async Task Handle_OlderRevisionThanStored_LeavesTheNewer()
    {
        var source = PullJobTests.Source(times: 1);
        await using var storage = await _webhooks.ToldAsync(azurite, source);
        source.TimeEntry(1)["_info"]!["lastUpdated"] = FakeSource.At(60);
        source.TimeEntry(1)["actualHours"] = 9m;
        await storage.PullAsync();
        source.TimeEntry(1)["_info"]!["lastUpdated"] = FakeSource.At(30);
        source.TimeEntry(1)["actualHours"] = 1m;

        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"));
        await FakeWebhooks.PumpAsync(storage);

        Assert.Equal(9m, (await storage.TimeAsync())["1"].Hours);
    }

    [Theory]
    [InlineData("time-entries/2/deleted", true, true)]
    [InlineData("time-entries/2", true, false)]
    [InlineData("time-entries/2/deleted", false, false)]
    public async Task Handle_DeletionTold_IsMarkedWhereTheSourceHasItNoMore(string record, bool isGone, bool isMarked)
    {
        var source = PullJobTests.Source(times: 3);
        await using var storage = await _webhooks.ToldAsync(azurite, source);
        await storage.PullAsync();
        if (isGone)
            source.Records[FakeSource.TimeEntries].Remove(source.TimeEntry(2));

        // An older event of the record that comes after it takes nothing back.
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("b", record));
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/2"));
        await FakeWebhooks.PumpAsync(storage);

        Assert.Equal(isMarked ? PulledStorage.Now : null, (await storage.TimeAsync())["2"].DeletedAt);
        Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
        Assert.Empty(await storage.Get<RawPayloadStore>().PendingAsync(Token));
    }

    [Fact]
    public async Task Handle_MarkedAndThereAgain_IsAsTheSourceHasIt()
    {
        var source = PullJobTests.Source(times: 3);
        var clock = PulledStorage.Clock();
        await using var storage = await _webhooks.ToldAsync(azurite, source, clock);
        await storage.PullAsync();
        var entry = source.TimeEntry(2);
        source.Records[FakeSource.TimeEntries].Remove(entry);
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/2/deleted"));
        await FakeWebhooks.PumpAsync(storage);
        clock.Advance(TimeSpan.FromMinutes(1));
        source.Records[FakeSource.TimeEntries].Add(entry);

        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("b", "time-entries/2"));
        await FakeWebhooks.PumpAsync(storage);

        Assert.Null((await storage.TimeAsync())["2"].DeletedAt);
    }

    [Fact]
    public async Task Handle_SourceAway_WaitsForAsLongAsItTakes()
    {
        var source = PullJobTests.Source(times: 6);
        await using var storage = await _webhooks.ToldAsync(azurite, source, set: options => options.MostTries = 2);
        source.Answering = _ => throw new SourceException("connectwise", SourceFailure.Unavailable, "ConnectWise PSA did not answer.");
        for (var id = 1; id <= 6; id++)
            await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("m" + id, $"time-entries/{id}"));

        for (var tries = 1; tries <= 5; tries++)
        {
            var before = source.Calls.Count;
            Assert.Equal(1, await storage.Get<WebhookPump>().PumpOnceAsync(Token));
            Assert.All(await FakeWebhooks.WaitingAsync(storage), waiting => Assert.Equal((tries, "ConnectWise PSA did not answer.", false), (waiting.Tries, waiting.Failure, waiting.IsGivenUp)));

            // It is not asked for each of them.
            Assert.InRange(source.Calls.Count - before, 1, 4);
        }

        source.Answering = _ => { };
        await storage.PullAsync(new PullRequest("companies"));
        await FakeWebhooks.PumpAsync(storage);
        Assert.Equal(6, (await storage.TimeAsync()).Count);
        Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
    }

    [Fact]
    public async Task Handle_RefusedAgainAndAgain_WaitsForAPersonAndHoldsUpNoOther()
    {
        var source = PullJobTests.Source(times: 2);
        await using var storage = await _webhooks.ToldAsync(azurite, source, set: options => options.MostTries = 3);
        await storage.PullAsync(new PullRequest("companies"));
        source.Answering = call => { if (call == "time-entries/1") throw new InvalidDataException("a defect.\nAt a line"); };
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"));
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("b", "time-entries/2"));

        await FakeWebhooks.PumpAsync(storage);

        var waiting = Assert.Single(await FakeWebhooks.WaitingAsync(storage));
        Assert.Equal((3, "It could not be fetched: a defect.", true), (waiting.Tries, waiting.Failure, waiting.IsGivenUp));
        Assert.Equal("2", Assert.Single(await storage.TimeAsync()).Key);

        // Nobody tries it until a person asks, or it changes again.
        Assert.Equal(0, await storage.Get<WebhookInbox>().SendAgainAsync("connectwise", TimeSpan.Zero, givenUpToo: false, Token));
        source.Answering = _ => { };
        Assert.Equal(1, await storage.Get<WebhookInbox>().SendAgainAsync("connectwise", TimeSpan.Zero, givenUpToo: true, Token));
        await FakeWebhooks.PumpAsync(storage);
        Assert.Equal(2, (await storage.TimeAsync()).Count);
        Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
    }

    [Fact]
    public async Task Handle_Failed_IsTriedAgainAfterAPauseThatDoubles()
    {
        var source = PullJobTests.Source(times: 1);
        var clock = PulledStorage.Clock();
        await using var storage = await _webhooks.ToldAsync(azurite, source, clock, options => options.RetrySeconds = 30);
        source.Answering = _ => throw new SourceException("connectwise", SourceFailure.Refused, "no");
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"));
        var message = new WebhookMessage("connectwise", [new WebhookRecord("time-entries", "1")]);
        var handler = storage.Get<WebhookHandler>();

        Assert.Equal([TimeSpan.FromSeconds(30)], await handler.HandleAsync([message], Token));

        // Another message of the same record comes too early.
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([TimeSpan.FromSeconds(20)], await handler.HandleAsync([message], Token));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([TimeSpan.FromSeconds(60)], await handler.HandleAsync([message], Token));
        Assert.Equal(2, source.Calls.Count);

        Assert.Equal([null, null], await handler.HandleAsync([new WebhookMessage("connectwise", [new WebhookRecord("time-entries", "7")]), new WebhookMessage("halopsa", [new WebhookRecord("tickets", "1")])], Token));
    }

    [Fact]
    public async Task Handle_UnreadableRecordAndUnknownFeed_AreTold()
    {
        var source = PullJobTests.Source(times: 1);
        source.TimeEntry(1)["actualHours"] = "many";
        await using var storage = await _webhooks.ToldAsync(azurite, source, set: options => options.MostTries = 1);
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1", "notes/1"));
        await FakeWebhooks.PumpAsync(storage);

        Assert.Equal("1", Assert.Single(await storage.UnreadableAsync()).ExternalId);
        Assert.Equal(("notes", "connectwise has no feed notes.", true), Assert.Single((await FakeWebhooks.WaitingAsync(storage)).Select(each => (each.Record.Feed, each.Failure, each.IsGivenUp))));

        source.TimeEntry(1)["actualHours"] = 2m;
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("b", "time-entries/1"));
        await FakeWebhooks.PumpAsync(storage);
        Assert.Empty(await storage.UnreadableAsync());
    }

    [Fact]
    public async Task Handle_OfAnotherPsa_StoresNothing()
    {
        var source = PullJobTests.Source(times: 1);
        await using var storage = await _webhooks.ToldAsync(azurite, source, set: options => options.MostTries = 1);
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Company("1") with { Id = new("halopsa", Core.Capture.RecordKind.Company, "1") }], "halo", Token);
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"));

        await FakeWebhooks.PumpAsync(storage);

        Assert.StartsWith("Expected records of halopsa", Assert.Single(await FakeWebhooks.WaitingAsync(storage)).Failure, StringComparison.Ordinal);
        Assert.Empty(await storage.TimeAsync());
    }
}
