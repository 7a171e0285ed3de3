using System.Text.Json;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Api;

/// <summary>The local host on the closed sample month, on a free port.</summary>
public sealed class ApiFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private ServedHost? _host;

    public HttpClient Http => Host.Http;

    internal ServedHost Host => _host ?? throw new InvalidOperationException("The host was not started.");

    public async ValueTask InitializeAsync() => _host = await ServedHost.StartAsync(await azurite.ClosedSampleAsync());

    public async Task<JsonElement> JsonAsync(string address)
    {
        using var answer = await Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((200, "application/json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    public async Task<string> NumberAsync() => (await JsonAsync("api/invoices")).GetProperty("invoices")[0].GetProperty("number").GetString()!;

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
