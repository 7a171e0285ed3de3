using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.ConnectWise;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>What is sent, where to, and what is said of each refusal.</summary>
public sealed class ConnectWiseRequestTests : IAsyncLifetime
{
    private readonly ConnectWiseSimulator _vendor = new();

    public async ValueTask InitializeAsync()
    {
        await _vendor.StartAsync();
        _vendor.Put("company/companies", """{"id":250,"identifier":"CONTOSO","name":"Contoso Ltd"}""");
    }

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Fact]
    public async Task Pull_Codebase_IsLookedUpOnce()
    {
        using var connected = new ConnectedSource(_vendor);

        await connected.PagesAsync("companies");
        await connected.PagesAsync("work-roles");

        Assert.Equal(
            [
                "GET /login/companyinfo/acmemsp",
                "GET /v2026_1/apis/3.0/company/companies?pageSize=1000&orderBy=lastUpdated%20asc%2C%20id%20asc",
                "GET /v2026_1/apis/3.0/time/workroles?pageSize=1000",
            ],
            _vendor.Addresses);
        Assert.Empty(_vendor.Unexpected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pull_AfterAnUpgrade_AsksAtTheNewCodebase(bool redirects)
    {
        _vendor.Redirects = redirects;
        using var connected = new ConnectedSource(_vendor);
        await connected.PagesAsync("companies");
        _vendor.Codebase = "v2026_2/";

        Assert.Single(await connected.RecordsAsync("companies"));
        Assert.Equal(["GET /v2026_1/apis", "GET /login/compan", "GET /v2026_2/apis"], _vendor.Addresses.TakeLast(3).Select(address => address[..17]));
    }

    [Fact]
    public async Task Pull_CodebaseOfTheSettings_IsNeverLookedUp()
    {
        using var connected = new ConnectedSource(_vendor, "Codebase=v4_6_release");

        await Refused(connected, SourceFailure.Refused, "ConnectWise PSA answered 404 for company/companies: NotFound, The resource was not found. Check Sources:ConnectWise:Site, and Codebase where it is set.");
        Assert.DoesNotContain(_vendor.Addresses, address => address.Contains("login", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pull_UnknownCompany_SaysWhatToCheck()
    {
        using var connected = new ConnectedSource(_vendor, "CompanyId=nobody");

        await Refused(connected, SourceFailure.Unauthorized, "127.0.0.1 knows no company nobody. Check Sources:ConnectWise:Site and Sources:ConnectWise:CompanyId.");
    }

    [Fact]
    public async Task Pull_WrongKeys_SaysWhatToCheck()
    {
        using var connected = new ConnectedSource(_vendor, "PrivateKey=wrongKEY");

        await Refused(
            connected,
            SourceFailure.Unauthorized,
            "ConnectWise PSA answered 401 for company/companies: Unauthorized, Invalid member credentials. Check Sources:ConnectWise:CompanyId, PublicKey, PrivateKey and ClientId, and that the API member is active.");
    }

    [Theory]
    [InlineData("companies", "company/companies", "Companies > Company Maintenance (Inquire: All)")]
    [InlineData("time-entries", "time/entries", "Time & Expense > Time Entry (Inquire: All)")]
    [InlineData("expenses", "expense/entries", "Time & Expense > Expense Entry (Inquire: All)")]
    [InlineData("additions", "finance/agreements", "Finance > Agreements (Inquire: All)")]
    public async Task Pull_Forbidden_NamesThePermission(string feed, string path, string permission)
    {
        _vendor.Instead = _ => new SimulatedAnswer(403, """{"code":"Forbidden","message":"You do not have access.","errors":null}""");
        using var connected = new ConnectedSource(_vendor);

        await Refused(connected, SourceFailure.Unauthorized, $"ConnectWise PSA answered 403 for {path}: Forbidden, You do not have access. Give the API member's security role {permission}.", feed);
    }

    [Theory]
    [InlineData(400, """{"code":"InvalidObject","message":"company object is invalid","errors":[{"code":"ObjectExists","message":"exists","resource":"company","field":"identifier"}]}""", SourceFailure.Refused, ": InvalidObject, company object is invalid; company.identifier, ObjectExists, exists. It will not be answered however often it is sent.")]
    [InlineData(400, """{"code":"Security","message":"SSL is required.","errors":null}""", SourceFailure.Unauthorized, ": Security, SSL is required. Check Sources:ConnectWise:Site.")]
    [InlineData(400, """{"code":"X","message":"privKEY5678 of pubKEY1234 for 6C5E3CB4-0f2e-4f6f-9d8a-6a0c3a3d7f11"}""", SourceFailure.Refused, ": X, *** of *** for ***. It will not be answered however often it is sent.")]
    [InlineData(429, """{"error":"ConnectWiseAPI","message":"Too many requests. Please try again in 30 seconds."}""", SourceFailure.Throttled, ": ConnectWiseAPI, Too many requests. Please try again in 30 seconds. The next pull goes on; Sources:ConnectWise:Http:PerMinute can be set lower.")]
    [InlineData(503, "<html>Bad</html>", SourceFailure.Unavailable, ". The next pull tries again.")]
    [InlineData(500, "[1]", SourceFailure.Unavailable, ". The next pull tries again.")]
    [InlineData(405, "", SourceFailure.Refused, ". It will not be answered however often it is sent.")]
    public async Task Pull_Refused_SaysTheVendorsWordsAndWhatToDo(int status, string body, SourceFailure failure, string words)
    {
        _vendor.Instead = _ => new SimulatedAnswer(status, body);
        using var connected = new ConnectedSource(_vendor, "Http:Tries=2");

        await Refused(connected, failure, $"ConnectWise PSA answered {status} for company/companies{words}");
    }

    [Theory]
    [InlineData("""{"id":1}""", "something that is no list of records.")]
    [InlineData("""[{"id":1},""", "something that is no list of records.")]
    [InlineData("""[{"identifier":"A"}]""", "something that is no list of records.")]
    [InlineData("[1]", "something that is no list of records.")]
    [InlineData("""[{"id":1},{"id":2},{"id":3}]""", "more records than were asked for.")]
    public async Task Pull_AnswerThatIsNoList_IsMalformed(string body, string words)
    {
        _vendor.Instead = _ => new SimulatedAnswer(200, body);
        using var connected = new ConnectedSource(_vendor, "PageSize=2");

        await Refused(connected, SourceFailure.Malformed, "ConnectWise PSA answered time/workroles with " + words, "work-roles");
    }

    [Fact]
    public async Task Pull_PageThatComesAgain_IsRefused()
    {
        _vendor.Instead = _ => new SimulatedAnswer(200, """[{"id":1},{"id":2}]""");
        using var connected = new ConnectedSource(_vendor, "PageSize=2");

        await Refused(connected, SourceFailure.Malformed, "ConnectWise PSA answered time/workroles with records that it had sent before.", "work-roles");
    }

    [Theory]
    [InlineData("""[{"id":1}]""", "ConnectWise PSA answered company/companies without _info.lastUpdated, by which its changes are told.")]
    [InlineData("""[{"id":1,"_info":{"lastUpdated":"2026-08-02T09:00:05Z"}},{"id":2,"_info":{"lastUpdated":"2026-08-02T09:00:04Z"}}]""", "ConnectWise PSA answered company/companies with records out of the order or before the time that were asked for. Try Sources:ConnectWise:IncrementalField _info/lastUpdated.")]
    public async Task Pull_AnswerOutOfOrder_IsMalformed(string body, string words)
    {
        _vendor.Instead = _ => new SimulatedAnswer(200, body);
        using var connected = new ConnectedSource(_vendor, "PageSize=2");

        await Refused(connected, SourceFailure.Malformed, words);
    }

    [Fact]
    public async Task Pull_VendorThatIsNotThere_IsUnavailable()
    {
        var gone = new ConnectWiseSimulator();
        await gone.StartAsync();
        using var connected = new ConnectedSource(gone, "Http:Tries=2", "Codebase=v2026_1");
        await gone.DisposeAsync();

        var refusal = await Refused(connected, SourceFailure.Unavailable, "ConnectWise PSA at 127.0.0.1 did not answer GET /v2026_1/apis/3.0/company/companies in full, tried 2 times. The next pull tries again.");
        Assert.DoesNotContain(ConnectWiseSimulator.PrivateKey, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_SiteThatSendsElsewhere_IsNotFollowed()
    {
        _vendor.Instead = _ => new SimulatedAnswer(302, "") { Headers = new Dictionary<string, string> { ["Location"] = "https://elsewhere.example/" } };
        using var connected = new ConnectedSource(_vendor);

        await Refused(connected, SourceFailure.Refused, "ConnectWise PSA answered 302 for company/companies. It redirects to elsewhere.example: check Sources:ConnectWise:Site, and Codebase where it is set.");
    }

    [Fact]
    public async Task Pull_AnyFault_TellsNoSecret()
    {
        foreach (var fault in new[] { Fault.TooMany, Fault.ServerError, Fault.CutOff })
        {
            _vendor.Faults = _ => fault;
            using var connected = new ConnectedSource(_vendor, "Http:Tries=2");

            var refusal = (await Assert.ThrowsAsync<SourceException>(() => connected.PagesAsync("companies"))).ToString();

            Assert.All(
                [ConnectWiseSimulator.PrivateKey, ConnectWiseSimulator.PublicKey, ConnectWiseSimulator.ClientId],
                secret => Assert.DoesNotContain(secret, refusal + string.Join('\n', _vendor.Addresses), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Text_WithQuotes_IsEscaped()
    {
        Assert.Equal("\"say \\\"hi\\\" \\\\\"", Conditions.Text("say \"hi\" \\"));
        Assert.Equal("[2026-08-03T07:05:09Z]", Conditions.Time(new DateTimeOffset(2026, 8, 3, 9, 5, 9, 999, TimeSpan.FromHours(2))));
    }

    private static async Task<SourceException> Refused(ConnectedSource connected, SourceFailure failure, string message, string feed = "companies")
    {
        var refusal = await Assert.ThrowsAsync<SourceException>(() => connected.PagesAsync(feed));

        Assert.Equal((failure, message, "connectwise"), (refusal.Failure, refusal.Message, refusal.SourceName));
        return refusal;
    }
}
