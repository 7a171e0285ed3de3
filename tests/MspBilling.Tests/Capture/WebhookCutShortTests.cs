using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Receiving and fetching that end anywhere: what is sent again, or looked for by the timer, ends in the records of an undisturbed run.</summary>
public sealed class WebhookCutShortTests(AzuriteFixture azurite)
{
    private readonly FakeWebhooks _webhooks = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Webhooks_EndedBetweenAnyTwoRequestsToTheStorage_EndInTheSame(bool isSentAgain)
    {
        var all = new StorageRequests();
        var source = Source(out var gone);
        SortedDictionary<string, string> expected;
        await using (var undisturbed = await PulledAsync(source, gone))
        {
            await using (var counted = _webhooks.Another(undisturbed, azurite, source, all))
            {
                foreach (var body in Bodies())
                    await FakeWebhooks.SendAsync(counted, body);
                await FakeWebhooks.PumpAsync(counted);
            }

            expected = await undisturbed.RecordsAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");
        foreach (var most in all.Cuts(8))
        {
            source = Source(out gone);
            await using var storage = await PulledAsync(source, gone);
            var requests = new StorageRequests { Most = most };
            var told = new List<bool>();
            await using (var cut = _webhooks.Another(storage, azurite, source, requests))
            {
                var ended = await Record.ExceptionAsync(async () =>
                {
                    foreach (var body in Bodies())
                    {
                        var status = await FakeWebhooks.SendAsync(cut, body);
                        told.Add(status is 200 or 202);
                    }

                    await FakeWebhooks.PumpAsync(cut);
                });
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            // Who got no answer sends again; an answer, once given, is kept to.
            foreach (var (body, at) in Bodies().Select((body, at) => (body, at)))
            {
                if (isSentAgain || at >= told.Count || !told[at])
                    Assert.InRange(await FakeWebhooks.SendAsync(storage, body), 200, 202);
            }

            // A message that was being handled is seen again only after a while.
            await storage.Get<WebhookInbox>().SendAgainAsync("connectwise", TimeSpan.Zero, givenUpToo: false, Token);
            await FakeWebhooks.PumpAsync(storage);

            Assert.Empty(await FakeWebhooks.WaitingAsync(storage));
            StorageSnapshot.AssertSame(expected, await storage.RecordsAsync());
        }
    }

    private static List<byte[]> Bodies() => [FakeWebhooks.Body("a", "time-entries/1", "time-entries/2/deleted"), FakeWebhooks.Body("b", "time-entries/4")];

    private async Task<TestStorage> PulledAsync(FakeSource source, System.Text.Json.Nodes.JsonNode gone)
    {
        var storage = await _webhooks.ToldAsync(azurite, source);
        await storage.PullAsync();
        source.Records[FakeSource.TimeEntries].Remove(gone);
        source.TimeEntry(1)["actualHours"] = 7m;
        source.TimeEntry(1)["_info"]!["lastUpdated"] = FakeSource.At(60);
        source.AddTime(4, minute: 61);
        return storage;
    }

    private static FakeSource Source(out System.Text.Json.Nodes.JsonNode gone)
    {
        var source = PullJobTests.Source(times: 3);
        gone = source.TimeEntry(2);
        return source;
    }
}
