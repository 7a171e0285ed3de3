using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class WebhookEndpointTests(AzuriteFixture azurite)
{
    private readonly FakeWebhooks _webhooks = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_NotProvenOrUnknown_KeepsNothing()
    {
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1));

        Assert.Equal(401, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"), "wrong"));
        Assert.Equal(404, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"), source: "autotask"));
        Assert.Equal(413, await FakeWebhooks.SendAsync(storage, new byte[(1024 * 1024) + 1]));
        _webhooks.Proving = _ => WebhookProof.NotNow;
        Assert.Equal(429, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1")));

        Assert.Equal((0, 0), await FakeWebhooks.KeptAsync(storage));
        Assert.Empty(await FakeWebhooks.QueuedAsync(storage));
    }

    [Fact]
    public async Task Post_Genuine_IsKeptAsItCameAndQueuedOnce()
    {
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1));
        var body = FakeWebhooks.Body("a/ü#?", "time-entries/1");

        Assert.Equal(202, await FakeWebhooks.SendAsync(storage, body));
        Assert.Equal(200, await FakeWebhooks.SendAsync(storage, body));

        var rows = await StorageSnapshot.RowsAsync(storage.Get<BillingStorage>().Webhooks);
        Assert.Equal(["connectwise E|a!2F!C3!BC!23!3F", "connectwise R|time-entries|1"], rows.Select(row => $"{row.PartitionKey} {row.RowKey}"));
        Assert.Equal(body, rows[0].GetBinary("Body"));
        var message = Assert.Single(await FakeWebhooks.QueuedAsync(storage));
        Assert.Equal(("connectwise", new WebhookRecord("time-entries", "1")), (message.Source, Assert.Single(message.Records)));
    }

    [Fact]
    public async Task Post_Genuine_IsAnsweredAfterOneRequestToTheStorage()
    {
        var requests = new StorageRequests();
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1));
        await using var counted = _webhooks.Another(storage, azurite, PullJobTests.Source(times: 1), requests);

        Assert.Equal(202, await FakeWebhooks.SendAsync(counted, FakeWebhooks.Body("a", "time-entries/1", "time-entries/2")));
        Assert.Equal(1, requests.Count);
        Assert.Equal(200, await FakeWebhooks.SendAsync(counted, FakeWebhooks.Body("a", "time-entries/1", "time-entries/2")));
        Assert.Equal(2, requests.Count);
    }

    [Theory]
    [InlineData(64 * 1024, 0)]
    [InlineData((64 * 1024) + 1, 1)]
    public async Task Post_LargeBody_IsKeptInABlobAndForgottenWithItsEvent(int bytes, int blobs)
    {
        var clock = PulledStorage.Clock();
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1), clock);
        var body = FakeWebhooks.Body("a", "time-entries/1");
        byte[] padded = [.. body, .. Enumerable.Repeat((byte)' ', bytes - body.Length)];

        Assert.Equal(202, await FakeWebhooks.SendAsync(storage, padded));
        Assert.Equal((1, 2), await FakeWebhooks.KeptAsync(storage));
        var blob = storage.Get<BillingStorage>().WebhookBodies.GetBlobClient("connectwise/a");
        Assert.Equal(blobs == 1, await blob.ExistsAsync(Token));
        if (blobs == 1)
            Assert.Equal(padded, (await blob.DownloadContentAsync(Token)).Value.Content.ToArray());

        await storage.Get<WebhookStore>().ForgetAsync("connectwise", clock.GetUtcNow().AddSeconds(1), Token);
        Assert.Equal((0, 1), await FakeWebhooks.KeptAsync(storage));
    }

    [Fact]
    public async Task Post_NothingThatTellsItApart_IsKnownByItsBytes()
    {
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 2));

        Assert.Equal(202, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body(null, "time-entries/1")));
        Assert.Equal(200, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body(null, "time-entries/1")));
        Assert.Equal(202, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body(null, "time-entries/2")));
    }

    [Fact]
    public async Task Post_OfNothingThatIsPulled_IsTakenAndNoted()
    {
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1));

        Assert.Equal(200, await FakeWebhooks.SendAsync(storage, """{"key":"a","what":"contact updated","records":[]}"""u8.ToArray()));
        Assert.Equal(200, await FakeWebhooks.SendAsync(storage, """{"key":"b","what":"contact updated","records":[]}"""u8.ToArray()));

        var note = Assert.Single(await storage.Get<WebhookStore>().NotesAsync("connectwise", Token));
        Assert.Equal(("contact updated", PulledStorage.Now, "b"), (note.What, note.LastAt, note.LastKey));
        Assert.Empty(await FakeWebhooks.QueuedAsync(storage));
    }

    [Theory]
    [InlineData("07:00:00", 202)]
    [InlineData("06:59:59", 401)]
    [InlineData("08:05:00", 202)]
    [InlineData("08:05:01", 401)]
    public async Task Post_WithATime_IsRefusedOutsideOfTheWindow(string time, int status)
    {
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1));

        Assert.Equal(status, await FakeWebhooks.SendAsync(storage, Encoding.UTF8.GetBytes($$"""{"key":"a","at":"2024-10-01T{{time}}Z","records":["time-entries/1"]}""")));
        Assert.Equal(status == 202 ? (1, 2) : (0, 0), await FakeWebhooks.KeptAsync(storage));
    }

    [Fact]
    public async Task Post_OfManyRecords_IsKeptWithAllOfThem()
    {
        var source = PullJobTests.Source(times: 1);
        await using var storage = await _webhooks.ToldAsync(azurite, source);
        var body = FakeWebhooks.Body("a", [.. Enumerable.Range(1, 250).Select(id => $"time-entries/{id}")]);

        Assert.Equal(202, await FakeWebhooks.SendAsync(storage, body));
        Assert.Equal((1, 251), await FakeWebhooks.KeptAsync(storage));
        Assert.Equal(200, await FakeWebhooks.SendAsync(storage, body));

        await FakeWebhooks.PumpAsync(storage);
        Assert.Equal((1, 1), await FakeWebhooks.KeptAsync(storage));
        Assert.Equal(250, source.Calls.Count);
    }

    [Fact]
    public async Task Post_StorageAway_IsAskedForAgain()
    {
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 1));
        await storage.Get<BillingStorage>().Webhooks.DeleteAsync(Token);

        Assert.Equal(429, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1")));
    }

    [Fact]
    public async Task Timer_AfterThirtyDays_ForgetsEventsAndTheirBodies()
    {
        var clock = PulledStorage.Clock();
        await using var storage = await _webhooks.ToldAsync(azurite, PullJobTests.Source(times: 2), clock);
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1"));
        clock.Advance(TimeSpan.FromDays(20));
        await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("b", "time-entries/2"));
        await FakeWebhooks.PumpAsync(storage);
        clock.Advance(TimeSpan.FromDays(11));

        await new WebhookTimer([_webhooks], storage.Get<WebhookInbox>(), storage.Get<WebhookStore>(), storage.Get<WebhookOptions>(), clock).RunAsync(Token);

        Assert.Equal((1, 1), await FakeWebhooks.KeptAsync(storage));
        Assert.Equal(200, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("b", "time-entries/2")));
        Assert.Equal(202, await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("a", "time-entries/1")));
    }

    [Theory]
    [InlineData(0, 30, "The setting Webhooks__ReplayMinutes must be 1 to 10080.")]
    [InlineData(2000, 1, "The setting Webhooks__KeepDays must be as long as ReplayMinutes at least.")]
    public void Settings_ThatCannotBeWorkedWith_AreTold(int replay, int keep, string words) =>
        Assert.Equal(words, Assert.Throws<InvalidOperationException>(() => new WebhookOptions { ReplayMinutes = replay, KeepDays = keep }.Checked()).Message);
}
