using Azure;
using Microsoft.Extensions.Time.Testing;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class WebhookArrivalsTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _clock = PulledStorage.Clock();
    private readonly SentMessages _queue = new();
    private readonly FakeWebhooks _webhooks = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ManyEvents_IsEachRecordOnceAndFewMessages()
    {
        var arrivals = Arrivals();
        foreach (var id in Enumerable.Range(1, 40).Concat(Enumerable.Range(1, 20)))
            arrivals.Add("connectwise", [Entry(id)]);
        arrivals.Add("autotask", [Entry(1)]);

        await arrivals.SendAsync(Token);
        await arrivals.SendAsync(Token);

        Assert.Equal([("connectwise", 16), ("connectwise", 16), ("connectwise", 8), ("autotask", 1)], _queue.Sent.Select(sent => (sent.Message.Source, sent.Message.Records.Count)));
        Assert.Equal(Enumerable.Range(1, 40).Select(Entry), _queue.Sent.Take(3).SelectMany(sent => sent.Message.Records));
    }

    // A record waits two seconds for other events of it, from the last that came.
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1.5, 0.5)]
    [InlineData(30, 0)]
    public async Task Send_LaterOrSooner_IsSeenWhenTheRecordsAreDue(double secondsAfter, double delay)
    {
        var arrivals = Arrivals();
        arrivals.Add("connectwise", [Entry(1)]);
        _clock.Advance(TimeSpan.FromSeconds(secondsAfter));

        await arrivals.SendAsync(Token);

        Assert.Equal(TimeSpan.FromSeconds(delay), Assert.Single(_queue.Sent).Delay);
    }

    [Fact]
    public async Task Send_QueueAway_IsSentTheNextTime()
    {
        var arrivals = Arrivals();
        arrivals.Add("connectwise", [Entry(1)]);
        _queue.IsAway = true;
        await Assert.ThrowsAsync<RequestFailedException>(() => arrivals.SendAsync(Token));
        _queue.IsAway = false;

        await arrivals.SendAsync(Token);

        Assert.Equal([Entry(1)], Assert.Single(_queue.Sent).Message.Records);
    }

    // Looked at every 50 ms: quiet is a quarter of a second after the last event, and five seconds are enough of waiting.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 250)]
    [InlineData(10, 700)]
    [InlineData(1000, 5000)]
    public async Task Quiet_WhileEventsComeEvery50Milliseconds_IsWaitedForButNotForEver(int events, int milliseconds)
    {
        var arrivals = Arrivals();
        var begun = _clock.GetUtcNow();
        if (events > 0)
            arrivals.Add("connectwise", [Entry(1)]);

        var quiet = arrivals.QuietAsync(Token);
        for (var came = 1; !quiet.IsCompleted; came++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            if (came < events)
                arrivals.Add("connectwise", [Entry(came)]);
            await Task.Yield();
        }

        Assert.Equal(milliseconds, (_clock.GetUtcNow() - begun).TotalMilliseconds);
    }

    [Fact]
    public async Task Pump_WhileEventsCome_TakesFewRecordsAtOnce()
    {
        var source = PullJobTests.Source(times: 40);
        await using var storage = await _webhooks.ToldAsync(azurite, source, _clock);
        for (var id = 1; id <= 40; id++)
            await FakeWebhooks.SendAsync(storage, FakeWebhooks.Body("m" + id, $"time-entries/{id}"));

        Assert.Equal(1, await storage.Get<WebhookPump>().PumpOnceAsync(Token));
        Assert.Equal(24, (await FakeWebhooks.WaitingAsync(storage)).Count);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await storage.Get<WebhookPump>().PumpOnceAsync(Token));
        Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
    }

    [Fact]
    public async Task Start_AfterTheProgramEndedBeforeItSaidSo_HasFetchedWhatWaits()
    {
        var source = PullJobTests.Source(times: 2);
        await using var ended = await _webhooks.ToldAsync(azurite, source);
        await FakeWebhooks.SendAsync(ended, FakeWebhooks.Body("a", "time-entries/1"));
        var kept = await FakeWebhooks.KeptAsync(ended);
        await using var storage = _webhooks.Another(ended, azurite, source, new StorageRequests());

        await storage.Get<WebhookStart>().RunAsync(Token);
        Assert.Equal(kept, await FakeWebhooks.KeptAsync(storage));
        await FakeWebhooks.PumpAsync(storage);

        Assert.Equal(["time-entries/1"], source.Calls);
        Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
    }

    private static WebhookRecord Entry(int id) => new("time-entries", $"{id}");

    private WebhookArrivals Arrivals() => new(_queue, new WebhookOptions { DelaySeconds = 2 }, _clock);

    private sealed class SentMessages : IWebhookQueue
    {
        public List<(WebhookMessage Message, TimeSpan Delay)> Sent { get; } = [];

        public bool IsAway { get; set; }

        public Task SendAsync(WebhookMessage message, TimeSpan delay, CancellationToken cancellationToken)
        {
            if (IsAway)
                throw new RequestFailedException(503, "away");
            Sent.Add((message, delay));
            return Task.CompletedTask;
        }
    }
}
