using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Local.Hosting;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Api;

/// <summary>The local host on the closed sample month, on a free port.</summary>
public sealed class ApiFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private WebApplication? _app;

    public HttpClient Http { get; } = new();

    public WebApplication App => _app ?? throw new InvalidOperationException("The host was not started.");

    public async ValueTask InitializeAsync()
    {
        Storage = await azurite.ClosedSampleAsync();
        (_app, Http.BaseAddress) = await StartAsync(Storage);
    }

    internal TestStorage Storage { get; private set; } = null!;

    internal static async Task<(WebApplication App, Uri Address)> StartAsync(TestStorage storage)
    {
        var app = LocalHost.Build(storage.Configuration, port: 0);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return (app, new Uri(address));
    }

    public async Task<JsonElement> JsonAsync(string address)
    {
        using var answer = await Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((200, "application/json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    public async Task<string> NumberAsync() => (await JsonAsync("api/invoices")).GetProperty("invoices")[0].GetProperty("number").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
