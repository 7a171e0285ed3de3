using System.Net;
using System.Text;
using System.Text.Json;
using MspBilling.Tests.Api;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class HoldEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_DecidedThroughTheApi_TellWhoAndWhy()
    {
        await using var storage = await DecidedSample.ClosedAsync(azurite);
        await using var host = await ServedHost.StartAsync(storage);
        var holds = (await GetAsync(host, "api/holds?reason=unapproved-time")).GetProperty("holds");
        Assert.All(holds.EnumerateArray(), hold => Assert.Equal(("unapproved-time", "It is billed without approval.", JsonValueKind.Null), (hold.GetProperty("reason").GetString(), hold.GetProperty("release").GetString(), hold.GetProperty("decision").ValueKind)));
        var id = holds[0].GetProperty("id").GetString()!;
        var address = $"api/holds/{Uri.EscapeDataString(id)}";

        await RefusedAsync(host, $"{address}/release", "{\"by\":\"Ann Lee\"}", 400, "Say why");
        await RefusedAsync(host, $"{address}/release", "{\"why\":\"x\",\"by\":\" \"}", 400, "Say who decides");
        await RefusedAsync(host, $"{address}/release", "{\"why\":\"x\",\"by\":\"y\",\"ids\":[\"z\"]}", 400, "The address names the work");
        await RefusedAsync(host, $"{address}/release", "{\"why\":\"x\",\"by\":\"y\",\"period\":\"soon\"}", 400, "'soon' is not a period");
        await RefusedAsync(host, "api/holds/connectwise%2FTime%2F999999999/release", Said, 404, "Nothing of it is held");
        await RefusedAsync(host, "api/holds/nonsense/write-off", Said, 404, "It is no id of an activity");
        await RefusedAsync(host, $"{address}/withdraw", Said, 404, "Nothing was decided about it");
        await RefusedAsync(host, "api/holds/release", Said, 400, "Say what is decided about");
        await RefusedAsync(host, "api/holds/release", "{\"by\":\"a\",\"why\":\"b\",\"ids\":[]}", 400, "1 to 1000 ids");
        await RefusedAsync(host, "api/holds/write-off", "{\"by\":\"a\",\"why\":\"b\",\"reason\":\"none-such\"}", 404, "Nothing matches");

        var made = await PostAsync(host, $"{address}/release", Said);
        Assert.Equal((1, id, "release", "Ann Lee", "seen it"), (made.GetProperty("made").GetInt32(), Text(made, "id"), Text(made, "decision"), Text(made, "by"), Text(made, "why")));
        Assert.Equal(0, (await PostAsync(host, $"{address}/release", Said)).GetProperty("made").GetInt32());
        var listed = (await GetAsync(host, "api/holds")).GetProperty("holds").EnumerateArray().Single(hold => hold.GetProperty("id").GetString() == id);
        Assert.Equal("Ann Lee", listed.GetProperty("decision").GetProperty("by").GetString());
        await RefusedAsync(host, $"{address}/write-off", Said, 409, "Withdraw that first");

        // Of several that cannot be released each is named.
        var never = (await GetAsync(host, "api/holds")).GetProperty("holds").EnumerateArray().First(hold => hold.GetProperty("release").ValueKind == JsonValueKind.Null);
        var problem = await RefusedAsync(host, "api/holds/release", JsonSerializer.Serialize(new { ids = new[] { never.GetProperty("id").GetString(), "nonsense" }, by = "a", why = "b" }), 409, "2 of them cannot be decided so");
        Assert.EndsWith(never.GetProperty("action").GetString()!, problem.GetProperty("refused")[0].GetProperty("because").GetString(), StringComparison.Ordinal);

        await PostAsync(host, $"{address}/withdraw", "{\"by\":\"Bo\",\"why\":\"a mistake\"}");
        var history = (await GetAsync(host, $"{address}/history")).GetProperty("decisions").EnumerateArray().ToList();
        Assert.Equal(["release withdrawn", "withdraw waits"], history.Select(each => $"{each.GetProperty("decision").GetString()} {each.GetProperty("state").GetString()}"));
        Assert.Equal("Bo", history[0].GetProperty("withdrawn").GetProperty("by").GetString());
        Assert.Equal(2, (await GetAsync(host, "api/decisions?period=2024-09")).GetProperty("decisions").GetArrayLength());
        Assert.Empty((await GetAsync(host, "api/decisions?period=2024-08")).GetProperty("decisions").EnumerateArray());

        var ledger = await GetAsync(host, "api/reports/leakage");
        Assert.Equal((await GetAsync(host, "api/holds")).GetProperty("holds").GetArrayLength(), ledger.GetProperty("items").GetArrayLength());
        Assert.True(ledger.GetProperty("findings").GetArrayLength() > 0);
        Assert.Equal(5, (await GetAsync(host, "api/reports/leakage?summary=true")).GetProperty("byDisposition").GetArrayLength());
        Assert.Contains("Kind,Client id,Client,What,Id,Date,Age in days", await host.Http.GetStringAsync(new Uri("api/reports/leakage.csv", UriKind.Relative), Token), StringComparison.Ordinal);
    }

    private const string Said = "{\"by\":\"Ann Lee\",\"why\":\"seen it\"}";

    private static string? Text(JsonElement made, string name) => made.GetProperty("decisions")[0].GetProperty(name).GetString();

    private static async Task<JsonElement> GetAsync(ServedHost host, string address) => JsonDocument.Parse(await host.Http.GetStringAsync(new Uri(address, UriKind.Relative), Token)).RootElement;

    private static async Task<JsonElement> PostAsync(ServedHost host, string address, string body)
    {
        using var answer = await host.Http.PostAsync(new Uri(address, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> RefusedAsync(ServedHost host, string address, string body, int status, string words)
    {
        using var answer = await host.Http.PostAsync(new Uri(address, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(status == (int)answer.StatusCode, $"{address}: {(int)answer.StatusCode} {text}");
        Assert.Contains(words, text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }
}
