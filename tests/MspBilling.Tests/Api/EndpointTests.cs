using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cronos;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.App;
using MspBilling.App.Api;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Api;

public sealed class EndpointTests(ApiFixture api, AzuriteFixture azurite) : IClassFixture<ApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What stores, or asks for what was stored, has tests of its own: this month is shared with those that only read it.
    // What the sample has one of; it has no agreement in our own form, no source, no draft and no credit note.
    private static readonly string[] Elsewhere =
        ["{id}", "{source}", "holds/", "reconciliation/accept", "/approve", "/cancel", "/drafts/", "/credit", "/write-off", "/waive-late-fees", "payments", "/account/", "credit-notes/{number}"];

    public static TheoryData<string, string> Routes =>
        [.. Endpoints.All.Where(e => !Elsewhere.Any(part => e.Route.Contains(part, StringComparison.Ordinal))).Select(e => (e.Method, e.Route))];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Endpoint_AskedAsItShould_Answers(string method, string route)
    {
        var address = "api/" + route.Replace("{period}", "2024-09", StringComparison.Ordinal).Replace("{number}", await api.NumberAsync(), StringComparison.Ordinal).Replace("{client}", "cw-250", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address + route switch { "imports" => "?name=msp-settings.json", "activities" => "?client=cw-250", _ => "" }, UriKind.Relative));
        if (route == "imports")
            request.Content = Bytes(SampleRun.File("msp-settings.json").Content);
        else if (route == "mappings" && method == "PUT")
            request.Content = Json("""{"by":"Nora Kelly","mappings":[{"what":"client","source":"none","from":"nobody"}]}""");
        else if (route == "usage")
            request.Content = new StringContent("[]", Encoding.UTF8, "application/cloudevents-batch+json");
        else if (method == "POST")
            request.Content = Json("{\"period\":\"2024-09\"}");

        using var answer = await api.Http.SendAsync(request, Token);

        Assert.Equal(route == "runs" ? HttpStatusCode.Accepted : HttpStatusCode.OK, answer.StatusCode);
        var expected = route.EndsWith(".csv", StringComparison.Ordinal) ? "text/csv" : route.EndsWith("pdf", StringComparison.Ordinal) ? "application/pdf" : route.EndsWith("/xml", StringComparison.Ordinal) ? "application/xml" : "application/json";
        Assert.Equal(expected, answer.Content.Headers.ContentType?.MediaType);
        Assert.True((await answer.Content.ReadAsByteArrayAsync(Token)).Length > 10);
    }

    [Theory]
    [InlineData("GET", "api/invoices?period=September", null, null, 400, "'September' is not a period")]
    [InlineData("GET", "api/runs/2024-13", null, null, 400, "'2024-13' is not a period")]
    [InlineData("GET", "api/runs/1999-01", null, null, 404, "1999-01 has not been closed")]
    [InlineData("GET", "api/holds?period=2024", null, null, 400, "'2024' is not a period")]
    [InlineData("GET", "api/sync?period=2024-9", null, null, 400, "'2024-9' is not a period")]
    [InlineData("GET", "api/reports/revenue?period=x", null, null, 400, "'x' is not a period")]
    [InlineData("GET", "api/reports/leakage.csv?period=x", null, null, 400, "'x' is not a period")]
    [InlineData("GET", "api/reports/receivables?asOf=today", null, null, 400, "'today' is not a date")]
    [InlineData("GET", "api/reports/receivables.csv?asOf=2024-02-30", null, null, 400, "'2024-02-30' is not a date")]
    [InlineData("GET", "api/invoices/NONE-1", null, null, 404, "No invoice has the number NONE-1")]
    [InlineData("GET", "api/invoices/HL-002041/xml?syntax=edifact", null, null, 400, "'edifact' is no form of electronic invoices; write ubl or cii.")]
    [InlineData("GET", "api/invoices/%3Cscript%3E/pdf", null, null, 404, "No invoice has the number <script>")]
    [InlineData("GET", "api/invoices/..%2F..%2Fetc/detail.csv", null, null, 404, "No invoice has the number")]
    [InlineData("GET", "api/activities", null, null, 400, "Say whose activities")]
    [InlineData("GET", "api/activities?client=cw-999999", null, null, 404, "Nothing was closed for cw-999999 in 2024-09")]
    [InlineData("GET", "api/agreements/none", null, null, 404, "No agreement has the id none")]
    [InlineData("PUT", "api/agreements/a", "text/plain", "{}", 415, "application/json")]
    [InlineData("PUT", "api/agreements/a", "application/json", "{", 422, "valid JSON")]
    [InlineData("PUT", "api/agreements/a", "application/json", "{}", 422, "id: expected a text")]
    [InlineData("GET", "api/nothing", null, null, 404, null)]
    [InlineData("DELETE", "api/invoices", null, null, 405, null)]
    [InlineData("POST", "api/runs", "text/plain", "{\"period\":\"2024-09\"}", 415, "application/json")]
    [InlineData("POST", "api/runs", "application/x-www-form-urlencoded", "period=2024-09", 415, "application/json")]
    [InlineData("POST", "api/preview", null, null, 415, "application/json")]
    [InlineData("POST", "api/runs", "application/json", "{\"period\":", 400, "not the JSON that was expected")]
    [InlineData("POST", "api/runs", "application/json", "{\"period\":5}", 400, "$.period")]
    [InlineData("POST", "api/runs", "application/json", "[]", 400, "not the JSON that was expected")]
    [InlineData("POST", "api/runs", "application/json", "null", 400, "The body is empty")]
    [InlineData("POST", "api/runs", "application/json", "{}", 400, "is not a period")]
    [InlineData("POST", "api/preview", "application/json", "{\"period\":\"soon\"}", 400, "'soon' is not a period")]
    [InlineData("POST", "api/runs", "application/json; charset=nonsense", "{}", 400, "charset")]
    [InlineData("POST", "api/imports?name=x.json", "application/json", "[]", 415, "application/octet-stream")]
    [InlineData("POST", "api/imports", "application/octet-stream", "[]", 400, "Name the file")]
    public async Task Endpoint_AskedWrongly_SaysWhatIsWrongAsAProblem(string method, string address, string? type, string? body, int status, string? detail)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await api.Http.SendAsync(request, Token);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        if (detail is not null)
            Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(problem.TryGetProperty("exception", out _));
    }

    [Fact]
    public async Task Import_FileWithProblems_IsRefusedWithEachOfThem()
    {
        var broken = SampleRun.Edited("time-entries.json", records => { records[0]!["actualHours"] = "many"; records[1]!["timeStart"] = "noon"; });

        using var answer = await api.Http.PostAsync(new Uri("api/imports?name=time-entries.json", UriKind.Relative), Bytes(broken.Content), Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal("refused", report.GetProperty("state").GetString());
        Assert.Equal(["actualHours", "timeStart"], report.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Activities_OfAClient_EachSayWhatBecameOfThemAndWhy()
    {
        var activities = (await api.JsonAsync("api/activities?client=cw-250")).GetProperty("activities").EnumerateArray().ToList();

        Assert.Contains(activities, activity => activity.GetProperty("disposition").GetString() == "billed");
        Assert.Contains(activities, activity => activity.GetProperty("disposition").GetString() == "covered");
        Assert.All(activities, activity => Assert.True(
            activity.GetProperty("disposition").GetString() == "billed" ? activity.GetProperty("detail").GetString()!.Length > 0 : activity.GetProperty("because").GetString()!.Length > 0,
            activity.ToString()));
    }

    [Fact]
    public async Task Invoice_OfANumber_ExplainsItsLinesInWordsAndAsData()
    {
        var lines = (await api.JsonAsync($"api/invoices/{await api.NumberAsync()}")).GetProperty("lines").EnumerateArray().ToList();

        Assert.All(lines, line =>
        {
            Assert.True(line.GetProperty("explanation").GetString()!.Length > 0 && line.GetProperty("version").GetInt32() == 1, line.ToString());
            Assert.Contains(line.GetProperty("figures").EnumerateArray(), figure => figure.GetProperty("name").GetString() == (line.GetProperty("kind").GetString() == "covered" ? "drawn" : "amount"));
        });
    }

    // A page of another site that lets its own name lead to this machine.
    [Theory]
    [InlineData("billing.attacker.example", 400)]
    [InlineData("127.0.0.1.attacker.example", 400)]
    [InlineData("localhost", 200)]
    public async Task Host_OfAnotherSite_IsRefused(string host, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/health", UriKind.Relative));
        request.Headers.Host = host;

        using var answer = await api.Http.SendAsync(request, Token);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Page_Dashboard_CarriesSecurityHeaders()
    {
        using var answer = await api.Http.GetAsync(new Uri("/", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public void Jobs_AllOfThem_AreThereAndHaveSchedulesThatComeAgain()
    {
        var jobs = api.Host.Services.GetServices<IScheduledJob>().ToList();

        Assert.Contains(jobs, job => job.Name == "outbox");
        Assert.Equal(jobs.Count, jobs.Select(job => job.Name).Distinct().Count());
        Assert.All(jobs, job => Assert.NotNull(CronExpression.Parse(job.Schedule).GetNextOccurrence(new DateTime(2024, 9, 30, 23, 59, 0, DateTimeKind.Utc))));
    }

    [Fact]
    public async Task Jobs_Outbox_SendsNothingThatIsConfirmed()
    {
        await api.Host.Services.GetServices<IScheduledJob>().Single(job => job.Name == "outbox").RunAsync(Token);

        Assert.All((await api.JsonAsync("api/sync")).GetProperty("sync").EnumerateArray(), entry => Assert.Equal("confirmed", entry.GetProperty("state").GetString()));
    }

    // Before anything was imported or closed: every list is empty, and what has no answer says what to do.
    [Theory]
    [InlineData("api/health", 200)]
    [InlineData("api/periods", 200)]
    [InlineData("api/invoices", 200)]
    [InlineData("api/holds", 200)]
    [InlineData("api/sync", 200)]
    [InlineData("api/agreements", 200)]
    [InlineData("api/reports/receivables", 200)]
    [InlineData("api/reports/receivables.csv", 200)]
    [InlineData("api/reports/revenue", 404)]
    [InlineData("api/reports/leakage.csv", 404)]
    [InlineData("api/runs/2024-09", 404)]
    public async Task Endpoint_OnAnEmptyStorage_AnswersAllTheSame(string address, int status)
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);

        using var answer = await host.Http.GetAsync(new Uri(address, UriKind.Relative), Token);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static ByteArrayContent Bytes(byte[] content) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
