using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Autotask;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

public sealed class AutotaskWebhookRegistrationTests : IAsyncLifetime
{
    private static readonly Uri Ours = new("https://hooks.example.com/api/webhooks/autotask/" + AutotaskWebhookTests.Path);

    private static readonly string[] Flags = ["isActive", "isReady", "isSubscribedToCreateEvents", "isSubscribedToUpdateEvents", "isSubscribedToDeleteEvents"];

    private readonly AutotaskSimulator _vendor = new();
    private ServiceProvider? _services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _vendor.StartAsync();
        _vendor.Data.Add("TicketWebhooks", 3, """{"name":"another's","webhookUrl":"https://other.example/at","deactivationUrl":"https://other.example/off","isActive":false,"isReady":true,"webhookGUID":"g"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _vendor.DisposeAsync();
    }

    [Fact]
    public async Task Register_Twice_IsOneReadyForEachKind()
    {
        var webhooks = Webhooks();

        var first = await webhooks.RegisterAsync(Ours, rewrite: false, Token);
        Assert.Equal(["Companies Created", "ConfigurationItems Created", "Tickets Created"], first.Select(change => $"{change.Subject} {change.Action}"));
        Assert.Equal(["Companies Kept", "ConfigurationItems Kept", "Tickets Kept"], (await webhooks.RegisterAsync(Ours, rewrite: false, Token)).Select(change => $"{change.Subject} {change.Action}"));

        var made = Assert.Single(_vendor.Data.Rows("TicketWebhooks"), row => row.Key != 3).Value;
        Assert.Equal(Ours.ToString(), (string)made["webhookUrl"]!);
        Assert.Equal("api@acmemsp.example", (string)made["notificationEmailAddress"]!);
        Assert.All(Flags, flag => Assert.True((bool)made[flag]!, flag));
        Assert.Equal([5, 6, 8], _vendor.Data.Rows("TicketWebhookFields").Values.Select(row => (int)row["fieldID"]!).Order());
        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Register_DeactivatedOrNotReady_IsPutRight()
    {
        var webhooks = Webhooks();
        var id = long.Parse((await webhooks.RegisterAsync(Ours, rewrite: false, Token))[2].Id, System.Globalization.CultureInfo.InvariantCulture);
        _vendor.Data.Rows("TicketWebhooks")[id]["isActive"] = false;
        _vendor.Data.Rows("TicketWebhookFields").Remove(_vendor.Data.Rows("TicketWebhookFields").Keys.First());
        Assert.Equal("inactive", Assert.Single(await webhooks.ListAsync(Ours, Token), each => each.IsOurs && !each.IsActive).Problem);

        Assert.Equal(["Kept", "Kept", "Renewed"], (await webhooks.RegisterAsync(Ours, rewrite: false, Token)).Select(change => change.Action.ToString()));

        Assert.True((bool)_vendor.Data.Rows("TicketWebhooks")[id]["isActive"]!);
        Assert.Equal(3, _vendor.Data.Rows("TicketWebhookFields").Count);
        Assert.False((bool)_vendor.Data.Rows("TicketWebhooks")[3]["isActive"]!);
    }

    [Fact]
    public async Task Register_SomeFields_TellsThoseAlone()
    {
        await Webhooks(settings => (settings.Entities, settings.Fields) = (["Tickets"], ["status", "Company"])).RegisterAsync(Ours, rewrite: false, Token);

        Assert.Equal([5, 6], _vendor.Data.Rows("TicketWebhookFields").Values.Select(row => (int)row["fieldID"]!).Order());
        Assert.Empty(_vendor.Data.Rows("CompanyWebhooks"));

        var error = await Assert.ThrowsAsync<SourceException>(() => Webhooks(settings => settings.Fields = ["Nothing"]).RegisterAsync(Ours, rewrite: false, Token));
        Assert.Equal("Autotask offers none of the fields of Sources:Autotask:Webhooks:Fields for Companies; it offers Zip Code, Company Name.", error.Message);
    }

    [Fact]
    public async Task Remove_Ours_LeavesOthers()
    {
        var webhooks = Webhooks();
        await webhooks.RegisterAsync(Ours, rewrite: false, Token);

        Assert.Equal(3, (await webhooks.RemoveAsync(Ours, Token)).Count);

        Assert.Empty(await webhooks.RemoveAsync(Ours, Token));
        Assert.Equal("3 Tickets https://other.example/at", Assert.Single((await webhooks.ListAsync(Ours, Token)).Select(each => $"{each.Id} {each.Subject} {each.Address}")));
    }

    // What was made and not heard of is found by who is asked again.
    [Fact]
    public async Task Register_AgainWhereverItFailed_IsOneOfEachKind()
    {
        for (var failing = 1; failing < 40; failing++)
        {
            foreach (var entity in new[] { "Company", "ConfigurationItem", "Ticket" })
            {
                foreach (var id in _vendor.Data.Rows(entity + "Webhooks").Keys.Where(id => id != 3).ToList())
                    _vendor.Data.Rows(entity + "Webhooks").Remove(id);
            }

            var from = _vendor.Requests;
            _vendor.Faults = request => request == from + failing ? Fault.CutOff : Fault.None;
            var webhooks = Webhooks();
            await Record.ExceptionAsync(() => webhooks.RegisterAsync(Ours, rewrite: false, Token));
            await webhooks.RegisterAsync(Ours, rewrite: false, Token);

            Assert.Equal(["Companies", "ConfigurationItems", "Tickets"], (await webhooks.ListAsync(Ours, Token)).Where(each => each.IsOurs && each.IsActive).Select(each => each.Subject));
        }
    }

    [Fact]
    public async Task Renew_Refused_DoesNotRepeatTheKey()
    {
        var webhooks = Webhooks();
        await webhooks.RegisterAsync(Ours, rewrite: false, Token);
        _vendor.Instead = path => path == "CompanyWebhooks" ? new SimulatedAnswer(500, new JsonObject { ["errors"] = new JsonArray($"{AutotaskWebhookTests.Secret} for {Ours} is too weak") }.ToJsonString()) : null;

        var error = await Assert.ThrowsAsync<SourceException>(() => webhooks.RegisterAsync(Ours, rewrite: true, Token));

        Assert.Contains("*** for https://hooks.example.com/api/webhooks/autotask/*** is too weak", error.Message, StringComparison.Ordinal);
    }

    private AutotaskWebhookRegistration Webhooks(Action<AutotaskWebhookSettings>? set = null)
    {
        var options = AutotaskWebhookTests.Options();
        options.ZoneLookupUrl = _vendor.Address + "atservicesrest/";
        set?.Invoke(options.Webhooks!);
        _services?.Dispose();
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddAutotask(options).BuildServiceProvider();
        return (AutotaskWebhookRegistration)_services.GetRequiredService<IWebhookRegistration>();
    }
}
