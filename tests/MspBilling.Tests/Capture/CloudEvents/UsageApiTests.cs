using System.Net;
using MspBilling.Adapters.Capture.CloudEvents;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using MspBilling.Tests.Api;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture.CloudEvents;

public sealed class UsageApiTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OneBatchAndBinary_AreStoredOnce()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);

        Assert.Equal((HttpStatusCode.OK, (1, 0, 0)), Told(await host.Http.SendAsync(UsageEvents.One, UsageEvents.Usage("1"))));
        Assert.Equal((HttpStatusCode.OK, (1, 1, 0)), Told(await host.Http.SendAsync(UsageEvents.Batch, UsageEvents.List([UsageEvents.Usage("1"), UsageEvents.Count("2")]))));
        (string, string)[] headers = [("ce-specversion", "1.0"), ("ce-source", "/meters/office"), ("CE-ID", "\"3\""), ("ce-type", "mspbilling.usage.v1"), ("ce-time", "2024-09-18T10:00:00Z"), ("ce-subject", "Zo%C3%AB%20K")];
        const string data = """{"account":"sub-1","provider":"Acme","sku":"GB","quantity":2.5}""";
        Assert.Equal((HttpStatusCode.OK, (1, 0, 0)), Told(await host.Http.SendAsync("application/json", data, headers)));
        Assert.Equal((HttpStatusCode.OK, (0, 1, 0)), Told(await host.Http.SendAsync("application/json; charset=utf-8", data, headers)));
        Assert.Equal((HttpStatusCode.OK, (0, 0, 0)), Told(await host.Http.SendAsync(UsageEvents.Batch, "[]")));

        // None of the clients is known yet: stored and held as such.
        var stored = (await storage.Get<RecordStore>().ActivitiesAsync(Client.Unknown, Period.Month(2024, 9), Token)).Activities;
        Assert.Equal(
            ["usage-api/Count//meters/seats 2", "usage-api/Usage//meters/backup 1", "usage-api/Usage//meters/office 3"],
            stored.Select(activity => activity.Id.ToString()).Order(StringComparer.Ordinal));
        var usage = Assert.IsType<UsageRecord>(stored.Single(activity => activity.Id.ExternalId.EndsWith('3')));
        Assert.Equal(("Acme", "sub-1", "GB", "Zoë K", 2.5m, 0m, new DateOnly(2024, 9, 18)), (usage.Provider, usage.SubAccountId, usage.Service, usage.Subject, usage.Quantity, usage.Cost, usage.Day));
        Assert.Null(usage.Currency);
        Assert.Null(usage.CompanyId);
    }

    [Fact]
    public async Task Post_SomeWrong_TakesTheOthersAndTellsEach()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);
        string[] events =
        [
            UsageEvents.Usage("1"),
            UsageEvents.Usage("2").Replace("\"quantity\":100", "\"quantity\":\"many\"", StringComparison.Ordinal),
            UsageEvents.Usage("1", quantity: 7),
            UsageEvents.Usage("4", owner: "\"client\":\"250\",\"account\":\"a\""),
            UsageEvents.Usage("5").Replace("1.0", "0.3", StringComparison.Ordinal),
            UsageEvents.Usage("6").Replace("mspbilling.usage.v1", "com.other", StringComparison.Ordinal),
            UsageEvents.Usage("7").Replace("\"sku\"", "\"skuu\"", StringComparison.Ordinal),
            UsageEvents.Usage("8", attributes: ",\"partitionkey\":\"p\""),
        ];

        var (status, answer, _) = await host.Http.SendAsync(UsageEvents.Batch, UsageEvents.List(events));

        Assert.Equal((HttpStatusCode.MultiStatus, (2, 0, 6)), (status, answer.Counts()));
        Assert.Equal("data.quantity is 'many', expected a number like 12.5, below a trillion", answer.ProblemOf(1));
        Assert.Equal("id: expected an id of its own, as the event of this source and id has other content; what is to replace it names it in correctionof", answer.ProblemOf(2));
        Assert.Equal("data.account is 'a', expected a client or an account, one of both", answer.ProblemOf(3));
        Assert.Equal("specversion is '0.3', expected 1.0", answer.ProblemOf(4));
        Assert.Equal("type is 'com.other', expected mspbilling.usage.v1 or mspbilling.count.v1", answer.ProblemOf(5));
        Assert.Equal("data.sku: expected a text, but it is missing", answer.ProblemOf(6));
        Assert.Equal(("7", "accepted"), (answer.GetProperty("events")[6].GetProperty("id").GetString(), answer.GetProperty("events")[7].GetProperty("status").GetString()));
        Assert.Equal(2, (await StoredAsync(storage)).Count);
    }

    [Theory]
    [InlineData("[1]", UsageEvents.Batch)]
    [InlineData("{}", UsageEvents.Batch)]
    [InlineData("[{]", UsageEvents.Batch)]
    [InlineData("[]", UsageEvents.One)]
    [InlineData("{}", UsageEvents.One)]
    [InlineData("", UsageEvents.One)]
    [InlineData("{", "application/json")]
    [InlineData("[{\"id\":\"1\"}]", UsageEvents.Batch)]
    public async Task Post_NoEvent_IsRefused(string body, string contentType)
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);

        var (status, answer, _) = await host.Http.SendAsync(contentType, body, ("ce-id", "1"));

        Assert.Equal((HttpStatusCode.BadRequest, 400), (status, answer.GetProperty("status").GetInt32()));
        Assert.EndsWith("Nothing was stored.", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await StorageSnapshot.NamesAsync(storage.Get<BillingStorage>().RawPayloads));
    }

    [Fact]
    public async Task Post_TooMuchOrOtherwise_IsSentAway()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.Http.SendAsync(UsageEvents.Batch, UsageEvents.List(Enumerable.Range(0, 1_001).Select(i => UsageEvents.Usage($"{i}"))))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.Http.SendAsync(UsageEvents.One, new string(' ', 4_000_001))).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Http.SendAsync("text/plain", UsageEvents.Usage("1"), ("ce-id", "1"))).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Http.SendAsync("application/json", UsageEvents.Usage("1"))).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Http.SendAsync("application/cloudevents+avro", UsageEvents.Usage("1"))).Status);
        Assert.Empty(await StoredAsync(storage));
        Assert.Equal((HttpStatusCode.OK, (1_000, 0, 0)), Told(await host.Http.SendAsync(UsageEvents.Batch, UsageEvents.List(Enumerable.Range(0, 1_000).Select(i => UsageEvents.Usage($"{i}"))))));
    }

    [Fact]
    public async Task Post_Correction_ReplacesByItsTimeWhateverCameFirst()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);
        var original = UsageEvents.Usage("1");
        var first = UsageEvents.Usage("c1", quantity: 80, attributes: ",\"correctionof\":\"1\"", time: "2024-09-19T10:00:00Z");
        var second = UsageEvents.Usage("c2", quantity: 90, attributes: ",\"correctionof\":\"1\"", time: "2024-09-20T10:00:00Z");

        foreach (var (sent, expected) in new[] { (second, (1, 0, 0)), (original, (0, 1, 0)), (first, (0, 1, 0)), (second, (0, 1, 0)) })
            Assert.Equal((HttpStatusCode.OK, expected), Told(await host.Http.SendAsync(UsageEvents.One, sent)));

        Assert.Equal(90, Assert.IsType<UsageRecord>(Assert.Single(await StoredAsync(storage))).Quantity);
        var (status, answer, _) = await host.Http.SendAsync(UsageEvents.One, UsageEvents.Usage("c3", attributes: ",\"correctionof\":\"1\"", time: "2024-09-20T10:00:00Z"));
        Assert.Equal((HttpStatusCode.BadRequest, "time: expected a time after that of what it corrects"), (status, answer.ProblemOf(0)));
    }

    [Fact]
    public async Task Get_Schema_IsThePublishedOne()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);

        Assert.Equal(UsageEventSchema.Read(), await host.Http.GetByteArrayAsync(new Uri("api/schemas/usage-event.json", UriKind.Relative), Token));
    }

    private static (HttpStatusCode, (int, int, int)) Told((HttpStatusCode Status, System.Text.Json.JsonElement Answer, object) told) => (told.Status, told.Answer.Counts());

    private static async Task<IReadOnlyList<Activity>> StoredAsync(TestStorage storage) =>
        (await storage.Get<RecordStore>().ActivitiesAsync(Client.Unknown, Period.Month(2024, 9), Token)).Activities;
}
