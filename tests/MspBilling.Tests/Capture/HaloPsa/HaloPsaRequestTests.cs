using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>Tokens, single records, ids, and the words for whatever the vendor refuses.</summary>
public sealed class HaloPsaRequestTests
{
    private const string Path = "Sources:HaloPsa:";

    [Fact]
    public async Task Token_IsRenewedBeforeItEnds()
    {
        await using var halo = await ConnectedHalo.StartAsync(("Tenant", "acme msp"));
        halo.Vendor.Tenant = "acme msp";

        var tokens = new List<int>();
        foreach (var seconds in new[] { 0, 3539, 1, 3600 })
        {
            halo.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await ConnectedHalo.PullAsync(halo.Source, halo["agents"]);
            tokens.Add(halo.Vendor.Tokens);
        }

        // 3600 s, less the minute before which it is renewed.
        Assert.Equal([1, 1, 2, 3], tokens);
        Assert.Empty(halo.Vendor.Unexpected);
    }

    [Fact]
    public async Task Token_ThatEndsEarly_IsRenewedByOneRequestOnly()
    {
        await using var halo = await ConnectedHalo.StartAsync(("Http:Concurrent", "8"));
        await ConnectedHalo.PullAsync(halo.Source, halo["agents"]);
        halo.Vendor.EndToken();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConnectedHalo.PullAsync(halo.Source, halo["assets"])));

        Assert.Equal(2, halo.Vendor.Tokens);
    }

    [Fact]
    public async Task Token_ThatIsRefusedTwice_IsAMatterOfPermissions()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        halo.Vendor.TokenLasts = 0;

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["agents"]));

        Assert.Equal((SourceFailure.Unauthorized, 4), (error.Failure, halo.Vendor.Requests));
        Assert.Equal($"HaloPSA answered 401 for GET Agent?includeenabled=true&includedisabled=true. Check {Path}ClientId and ClientSecret, that the API application is active, and that its permissions and {Path}Scope allow it.", error.Message);
    }

    [Theory]
    [InlineData(400, """{"errors":["page_size is wrong","order is wrong"]}""", SourceFailure.Refused, ": page_size is wrong; order is wrong", "It will not be answered however often it is sent.")]
    [InlineData(400, """{"details":"No such\n parameter."}""", SourceFailure.Refused, ": No such parameter", "It will not be answered however often it is sent.")]
    [InlineData(400, "Invalid request", SourceFailure.Refused, ": Invalid request", "It will not be answered however often it is sent.")]
    [InlineData(422, "\"Quoted text\"", SourceFailure.Refused, ": Quoted text", "It will not be answered however often it is sent.")]
    [InlineData(403, "", SourceFailure.Unauthorized, "", $"Give the API application the permission for it, and the agent that it signs in as; check {Path}Scope.")]
    [InlineData(404, "", SourceFailure.Refused, "", $"Check {Path}ResourceUrl, which ends with /api.")]
    [InlineData(302, "", SourceFailure.Refused, "", $"It redirects: check {Path}ResourceUrl and AuthUrl.")]
    [InlineData(429, "", SourceFailure.Throttled, "", $"The next pull goes on; {Path}Http:PerMinute can be set lower.")]
    [InlineData(500, """{"ClassName":"System.Exception","Message":"Object reference"}""", SourceFailure.Unavailable, ": System.Exception; Object reference", "The next pull tries again; HaloPSA also says so of requests that it does not understand.")]
    [InlineData(503, "<html><body>Bad gateway</body></html>", SourceFailure.Unavailable, "", "The next pull tries again.")]
    [InlineData(408, "", SourceFailure.Unavailable, "", "The next pull tries again.")]
    public async Task Refusal_SaysWhatWasAskedWhatCameBackAndWhatToDo(int status, string body, SourceFailure failure, string said, string advice)
    {
        await using var halo = await ConnectedHalo.StartAsync();
        halo.Vendor.Instead["/api/Lookup"] = new SimulatedAnswer(status, body);

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["charge-rates"]));

        Assert.Equal((failure, "halopsa"), (error.Failure, error.SourceName));
        Assert.Equal($"HaloPSA answered {status} for GET Lookup?lookupid=17{said}. {advice}", error.Message);

        // The token's, and those of the list: 500 three times, what else may pass four times, the rest once.
        Assert.Equal(status switch { 500 => 4, 408 or 429 or 503 => 5, _ => 2 }, halo.Vendor.Requests);
    }

    [Theory]
    [InlineData("""{"record_count":1,"error":"none"}""", "HaloPSA answered GET Lookup?lookupid=17 with something that is no list of records.")]
    [InlineData("[1,2]", "HaloPSA answered GET Lookup?lookupid=17 with something that is no list of records.")]
    [InlineData("""[{"id":1,"name":"Remo""", $"HaloPSA answered GET Lookup?lookupid=17 with something that is no JSON or is cut off. Check {Path}ResourceUrl where it never answers otherwise; else the next pull tries again.")]
    [InlineData("<html>Sign in</html>", $"HaloPSA answered GET Lookup?lookupid=17 with something that is no JSON or is cut off. Check {Path}ResourceUrl where it never answers otherwise; else the next pull tries again.")]
    public async Task Answer_ThatIsNotWhatWasPromised_IsMalformed(string body, string words)
    {
        await using var halo = await ConnectedHalo.StartAsync();
        halo.Vendor.Instead["/api/Lookup"] = new SimulatedAnswer(200, body);

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["charge-rates"]));

        Assert.Equal((SourceFailure.Malformed, words), (error.Failure, error.Message));
    }

    [Fact]
    public async Task Secret_IsInNoExceptionEvenWhereTheVendorRepeatsIt()
    {
        await using var halo = await ConnectedHalo.StartAsync(("ClientId", "another-client"));

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["agents"]));

        Assert.Equal(SourceFailure.Unauthorized, error.Failure);
        Assert.Equal(
            $"HaloPSA gave no token, it answered 400: invalid_client; The client another-client with *** is not known. Check {Path}ClientId, ClientSecret and Scope, and Tenant where the authorisation server is shared; the API application's method must be Client ID and Secret (Services).",
            error.Message);
        Assert.DoesNotContain(HaloSimulator.Secret, error.ToString(), StringComparison.OrdinalIgnoreCase);
        halo.Vendor.Instead["/auth/token"] = new SimulatedAnswer(200, "{}");
        Assert.Equal(
            $"HaloPSA answered POST token without a token. Check {Path}AuthUrl.",
            (await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["agents"]))).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_ThatNeverComesWhole_IsTriedAgainAndThenToldAsUnavailable(bool isSilent)
    {
        await using var halo = await ConnectedHalo.StartAsync(("Http:Timeout", "00:00:00.2"), ("Http:Tries", "2"));
        halo.Vendor.Faults = _ => isSilent ? Fault.Silence : Fault.CutOff;

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["agents"]));

        Assert.Equal((SourceFailure.Unavailable, 2), (error.Failure, halo.Vendor.Requests));
        Assert.Equal("HaloPSA at 127.0.0.1 did not answer POST /auth/token in full, tried 2 times. The next pull tries again.", error.Message);
    }

    [Fact]
    public async Task Silence_OfOneRequest_IsTriedAgain()
    {
        await using var halo = await ConnectedHalo.StartAsync(("Http:Timeout", "00:00:00.5"));
        halo.Vendor.Faults = request => request % 4 == 0 ? Fault.Silence : Fault.None;

        Assert.Equal(8, (await ConnectedHalo.PullAsync(halo.Source, halo["tickets"])).Count);
    }

    [Theory]
    [InlineData("clients", "25", "Company/25")]
    [InlineData("agents", "17", "Technician/17")]
    [InlineData("charge-rates", "188", "AgreementRoleRate/188")]
    [InlineData("contracts", "88", "Agreement/88")]
    [InlineData("recurring-invoices", "501/7001", "Addition/501/7001 Addition/501/7002")]
    [InlineData("tickets", "41551", "Ticket/41551")]
    [InlineData("projects", "60010/12", "Project/60010 Milestone/60010/12 Milestone/60010/60010")]
    [InlineData("projects", "60010", "Project/60010 Milestone/60010/12 Milestone/60010/60010")]
    [InlineData("assets", "3301", "Device/3301")]
    [InlineData("timesheet-events", "41551/3", "Time/41551/3")]
    [InlineData("actions", "41551/3", "Time/41551/3")]
    [InlineData("actions", "41551", "Time/41551/3 Time/41551/11 Time/41551/19")]
    public async Task Fetch_OfAnId_IsThePageThatAPullWouldHave(string feed, string id, string records)
    {
        await using var halo = await ConnectedHalo.StartAsync(("TimeSource", feed == "actions" ? "Actions" : "TimesheetEvent"));
        var pulled = await ConnectedHalo.PullAsync(halo.Source, halo[feed]);

        var page = await halo.Source.FetchAsync(halo[feed], id, TestContext.Current.CancellationToken);

        var fetched = ConnectedHalo.Read(halo[feed], page!);
        Assert.Equal(records, string.Join(' ', fetched.Select(record => $"{record.Id.Kind}/{record.Id.ExternalId}")));
        Assert.All(fetched, record => Assert.Equal(RecordJson.ContentHash(pulled.Last(known => known.Id == record.Id)), RecordJson.ContentHash(record)));
        Assert.Empty(halo.Vendor.Unexpected);
    }

    [Theory]
    [InlineData("clients", "99")]
    [InlineData("recurring-invoices", "501/9")]
    [InlineData("recurring-invoices", "599/7001")]
    [InlineData("projects", "60010/99")]
    [InlineData("assets", "99")]
    [InlineData("timesheet-events", "41551/99")]
    [InlineData("timesheet-events", "49999/3")]
    [InlineData("timesheet-events", "41551/3/travel")]
    [InlineData("actions", "41551/99")]
    [InlineData("actions", "49999/3")]
    [InlineData("actions", "41551/3/travel")]
    public async Task Fetch_OfWhatIsGone_IsNothing(string feed, string id)
    {
        await using var halo = await ConnectedHalo.StartAsync(("TimeSource", feed == "actions" ? "Actions" : "TimesheetEvent"));

        Assert.Null(await halo.Source.FetchAsync(halo[feed], id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ids_WhereARecordCannotBeRead_AreRefusedRatherThanToldShort()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        halo.Tenant.Find("Asset", 3305)!["client_id"] = "Contoso";

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.IdsAsync(halo.Source, halo["assets"]));

        Assert.Equal(SourceFailure.Malformed, error.Failure);
        Assert.StartsWith("A record of HaloPSA cannot be read, so that which of its assets are gone is not looked for: halopsa-assets@2.json, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimesheetEvents_TwoOfOneAction_AreToldBeforeOneIsLost()
    {
        await using var halo = await ConnectedHalo.StartAsync();
        halo.Tenant.Put("TimesheetEvent", """{"id":9009,"start_date":"2026-08-18T12:00:00","end_date":"2026-08-18T12:30:00","timetaken":0.5,"agent_id":17,"ticket_id":41551,"action_number":3}""");

        var error = await Assert.ThrowsAsync<SourceException>(() => ConnectedHalo.PullAsync(halo.Source, halo["timesheet-events"]));

        Assert.Equal($"HaloPSA answered GET TimesheetEvent with two events, 9009 and 41551003, of action 3 of ticket 41551. Set {Path}TimeSource to Actions, which has each action once.", error.Message);
    }
}
