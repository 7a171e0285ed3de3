using System.Net;
using System.Text;
using System.Text.Json;
using MspBilling.App.Invoicing;
using MspBilling.Tests.Api;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing;

public sealed class ApprovalEndpointTests(AzuriteFixture azurite)
{
    private static readonly string[] NoClient = ["cw-none"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drafts_ThroughTheApi_AreListedPreviewedApprovedAndCancelled()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite, """{"mode":"approval","unapprovedTime":true}""");
        await using var host = await ServedHost.StartAsync(storage);
        var run = await GetAsync(host, "api/runs/2024-09");
        Assert.Equal(("awaitsApproval", 0, 12), (run.GetProperty("state").GetString(), run.GetProperty("invoices").GetInt32(), run.GetProperty("waiting").EnumerateArray().Sum(client => client.GetProperty("invoices").GetArrayLength())));
        var drafts = (await GetAsync(host, "api/invoices?state=draft")).GetProperty("invoices").EnumerateArray().ToList();
        Assert.Equal(12, drafts.Count);
        Assert.Empty((await GetAsync(host, "api/invoices")).GetProperty("invoices").EnumerateArray());
        Assert.Equal((byte)'%', (await host.Http.GetByteArrayAsync(new Uri(drafts[0].GetProperty("pdf").GetString()![1..], UriKind.Relative), Token))[0]);
        string ClientOf(bool isUnapproved) => drafts.First(draft => draft.GetProperty("objections").EnumerateArray().Any(o => o.GetProperty("check").GetString() == "unapproved-time") == isUnapproved).GetProperty("clientId").GetString()!;
        var (plain, open) = (ClientOf(false), ClientOf(true));

        await AnsweredAsync(host, "approve", new { clients = new[] { plain } }, 400, "Say who decides");
        await AnsweredAsync(host, "approve", new { by = "Ann Lee", clients = Array.Empty<string>() }, 400, "ids of clients; leave it away for all that wait");
        await AnsweredAsync(host, "approve", new { by = "Ann Lee", clients = NoClient }, 404, "was not billed in 2024-09");
        await AnsweredAsync(host, "approve", new { by = "Ann Lee", clients = new[] { plain, open } }, 409, "Say why it is issued all the same.");
        await RefusedElsewhereAsync(host);
        Assert.Equal(12, (await GetAsync(host, "api/invoices?state=draft")).GetProperty("invoices").GetArrayLength());

        var approved = await AnsweredAsync(host, "approve", new { by = "Ann Lee", clients = new[] { plain } }, 202, "\"made\":1");
        Assert.Equal("approved", approved.GetProperty("clients")[0].GetProperty("decision").GetString());
        await AnsweredAsync(host, "approve", new { by = "Bo Ray", why = "the hours follow in October", clients = new[] { open } }, 202, "\"made\":1");
        await AnsweredAsync(host, "cancel", new { by = "Ann Lee", why = "wrong rates" }, 202, "\"decision\":\"cancelled\"");
        await storage.Get<BillingRunner>().IssueApprovedAsync(SampleRun.September);

        Assert.Equal(new[] { plain, open }.Order(), (await GetAsync(host, "api/invoices?state=issued")).GetProperty("invoices").EnumerateArray().Select(i => i.GetProperty("clientId").GetString()).Order());
        run = await GetAsync(host, "api/runs/2024-09");
        Assert.Equal(("finished", 0, 10), (run.GetProperty("state").GetString(), run.GetProperty("waiting").GetArrayLength(), run.GetProperty("quarantined").GetArrayLength()));
        await AnsweredAsync(host, "approve", new { by = "Ann Lee" }, 404, "No draft of 2024-09 waits.");
    }

    private static async Task RefusedElsewhereAsync(ServedHost host)
    {
        using var unknown = await host.Http.GetAsync(new Uri("api/invoices?state=gone", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var unclosed = await host.Http.PostAsync(new Uri("api/runs/2023-01/approve", UriKind.Relative), Json(new { by = "Ann Lee" }), Token);
        Assert.Equal(HttpStatusCode.NotFound, unclosed.StatusCode);
    }

    private static async Task<JsonElement> GetAsync(ServedHost host, string address) => JsonDocument.Parse(await host.Http.GetStringAsync(new Uri(address, UriKind.Relative), Token)).RootElement;

    private static async Task<JsonElement> AnsweredAsync<T>(ServedHost host, string what, T body, int status, string words)
    {
        using var answer = await host.Http.PostAsync(new Uri("api/runs/2024-09/" + what, UriKind.Relative), Json(body), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Contains(words, text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }

    private static StringContent Json<T>(T body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
