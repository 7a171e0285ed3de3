using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Tests.Capture.ConnectWise;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Callbacks through the HTTP API: shuffled, a third of them duplicates, a tenth tampered with. All sweeps: 10,000 of them, otherwise 500.</summary>
public sealed class ManyWebhooksTests(AzuriteFixture azurite)
{
    // Fetching 6,000 records one by one takes minutes.
    private static readonly int Events = SweepSample.IsWhole ? 6_000 : 300;
    private static readonly int Duplicates = Events / 2;
    private static readonly int Tampered = Events / 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed record Delivery(byte[] Body, string Signature, string Path, bool IsTampered);

    [Fact]
    public async Task Webhooks_ManyMixed_AreOneRecordForEachEventAndNothingOfTheTampered()
    {
        await using var vendor = new ConnectWiseSimulator();
        await vendor.StartAsync();
        var source = new KnownEntries(Events + Tampered);
        await using var storage = await azurite.CreateAsync();
        var settings = ConnectedSource.SettingsFor(vendor.Address.ToString(), "Webhooks:Path=" + ConnectWiseWebhookTests.Path);
        var configuration = new ConfigurationBuilder().AddConfiguration(storage.Configuration).AddInMemoryCollection(settings).AddInMemoryCollection([new("Webhooks:DelaySeconds", "0")]).Build();
        await using var app = LocalHost.Build(configuration, port: 0, services => services.AddLogging(logging => logging.ClearProviders()).Replace(ServiceDescriptor.Singleton<IRecordSource>(source)));
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings, Captured.Company("1")], "settings", Token);
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        var deliveries = Deliveries(vendor);
        Assert.Equal(Events + Duplicates + Tampered, deliveries.Length);

        var answers = new ConcurrentBag<(Delivery Delivery, HttpStatusCode Status)>();
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token }, async (delivery, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Path) { Content = new ByteArrayContent(delivery.Body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TryAddWithoutValidation(CallbackSignatureTests.Header, delivery.Signature);
            using var answer = await http.SendAsync(request, token);
            answers.Add((delivery, answer.StatusCode));
        });

        Assert.All(answers.Where(answer => answer.Delivery.IsTampered), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal(Events, answers.Count(answer => answer.Status == HttpStatusCode.Accepted));
        Assert.Equal(Duplicates, answers.Count(answer => answer.Status == HttpStatusCode.OK));

        while ((await app.Services.GetRequiredService<WebhookStore>().WaitingAsync("connectwise", Token)).Count > 0)
            await Task.Delay(200, Token);

        // One record each, at what the source has, and of the tampered neither a record nor a body.
        var stored = await storage.Get<RecordStore>().ActivitiesAsync("cw-1", Period.Month(2024, 9), Token);
        Assert.Equal(
            Enumerable.Range(1, Events).Select(id => (id, KnownEntries.HoursOf(id))),
            stored.Activities.OfType<TimeEntry>().Select(entry => (int.Parse(entry.Id.ExternalId, CultureInfo.InvariantCulture), entry.Hours)).Order());
        Assert.Equal((Events, Events), await FakeWebhooks.KeptAsync(storage));
        Assert.InRange(source.Fetched, Events, Events);
        Assert.Empty(await storage.Get<RawPayloadStore>().PendingAsync(Token));
    }

    private static Delivery[] Deliveries(ConnectWiseSimulator vendor)
    {
        const string path = "api/webhooks/connectwise/" + ConnectWiseWebhookTests.Path + "?recordId=";
        Delivery Genuine(int id)
        {
            var body = vendor.Callback("time", id, "updated", $"message-{id}");
            return new Delivery(body, CallbackSignatureTests.SignatureOf(body, vendor.SigningKey!), path + id, false);
        }

        var genuine = Enumerable.Range(1, Events).Select(Genuine).ToList();
        var tampered = Enumerable.Range(Events + 1, Tampered).Select(id =>
        {
            var delivery = Genuine(id) with { IsTampered = true };
            return (id % 4) switch
            {
                0 => delivery with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(delivery.Body).Replace("\"updated\"", "\"deleted\"", StringComparison.Ordinal)) },
                1 => delivery with { Signature = genuine[id - Events].Signature },
                2 => Signed(delivery, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(delivery.Body).Replace(vendor.KeyUrl, $"https://evil{id}.example/key", StringComparison.Ordinal))),
                _ => delivery with { Path = path.Replace(ConnectWiseWebhookTests.Path, "another-secret-path", StringComparison.Ordinal) + id },
            };
        });
        Delivery[] all = [.. genuine, .. genuine.Take(Duplicates), .. tampered];
        new Random(7).Shuffle(all);
        return all;
    }

    // Signed with a key of the attacker's own, at an address of his own.
    private static Delivery Signed(Delivery delivery, byte[] body) => delivery with { Body = body, Signature = CallbackSignatureTests.SignatureOf(body, "evil") };

    /// <summary>A source with so many time entries, each found at once.</summary>
    private sealed class KnownEntries(int most) : IRecordSource
    {
        private int _fetched;

        public int Fetched => _fetched;

        public string Name => "connectwise";

        public IReadOnlyList<RecordFeed> Feeds { get; } = [new("time-entries", "connectwise/time-entries") { Swept = RecordKind.Time }];

        public static decimal HoursOf(int id) => 0.25m * (1 + (id % 8));

        public IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RecordPage>();

        public IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, CancellationToken cancellationToken) => AsyncEnumerable.Empty<string>();

        public Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _fetched);
            var id = int.Parse(externalId, CultureInfo.InvariantCulture);
            Assert.InRange(id, 1, most);
            var entry = new FakeSource().AddTime(id, hours: HoursOf(id));
            return Task.FromResult<RecordPage?>(new RecordPage($"time-entries@id-{id}.json", Encoding.UTF8.GetBytes(new JsonArray(entry.DeepClone()).ToJsonString())));
        }
    }
}
