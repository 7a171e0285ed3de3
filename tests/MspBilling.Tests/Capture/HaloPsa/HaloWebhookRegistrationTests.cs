using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

public sealed class HaloWebhookRegistrationTests
{
    private const string Others = "00000000-0000-4000-8000-000000000001";
    private static readonly Uri Ours = new("https://hooks.example.com/api/webhooks/halopsa/" + HaloWebhooksTests.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static (string, string?)[] Settings { get; } =
    [
        ("Webhooks:Path", HaloWebhooksTests.Path), ("Webhooks:User", "halo"), ("Webhooks:Password", HaloWebhooksTests.Password), ("Webhooks:Events:0", "3"), ("Webhooks:Events:1", "17"),
    ];

    [Fact]
    public async Task Register_Twice_IsOne()
    {
        await using var halo = await StartAsync();

        var first = Assert.Single(await Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token));
        Assert.Equal(("events 3, 17", WebhookAction.Created), (first.Subject, first.Action));
        Assert.Equal(first with { Action = WebhookAction.Kept }, Assert.Single(await Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token)));

        var made = Assert.Single(halo.Vendor.Webhooks, each => each.Key != Others).Value;
        made.Remove("id");
        Assert.Equal(
            $$"""{"name":"MSP Billing","type":0,"url":"{{Ours}}","content_type":"application/json","method":0,"authentication_type":1,"basic_username":"halo","basic_password":"0123456789abcdef!#","active":true,"events":[{"eventno":3,"type":1},{"eventno":17,"type":1}]}""",
            made.ToJsonString());
        Assert.Empty(halo.Vendor.Unexpected);
    }

    [Fact]
    public async Task Register_InactiveOrOfOtherEvents_IsWrittenAgain()
    {
        await using var halo = await StartAsync();
        var id = Assert.Single(await Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token)).Id;
        halo.Vendor.Webhooks[id]["active"] = false;
        Assert.Equal("inactive", Assert.Single(await Webhooks(halo).ListAsync(Ours, Token), each => each.IsOurs).Problem);
        Assert.Equal(WebhookAction.Renewed, Assert.Single(await Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token)).Action);
        Assert.True((bool)halo.Vendor.Webhooks[id]["active"]!);

        halo.Vendor.Webhooks[id]["events"] = new JsonArray(new JsonObject { ["eventno"] = 4 });
        Assert.Equal(WebhookAction.Renewed, Assert.Single(await Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token)).Action);
        Assert.Equal(WebhookAction.Renewed, Assert.Single(await Webhooks(halo).RegisterAsync(Ours, rewrite: true, Token)).Action);
        Assert.Equal(2, halo.Vendor.Webhooks.Count);
    }

    [Fact]
    public async Task Remove_Ours_LeavesOthers()
    {
        await using var halo = await StartAsync();
        await Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token);

        Assert.Equal(WebhookAction.Removed, Assert.Single(await Webhooks(halo).RemoveAsync(Ours, Token)).Action);

        Assert.Empty(await Webhooks(halo).RemoveAsync(Ours, Token));
        Assert.Equal(Others, Assert.Single(halo.Vendor.Webhooks).Key);
        Assert.Equal("events 3", Assert.Single(await Webhooks(halo).ListAsync(null, Token)).Subject);
    }

    [Fact]
    public async Task Register_NoEvents_SaysHowToFindThem()
    {
        await using var halo = await ConnectedHalo.StartAsync([.. Settings.Where(setting => !setting.Item1.Contains("Events", StringComparison.Ordinal))]);

        var error = await Assert.ThrowsAsync<SourceException>(() => Webhooks(halo).RegisterAsync(Ours, rewrite: false, Token));

        Assert.Equal(
            "Which events are to be told is not set. Make a webhook with them by hand in HaloPSA (Configuration > Integrations > Webhooks), look at their numbers with webhooks list --source halopsa, and write them to Sources:HaloPsa:Webhooks:Events.",
            error.Message);
    }

    private static async Task<ConnectedHalo> StartAsync()
    {
        var halo = await ConnectedHalo.StartAsync(Settings);
        halo.Vendor.Webhooks[Others] = JsonNode.Parse($$"""{"id":"{{Others}}","name":"another's","url":"https://other.example/halo","active":true,"events":[{"eventno":3,"type":1}]}""")!.AsObject();
        return halo;
    }

    private static IWebhookRegistration Webhooks(ConnectedHalo halo) => halo.Services.GetRequiredService<IWebhookRegistration>();
}
