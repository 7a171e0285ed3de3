using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture.CloudEvents;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using MspBilling.Tests.Api;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture.CloudEvents;

public sealed class UsageIntakeTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Cut after each request to the storage, and sent again: what was answered is there, and nothing twice.
    [Fact]
    public async Task Take_EndedBetweenAnyTwoRequestsToTheStorage_LosesNothingAndDoublesNothing()
    {
        var events = Read([UsageEvents.Usage("1"), UsageEvents.Usage("2", 5), UsageEvents.Count("3")]);
        var all = new StorageRequests();
        SortedDictionary<string, string> expected;
        await using (var storage = await azurite.CreateAsync())
        {
            await using (var counted = Another(storage, all))
                await counted.Get<UsageIntake>().TakeAsync(events, Token);
            expected = await RecordsAsync(storage);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");
        foreach (var most in all.Cuts(7))
        {
            await using var storage = await azurite.CreateAsync();
            var requests = new StorageRequests { Most = most };
            IReadOnlyList<UsageOutcome>? answered = null;
            await using (var cut = Another(storage, requests))
            {
                var ended = await Record.ExceptionAsync(async () => answered = await cut.Get<UsageIntake>().TakeAsync(events, Token));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            if (answered is not null)
            {
                await storage.Get<ImportSessions>().FinishPendingAsync(Token);
                StorageSnapshot.AssertSame(expected, await RecordsAsync(storage));
            }

            var again = await storage.Get<UsageIntake>().TakeAsync(events, Token);
            Assert.All(again, outcome => Assert.True(outcome.Status is UsageStatus.Accepted or UsageStatus.Duplicate && (answered is null || outcome.Status == UsageStatus.Duplicate)));
            StorageSnapshot.AssertSame(expected, await RecordsAsync(storage));
        }
    }

    // 2,000 events in batches of 100 from 8 clients, every third batch sent again by another.
    [Fact]
    public async Task Post_FromEightClientsWithAThirdRepeated_StoresEachOnce()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);
        var batches = Enumerable.Range(0, 20).Select(b => UsageEvents.List(Enumerable.Range(b * 100, 100).Select(i => UsageEvents.Usage($"e{i}", quantity: i)))).ToList();
        var work = new System.Collections.Concurrent.ConcurrentQueue<string>(batches.Concat(batches.Where((_, i) => i % 3 == 0)).OrderBy(batch => RecordJson.Hash(Encoding.UTF8.GetBytes(batch))));
        var (accepted, duplicates) = (0, 0);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (work.TryDequeue(out var batch))
            {
                var (status, answer, headers) = await host.Http.SendAsync(UsageEvents.Batch, batch);
                if (status == HttpStatusCode.TooManyRequests)
                {
                    work.Enqueue(batch);
                    await Task.Delay(headers.RetryAfter!.Delta!.Value, Token);
                    continue;
                }

                Assert.Equal(HttpStatusCode.OK, status);
                Interlocked.Add(ref accepted, answer.Counts().Accepted);
                Interlocked.Add(ref duplicates, answer.Counts().Duplicates);
            }
        }));

        TestContext.Current.TestOutputHelper?.WriteLine($"{13_400 / watch.Elapsed.TotalSeconds:0} events a second, {(await storage.Get<RawPayloadStore>().ListAsync(Token)).Count} pages");
        Assert.Equal((2_000, 700), (accepted, duplicates));
        var stored = (await storage.Get<RecordStore>().ActivitiesAsync(Client.Unknown, Period.Month(2024, 9), Token)).Activities;
        Assert.Equal((2_000, 1_999_000m), (stored.Count, stored.OfType<UsageRecord>().Sum(usage => usage.Quantity)));
    }

    [Fact]
    public async Task Post_Flood_IsSentAwayWithATimeToComeBack()
    {
        await using var storage = await azurite.CreateAsync();
        storage.Configuration["Usage:Burst"] = storage.Configuration["Usage:RequestsPerSecond"] = "3";
        await using var host = await ServedHost.StartAsync(storage);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.Http.SendAsync(UsageEvents.One, UsageEvents.Usage($"{i}"))));

        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta));
        Assert.Equal(answers.Count(answer => answer.Status == HttpStatusCode.OK), (await storage.Get<RecordStore>().ActivitiesAsync(Client.Unknown, Period.Month(2024, 9), Token)).Activities.Count);
    }

    [Fact]
    public async Task Post_StorageIsAway_IsToldWithATimeToComeBack()
    {
        var away = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=" + Convert.ToBase64String(new byte[64])
            + ";BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;TableEndpoint=http://127.0.0.1:1/devstoreaccount1;";
        await using var storage = new TestStorage(away, "away") { IsShared = true };
        storage.Configuration["Usage:PatienceSeconds"] = "1";
        await using var host = await ServedHost.StartAsync(storage);

        var (status, answer, headers) = await host.Http.SendAsync(UsageEvents.One, UsageEvents.Usage("1"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The storage does not answer", TimeSpan.FromSeconds(5)), (status, answer.GetProperty("title").GetString(), headers.RetryAfter!.Delta));
    }

    [Theory]
    [InlineData("Usage:MostBytes", "10", "The setting Usage__MostBytes must be 1000 to 30000000.")]
    [InlineData("Usage:RequestsAtOnce", "0", "The setting Usage__RequestsAtOnce must be 1 or more.")]
    public void Checked_SettingThatCannotBe_IsTold(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => configuration.GetSection(UsageOptions.Section).Get<UsageOptions>()!.Checked()).Message);
    }

    private TestStorage Another(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };

    private static IReadOnlyList<SentEvent> Read(IEnumerable<string> events) => UsageEventBatch.ReadBatch(Encoding.UTF8.GetBytes(UsageEvents.List(events))).Events;

    private static async Task<SortedDictionary<string, string>> RecordsAsync(TestStorage storage)
    {
        var everything = await StorageSnapshot.EverythingAsync(storage);
        return new SortedDictionary<string, string>(everything.Where(item => item.Key.StartsWith("activities", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);
    }
}
