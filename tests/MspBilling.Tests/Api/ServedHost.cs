using Microsoft.AspNetCore.Builder;
using MspBilling.Local.Hosting;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Api;

/// <summary>The local host on a test's storage, served at a free port; at its end it is stopped first, so that no call of its workers is left to fail.</summary>
internal sealed class ServedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedHost(WebApplication app) => (_app, Http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    public static async Task<ServedHost> StartAsync(TestStorage storage)
    {
        var app = LocalHost.Build(storage.Configuration, port: 0);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ServedHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
