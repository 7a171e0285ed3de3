using MspBilling.Adapters.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>What is said when Autotask refuses or fails, and that nothing secret is.</summary>
public sealed class AutotaskErrorTests
{
    [Theory]
    [InlineData(400, """{"errors":["Page size must be between 1 and 500."]}""", SourceFailure.Refused, "Autotask answered a query of Roles with 400: Page size must be between 1 and 500. Check that the API user's security level may see Roles.")]
    [InlineData(403, """{"errors":["No access."]}""", SourceFailure.Unauthorized, "Autotask answered a query of Roles with 403: No access. Check that the API user's security level may see Roles.")]
    [InlineData(404, "", SourceFailure.Refused, "Autotask answered a query of Roles with 404. Check that the API user's security level may see Roles.")]
    [InlineData(405, """{"Message":"not allowed"}""", SourceFailure.Refused, "Autotask answered a query of Roles with 405. Check that the API user's security level may see Roles.")]
    [InlineData(429, """{"errors":["Too many threads."]}""", SourceFailure.Throttled, "Autotask answered a query of Roles with 429: Too many threads. The next pull goes on. If it happens often, lower Sources:Autotask:Http:Concurrent, or ask what else uses the same tracking identifier.")]
    [InlineData(500, """{"errors":["Unable to find x.","And y."]}""", SourceFailure.Refused, "Autotask answered a query of Roles with 500: Unable to find x; And y. Check that the API user's security level may see Roles.")]
    [InlineData(500, "<html>", SourceFailure.Unavailable, "Autotask answered a query of Roles with 500. The next pull tries again.")]
    [InlineData(503, "", SourceFailure.Unavailable, "Autotask answered a query of Roles with 503. The next pull tries again.")]
    [InlineData(302, "", SourceFailure.Refused, "Autotask answered a query of Roles with 302. Check that the API user's security level may see Roles.")]
    [InlineData(200, "{\"items\":[", SourceFailure.Malformed, "Autotask answered a query of Roles with something that is no JSON. The next pull tries again.")]
    [InlineData(200, "{\"items\":[]}", SourceFailure.Malformed, "Autotask's answer to a query of Roles is not a page of records.")]
    [InlineData(200, "[]", SourceFailure.Malformed, "Autotask's answer to a query of Roles is not a page of records.")]
    [InlineData(200, """{"items":[{"name":"x"}],"pageDetails":{}}""", SourceFailure.Malformed, "Autotask's answer to a query of Roles has a record without an id.")]
    [InlineData(200, """{"items":[],"pageDetails":{"nextPageUrl":"next"}}""", SourceFailure.Malformed, "Autotask's answer to a query of Roles has a next page that is no address.")]
    public async Task Pull_Refused_SaysWhatAndWhatToDo(int status, string body, SourceFailure failure, string words)
    {
        await using var simulator = new AutotaskSimulator { Instead = path => path == "Roles/query" ? new SimulatedAnswer(status, body) : null };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));

        Assert.Equal(("autotask", failure, words), (error.SourceName, error.Failure, error.Message));
    }

    [Theory]
    [InlineData(500, 3)]
    [InlineData(502, 6)]
    [InlineData(400, 1)]
    public async Task Pull_Fails_IsTriedAsOftenAsIsAllowed(int status, int tries)
    {
        await using var simulator = new AutotaskSimulator { Instead = path => path == "Roles/query" ? new SimulatedAnswer(status, "") : null };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));

        Assert.Equal(tries, simulator.Asked.Count(asked => asked == "Roles/query"));
    }

    [Fact]
    public async Task Pull_NoAnswer_SaysSo()
    {
        await using var simulator = new AutotaskSimulator { Faults = _ => Fault.Silence };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => (options.Http.Timeout, options.Http.Tries) = (TimeSpan.FromMilliseconds(300), 2));

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));

        Assert.Equal((SourceFailure.Unavailable, "Autotask did not answer the zone's lookup. The next pull tries again; if it goes on, check the connection and status.autotask.net."), (error.Failure, error.Message));
    }

    [Fact]
    public async Task Pull_WrongSecret_StopsAtOnceForAnHourAndNamesNoSecret()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.Secret = "wr0ng-s3cret");

        var first = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));
        var second = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("tickets"));

        // The zone is looked up once more, and as it is the same, the secret is not sent there again.
        Assert.Equal(1, simulator.SignIns);
        Assert.Equal(2, simulator.Asked.Count(asked => asked == "zone"));
        Assert.Equal(
            "Autotask answered the number of requests with 401: The logged in Resource *** with *** is not authorized. Check Sources:Autotask:UserName, Secret and IntegrationCode, and that the API user is active and not locked. Nothing more is asked for an hour, as further wrong sign-ins would lock it.",
            first.Message);
        Assert.Equal((SourceFailure.Unauthorized, first.Message), (second.Failure, second.Message));
        Assert.DoesNotContain("wr0ng", first.ToString() + second, StringComparison.OrdinalIgnoreCase);

        simulator.Data.Wait(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));
        Assert.Equal((2, 2), (simulator.SignIns, simulator.Asked.Count(asked => asked == "zone")));
    }

    [Fact]
    public async Task Pull_ZoneMoved_IsFoundOnce()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        simulator.LookedUp = simulator.Address + "old/atservicesrest/";
        await using var pulls = new AutotaskPulls(simulator);
        simulator.Before = _ => simulator.LookedUp = simulator.SignIns > 0 ? null : simulator.LookedUp;

        Assert.Equal(2, (await pulls.RecordsAsync("roles")).Count);
        Assert.Equal(2, simulator.Asked.Count(asked => asked == "zone"));
    }

    [Fact]
    public async Task Pull_ZoneGiven_IsNotLookedUp()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.ZoneUrl = simulator.ZoneUrl);

        Assert.Equal(2, (await pulls.RecordsAsync("roles")).Count);
        Assert.DoesNotContain("zone", simulator.Asked);
    }

    [Theory]
    [InlineData("http://webservices3.autotask.net/atservicesrest/")]
    [InlineData("https://autotask.net.evil.example/atservicesrest/")]
    [InlineData("https://evilautotask.net/atservicesrest/")]
    [InlineData("https://user:pw@ww3.autotask.net/")]
    [InlineData("nowhere")]
    public async Task Pull_ZoneOfAnotherHost_GetsNoSecret(string zone)
    {
        await using var simulator = new AutotaskSimulator { LookedUp = zone };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));

        Assert.Equal("Autotask's answer to the zone's lookup names no address of Autotask's. Write the zone's address in Sources:Autotask:ZoneUrl; it is shown in Autotask under Admin > Resources, at the API user.", error.Message);
    }

    [Fact]
    public async Task Pull_UserOfNoZone_SaysWhatToCheck()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.UserName = "nobody@acmemsp.example");

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));

        Assert.Equal("Autotask answered the zone's lookup with 500: Zone information could not be determined. Check that Sources:Autotask:UserName is the user name of an API user.", error.Message);
    }

    [Fact]
    public async Task Pull_NextPageOnAnotherHost_IsNotAskedFor()
    {
        await using var simulator = new AutotaskSimulator { IsDescending = true, NextPageHost = "http://127.0.0.1:9" };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("tickets"));

        Assert.Equal((SourceFailure.Malformed, "Autotask's answer to a query of Tickets has its next page on another host, 127.0.0.1, to which nothing is sent."), (error.Failure, error.Message));
    }

    [Fact]
    public async Task Pull_PagingTokenExpired_IsGivenUpWithTheVendorsWords()
    {
        await using var simulator = new AutotaskSimulator { IsDescending = true, TokensExpire = true };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("tickets"));

        Assert.StartsWith("Autotask answered a query of Tickets with 500: The paging token has expired.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_PagingTokensExpire_DoNotMatterInTheOrderOfIds()
    {
        await using var simulator = new AutotaskSimulator { TokensExpire = true };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        Assert.Equal(8, (await pulls.RecordsAsync("tickets")).Count);
    }

    [Fact]
    public async Task Pull_AboveTheShareOfRequests_IsPutOff()
    {
        await using var simulator = new AutotaskSimulator { RequestsThisHour = 7500 };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.PagesAsync("roles"));

        Assert.Equal(
            (SourceFailure.Throttled, "All integrations together sent Autotask 7500 of the 10000 requests that it takes in an hour. What was put off goes on by itself; Sources:Autotask:HourlyShare says from which share of them."),
            (error.Failure, error.Message));
        simulator.RequestsThisHour = 7499;
        Assert.Equal(2, (await pulls.RecordsAsync("roles")).Count);
        await pulls.RecordsAsync("roles");
        Assert.Equal(2, simulator.Asked.Count(asked => asked == "ThresholdInformation"));
    }
}
