using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Local.Hosting;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class SourceEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_PulledThroughTheApi_TellHowTheyStand()
    {
        var source = PullJobTests.Source(times: 4);
        source.TimeEntry(2)["actualHours"] = "many";
        await using var storage = await azurite.CreateAsync();
        await using var app = LocalHost.Build(storage.Configuration, port: 0, services => services.Pulled(source));
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        Assert.Equal(JsonValueKind.Null, Feed(await SourcesAsync(http), 1).GetProperty("cursor").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(http, "halopsa", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, "connectwise", """{"feed":"tickets"}""")).StatusCode);
        using (var answer = await http.PostAsync(new Uri("api/sources/connectwise/pull", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "text/plain"), Token))
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(source.Calls);

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(http, "connectwise", """{"full":true}""")).StatusCode);

        JsonElement told;
        do
        {
            await Task.Delay(50, Token);
            told = await SourcesAsync(http);
        }
        while (told.GetProperty("sources")[0].GetProperty("isPulling").GetBoolean());

        var feed = Feed(told, 1);
        Assert.Equal("time-entries", feed.GetProperty("name").GetString());
        Assert.Equal("2024-09-12T12:04:00+00:00", feed.GetProperty("cursor").GetString());
        Assert.Equal("""{"at":"2024-10-01T08:00:00+00:00","pages":2,"added":3,"changed":0,"unchanged":0,"unreadable":1}""", feed.GetProperty("lastPull").GetRawText());
        var row = Assert.Single(feed.GetProperty("unreadable").EnumerateArray());
        Assert.Equal("2", row.GetProperty("externalId").GetString());
        Assert.Contains("actualHours is 'many'", row.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Feed(JsonElement sources, int index) => sources.GetProperty("sources")[0].GetProperty("feeds")[index];

    private static async Task<JsonElement> SourcesAsync(HttpClient http) =>
        JsonDocument.Parse(await http.GetStringAsync(new Uri("api/sources", UriKind.Relative), Token)).RootElement;

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string source, string body) =>
        http.PostAsync(new Uri($"api/sources/{source}/pull", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
}
