using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.ConnectWise;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

public sealed class CallbackTests : IAsyncLifetime
{
    private static readonly Uri Ours = new("https://hooks.example.com/api/webhooks/connectwise/" + ConnectWiseWebhookTests.Path);
    private static readonly string[] Types = ["ticket", "time"];

    private readonly ConnectWiseSimulator _vendor = new();
    private ServiceProvider? _services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IWebhookRegistration Callbacks => _services!.GetRequiredService<IWebhookRegistration>();

    public async ValueTask InitializeAsync()
    {
        await _vendor.StartAsync();
        var settings = ConnectedSource.SettingsFor(_vendor.Address.ToString(), "Webhooks:Path=" + ConnectWiseWebhookTests.Path, "Webhooks:Types:0=ticket", "Webhooks:Types:1=time", "PageSize=2");
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddConnectWise(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Sources:ConnectWise")).BuildServiceProvider();
        for (var id = 1; id < 4; id++)
            _vendor.Put("system/callbacks", $$"""{"id":{{id}},"description":"another's","url":"https://other.example/cw?recordId=","objectId":1,"type":"time","level":"owner","inactiveFlag":{{(id == 2 ? "true" : "false")}}}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _vendor.DisposeAsync();
    }

    [Fact]
    public async Task Register_Twice_IsOneForEachType()
    {
        var first = await Callbacks.RegisterAsync(Ours, rewrite: false, Token);
        var second = await Callbacks.RegisterAsync(Ours, rewrite: false, Token);

        Assert.Equal([new("ticket", WebhookAction.Created, "61"), new("time", WebhookAction.Created, "62")], first);
        Assert.Equal([new("ticket", WebhookAction.Kept, "61"), new("time", WebhookAction.Kept, "62")], second);
        var made = _vendor.List("system/callbacks")[62].Json;
        made.Remove("_info");
        Assert.Equal($$"""{"description":"MSP Billing","url":"{{Ours}}?recordId=","objectId":1,"type":"time","level":"owner","inactiveFlag":false,"isSelfSuppressedFlag":true,"payloadVersion":"3.0.0","id":62,"memberId":17}""", made.ToJsonString());
        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Register_InactiveOrTwiceThere_IsOneThatIsActive()
    {
        await Callbacks.RegisterAsync(Ours, rewrite: false, Token);
        _vendor.List("system/callbacks")[61].Json["inactiveFlag"] = true;
        _vendor.Put("system/callbacks", $$"""{"id":70,"url":"{{Ours}}?recordId=","objectId":1,"type":"time","level":"owner","inactiveFlag":false}""");
        Assert.Equal([true, false], (await Callbacks.ListAsync(Ours, Token)).Where(each => each.Subject == "ticket").Select(each => each.IsOurs).Concat((await Callbacks.ListAsync(Ours, Token)).Where(each => each.Subject == "ticket").Select(each => each.IsActive)));

        Assert.Equal([new("ticket", WebhookAction.Renewed, "61"), new("time", WebhookAction.Kept, "62")], await Callbacks.RegisterAsync(Ours, rewrite: false, Token));

        Assert.Equal([1, 2, 3, 61, 62], _vendor.List("system/callbacks").Keys);
        Assert.False((bool)_vendor.List("system/callbacks")[61].Json["inactiveFlag"]!);
        Assert.True((bool)_vendor.List("system/callbacks")[2].Json["inactiveFlag"]!);
    }

    [Fact]
    public async Task Renew_AndRemove_LeaveOthersAlone()
    {
        var others = Others();
        await Callbacks.RegisterAsync(Ours, rewrite: false, Token);
        Assert.All(await Callbacks.RegisterAsync(Ours, rewrite: true, Token), change => Assert.Equal(WebhookAction.Renewed, change.Action));

        Assert.Equal(Types, (await Callbacks.RemoveAsync(Ours, Token)).Select(change => change.Subject));
        Assert.Empty(await Callbacks.RemoveAsync(Ours, Token));
        Assert.Equal(others, Others());
        Assert.Equal([1, 2, 3], _vendor.List("system/callbacks").Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Register_WhileTheVendorFails_IsOneForEachType(int seed)
    {
        _vendor.Faults = VendorSimulator.Mixed(seed, 0.4);

        await Callbacks.RegisterAsync(Ours, rewrite: false, Token);

        Assert.Equal(Types, (await Callbacks.ListAsync(Ours, Token)).Where(each => each.IsOurs).Select(each => each.Subject).Order(StringComparer.Ordinal));
        Assert.Empty(_vendor.Unexpected);
    }

    private string Others() => string.Join('\n', _vendor.List("system/callbacks").Where(each => each.Key < 60).Select(each => each.Value.Json.ToJsonString()));
}
