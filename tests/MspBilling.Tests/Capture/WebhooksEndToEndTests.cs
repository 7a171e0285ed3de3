using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Local.Hosting;
using MspBilling.Tests.Capture.Autotask;
using MspBilling.Tests.Capture.ConnectWise;
using MspBilling.Tests.Capture.HaloPsa;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Each vendor's simulator tells the served program of changes, at the address that was put down there, and is asked for the records.</summary>
public sealed class WebhooksEndToEndTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectWise_ChangedAndDeleted_IsStoredAsItIsThere()
    {
        await using var vendor = new ConnectWiseSimulator();
        await vendor.StartAsync();
        vendor.Put("company/companies", """{"id":1,"identifier":"C1","name":"Company 1","status":{"name":"Active"}}""");
        vendor.Put("time/entries", """{"id":80121,"company":{"id":1,"name":"Company 1"},"member":{"id":7,"name":"Tess"},"chargeToType":"Activity","timeStart":"2024-09-12T09:00:00Z","actualHours":1.5,"status":"Approved"}""");
        vendor.Now += TimeSpan.FromMinutes(1);
        await using var storage = await azurite.CreateAsync();
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        await using var app = await ServeAsync(storage, ConnectedSource.SettingsFor(vendor.Address.ToString(), "Webhooks:Path=" + ConnectWiseWebhookTests.Path));
        await app.RegisterAsync(ConnectWiseWebhookTests.Path);

        Assert.Equal([202], await vendor.TellAsync("company", 1, "added", "m1"));
        Assert.Equal([202], await vendor.TellAsync("time", 80121, "added", "m2"));
        Assert.Equal([200], await vendor.TellAsync("time", 80121, "added", "m2"));
        await app.SettledAsync();
        var (_, stored) = await TimeAsync(storage, "80121");
        Assert.Equal((1.5m, null), (stored!.Hours, stored.DeletedAt));

        vendor.List("time/entries").Clear();
        Assert.Equal([202], await vendor.TellAsync("time", 80121, "deleted", "m3"));
        await app.SettledAsync();
        Assert.NotNull((await TimeAsync(storage, "80121")).Entry!.DeletedAt);

        // A wrong signature is refused, and kept nowhere.
        var kept = await FakeWebhooks.KeptAsync(storage);
        var key = vendor.SigningKey;
        vendor.SigningKey = "another";
        Assert.Equal([401], await vendor.TellAsync("time", 80121, "updated", "m4"));
        vendor.SigningKey = key;
        Assert.Equal(kept, await FakeWebhooks.KeptAsync(storage));
        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task Autotask_Told_IsStoredAsItIsThere()
    {
        await using var vendor = new AutotaskSimulator();
        await vendor.StartAsync();
        await using var storage = await azurite.CreateAsync();
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        await using var app = await ServeAsync(storage, new Dictionary<string, string?>
        {
            ["Sources:Autotask:UserName"] = AutotaskSimulator.UserName,
            ["Sources:Autotask:Secret"] = AutotaskSimulator.Secret,
            ["Sources:Autotask:IntegrationCode"] = AutotaskSimulator.IntegrationCode,
            ["Sources:Autotask:ZoneLookupUrl"] = vendor.Address + "atservicesrest/",
            ["Sources:Autotask:Currency"] = "USD",
            ["Sources:Autotask:Http:PerMinute"] = "6000000",
            ["Sources:Autotask:Webhooks:Path"] = AutotaskWebhookTests.Path,
            ["Sources:Autotask:Webhooks:Secret"] = AutotaskWebhookTests.Secret,
        });
        await app.RegisterAsync(AutotaskWebhookTests.Path);

        Assert.Equal([202], await vendor.TellAsync("Company", "Account", 3, "Update", 1));
        Assert.Equal([202], await vendor.TellAsync("Ticket", "Ticket", 4, "Update", 1));
        Assert.Equal([200], await vendor.TellAsync("Ticket", "TicketNote", 4, "Update", 2));
        await app.SettledAsync();

        var references = await storage.Get<RecordStore>().ReferencesAsync(Token);
        Assert.Equal("Company 3", Assert.Single(references.OfType<Company>()).Name);
        Assert.Equal("4", Assert.Single(references.OfType<Ticket>()).Id.ExternalId);
        Assert.Empty(vendor.Unexpected);

        // The timer forgets nothing yet, and what is told of nothing is shown.
        var shown = (await app.SourcesAsync()).GetProperty("webhooks");
        Assert.Equal("TicketNote Update", Assert.Single(shown.GetProperty("ignored").EnumerateArray()).GetProperty("event").GetString());
    }

    [Fact]
    public async Task HaloPsa_Told_IsStoredAsItIsThere()
    {
        var tenant = HaloTenant.WithEverything();
        await using var vendor = new HaloSimulator(tenant);
        await vendor.StartAsync();
        await using var storage = await azurite.CreateAsync();
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        var settings = HaloWebhookRegistrationTests.Settings.Concat(
        [
            ("ResourceUrl", vendor.Address + "api"), ("AuthUrl", vendor.Address + "auth/"), ("ClientId", HaloSimulator.ClientId), ("ClientSecret", HaloSimulator.Secret),
            ("TimeSource", "Actions"), ("Http:PerMinute", "6000000"),
        ]);
        await using var app = await ServeAsync(storage, settings.ToDictionary(setting => "Sources:HaloPsa:" + setting.Item1, setting => setting.Item2));
        await app.RegisterAsync(HaloWebhooksTests.Path);

        Assert.Equal([202], await vendor.TellAsync(3, """{"event":"Ticket Updated","ticket":{"id":41551}}"""));
        Assert.Empty(await vendor.TellAsync(99, "{}"));
        await app.SettledAsync();

        Assert.Equal("41551", Assert.Single((await storage.Get<RecordStore>().ReferencesAsync(Token)).OfType<Ticket>()).Id.ExternalId);
        var times = tenant.List("Actions").Where(row => (long)row["ticket_id"]! == 41551).Select(row => $"41551/{row["id"]}").ToList();
        Assert.NotEmpty(times);
        Assert.Equal(times.Order(StringComparer.Ordinal), (await storage.Get<RecordStore>().ActivitiesAsync([.. times.Select(id => new RecordId("halopsa", RecordKind.Time, id))], Token)).Select(time => time.Id.ExternalId).Order(StringComparer.Ordinal));
        Assert.Empty(vendor.Unexpected);
    }

    [Fact]
    public async Task VendorAway_IsShownAndLosesNothing()
    {
        await using var vendor = new ConnectWiseSimulator();
        await vendor.StartAsync();
        vendor.Put("company/companies", """{"id":1,"identifier":"C1","name":"Company 1","status":{"name":"Active"}}""");
        vendor.Now += TimeSpan.FromMinutes(1);
        await using var storage = await azurite.CreateAsync();
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        await using var app = await ServeAsync(storage, ConnectedSource.SettingsFor(vendor.Address.ToString(), "Webhooks:Path=" + ConnectWiseWebhookTests.Path, "Http:Tries=1"));
        await app.RegisterAsync(ConnectWiseWebhookTests.Path);
        vendor.Instead = path => path.StartsWith("company/", StringComparison.Ordinal) ? new SimulatedAnswer(503, "") : null;

        Assert.Equal([202], await vendor.TellAsync("company", 1, "updated", "m1"));
        JsonElement failed;
        while ((failed = (await app.SourcesAsync()).GetProperty("webhooks").GetProperty("failed")).GetArrayLength() == 0)
            await Task.Delay(50, Token);
        Assert.Equal("companies 1", $"{failed[0].GetProperty("feed").GetString()} {failed[0].GetProperty("externalId").GetString()}");
        Assert.StartsWith("ConnectWise PSA answered 503 for company/companies.", failed[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.False(failed[0].GetProperty("waitsForYou").GetBoolean());

        vendor.Instead = _ => null;
        await app.SettledAsync();
        Assert.Equal("Company 1", Assert.Single((await storage.Get<RecordStore>().ReferencesAsync(Token)).OfType<Company>()).Name);

        using var answer = await app.Http.PostAsJsonAsync("api/sources/connectwise/webhooks/retry", new { }, Token);
        Assert.Equal("""{"source":"connectwise","records":0}""", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(404, (int)(await app.Http.PostAsJsonAsync("api/sources/halopsa/webhooks/retry", new { }, Token)).StatusCode);
    }

    private static async Task<(bool IsStored, TimeEntry? Entry)> TimeAsync(TestStorage storage, string id)
    {
        var found = await storage.Get<RecordStore>().ActivitiesAsync([new RecordId("connectwise", RecordKind.Time, id)], Token);
        return (found.Count > 0, found.OfType<TimeEntry>().SingleOrDefault());
    }

    private static async Task<Served> ServeAsync(TestStorage storage, IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddConfiguration(storage.Configuration).AddInMemoryCollection(settings)
            .AddInMemoryCollection([new("Webhooks:DelaySeconds", "0"), new("Webhooks:RetrySeconds", "1")]).Build();
        var app = LocalHost.Build(configuration, port: 0, services => services.AddLogging(logging => logging.ClearProviders()));
        await app.StartAsync(Token);
        return new Served(app);
    }

    /// <summary>The program while it is served.</summary>
    private sealed class Served(WebApplication app) : IAsyncDisposable
    {
        public HttpClient Http { get; } = new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        private IWebhookRegistration Registration => app.Services.GetRequiredService<IWebhookRegistration>();

        public async Task RegisterAsync(string path)
        {
            var changes = await Registration.RegisterAsync(new Uri(Http.BaseAddress!, $"api/webhooks/{Registration.Name}/{path}"), rewrite: false, Token);
            Assert.All(changes, change => Assert.Equal(WebhookAction.Created, change.Action));
        }

        public async Task<JsonElement> SourcesAsync() => (await Http.GetFromJsonAsync<JsonElement>("api/sources", Token)).GetProperty("sources")[0];

        /// <summary>Waits until nothing waits any more.</summary>
        public async Task SettledAsync()
        {
            while ((await SourcesAsync()).GetProperty("webhooks").GetProperty("waiting").GetInt32() > 0)
                await Task.Delay(50, Token);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await app.DisposeAsync();
        }
    }
}
