using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Webhooks of the fake source: proven by a word in a header, each with the records that it tells of.</summary>
internal sealed class FakeWebhooks : IWebhookSource
{
    public const string Header = "x-test-signature";

    public string Name => "connectwise";

    public Func<WebhookDelivery, WebhookProof> Proving { get; set; } = delivery => delivery.Header(Header) == "right" ? WebhookProof.Genuine : WebhookProof.NotGenuine;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static byte[] Body(string? key, params string[] records) => Encoding.UTF8.GetBytes(new JsonObject { ["key"] = key, ["records"] = new JsonArray([.. records.Select(record => (JsonNode)record)]) }.ToJsonString());

    public Task<WebhookProof> ProveAsync(WebhookDelivery delivery, CancellationToken cancellationToken) => Task.FromResult(Proving(delivery));

    public WebhookEvent Read(ReadOnlyMemory<byte> body)
    {
        var json = JsonElement.Parse(body.Span);
        return new WebhookEvent(
            json.GetProperty("key").GetString(),
            json.TryGetProperty("at", out var at) ? at.GetDateTimeOffset() : null,
            json.TryGetProperty("what", out var what) ? what.GetString()! : "time updated",
            [.. json.GetProperty("records").EnumerateArray().Select(record => record.GetString()!.Split('/')).Select(parts => new WebhookRecord(parts[0], parts[1], parts.Length > 2))]);
    }

    /// <summary>A storage with the MSP's settings in it that is told by webhooks and fetches at once.</summary>
    public async Task<TestStorage> ToldAsync(AzuriteFixture azurite, FakeSource source, TimeProvider? clock = null, Action<WebhookOptions>? set = null)
    {
        var storage = await azurite.CreateAsync(services => Use(services, source, clock, set));
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        return storage;
    }

    /// <summary>The same storage, with a process of its own.</summary>
    public TestStorage Another(TestStorage storage, AzuriteFixture azurite, FakeSource source, StorageRequests requests, TimeProvider? clock = null) =>
        new(azurite.ConnectionString, storage.Prefix, services =>
        {
            Use(services, source, clock, null);
            services.AddSingleton(_ => requests.On(storage.Configuration));
        })
        { IsShared = true };

    public void Use(IServiceCollection services, FakeSource source, TimeProvider? clock, Action<WebhookOptions>? set)
    {
        services.Pulled(source, clock);
        services.AddSingleton<IWebhookSource>(this);
        var options = new WebhookOptions { DelaySeconds = 0, RetrySeconds = 0 };
        set?.Invoke(options);
        services.Replace(ServiceDescriptor.Singleton(options));
    }

    /// <summary>Sends to the endpoint what a vendor would; the answer's status.</summary>
    public static async Task<int> SendAsync(TestStorage storage, byte[] body, string signature = "right", string source = "connectwise")
    {
        var http = new DefaultHttpContext { RequestServices = storage.Services };
        http.Request.Method = "POST";
        http.Request.Body = new MemoryStream(body);
        http.Request.Headers[Header] = signature;
        http.Request.RouteValues["source"] = source;
        http.Response.Body = new MemoryStream();
        var result = await storage.Get<WebhookEndpoint>().PostAsync(http.Request, Token);
        await result.ExecuteAsync(http);
        return http.Response.StatusCode;
    }

    /// <summary>Handles what is queued until nothing is visible any more.</summary>
    public static async Task PumpAsync(TestStorage storage)
    {
        while (await storage.Get<WebhookPump>().PumpOnceAsync(Token) > 0)
        {
            // There may be more.
        }
    }

    public static async Task<IReadOnlyList<WaitingRecord>> WaitingAsync(TestStorage storage) =>
        [.. (await storage.Get<WebhookStore>().WaitingAsync("connectwise", Token)).Select(each => each.Waiting)];

    /// <summary>How many bodies and rows are kept.</summary>
    public static async Task<(int Bodies, int Rows)> KeptAsync(TestStorage storage)
    {
        var billing = storage.Get<BillingStorage>();
        var rows = await StorageSnapshot.RowsAsync(billing.Webhooks);
        var bodies = rows.Count(row => row.ContainsKey("Body"));
        await foreach (var _ in billing.WebhookBodies.GetBlobsAsync(cancellationToken: Token))
            bodies++;
        return (bodies, rows.Count);
    }

    /// <summary>What is queued.</summary>
    public static async Task<IReadOnlyList<WebhookMessage>> QueuedAsync(TestStorage storage)
    {
        await storage.Get<WebhookArrivals>().SendAsync(Token);
        return [.. (await storage.Get<WebhookQueue>().ReceiveAsync(32, Token)).Select(received => received.Message)];
    }
}
