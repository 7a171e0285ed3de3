using System.Text;
using System.Text.Json;
using MspBilling.Tests.Api;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Local;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing;

public sealed class DraftEditEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edits_ThroughTheApiAndTheCommand_AreMadeListedAndWithdrawn()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var draft = (await DraftedSample.WaitingAsync(storage)).First(o => o.Drafts!.Count == 1);
        string id;
        await using (var host = await ServedHost.StartAsync(storage))
        {
            var edits = $"api/runs/2024-09/drafts/{draft.ClientId}/edits";
            await AnsweredAsync(host, edits, new { line = 1, amount = -1, text = "Goodwill" }, 400, "Say who decides");
            await AnsweredAsync(host, edits, new { line = 1, amount = -1, text = "Goodwill", by = "Ann Lee" }, 400, "Say why");
            await AnsweredAsync(host, edits, new { line = 1, text = "Goodwill", by = "Ann Lee", why = "outage" }, 409, "Say one of three");
            await AnsweredAsync(host, edits.Replace("2024-09", "2024-13", StringComparison.Ordinal), new { by = "Ann Lee", why = "outage" }, 400, "'2024-13' is not a period");
            await AnsweredAsync(host, "api/runs/2024-09/drafts/cw-none/edits", new { line = 1, amount = -1, text = "Goodwill", by = "Ann Lee", why = "outage" }, 404, "cw-none was not billed");

            var made = await AnsweredAsync(host, edits, new { id = "mine/1", line = 1, amount = -1, text = "Goodwill", by = "Ann Lee", why = "outage" }, 201, "\"text\":\"Goodwill\"");
            id = made.GetProperty("edit").GetProperty("id").GetString()!;
            Assert.Equal(draft.Drafts![0].Net.Amount - 1, made.GetProperty("draft").GetProperty("invoices")[0].GetProperty("net").GetDecimal());
            await AnsweredAsync(host, $"{edits}/{Uri.EscapeDataString(id)}x/withdraw", new { by = "Bo Ray", why = "not agreed" }, 404, "There is no edit");
            await AnsweredAsync(host, $"{edits}/{Uri.EscapeDataString(id)}/withdraw", new { by = "Bo Ray", why = "not agreed" }, 200, $"\"withdraws\":\"{id}\"");

            var listed = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri(edits, UriKind.Relative), Token)).RootElement.GetProperty("edits");
            Assert.Equal([("Ann Lee", true), ("Bo Ray", false)], listed.EnumerateArray().Select(edit => (edit.GetProperty("by").GetString()!, edit.GetProperty("isWithdrawn").GetBoolean())));
        }

        using var program = LocalProgram.On(azurite, storage);
        var added = await program.RunAsync("edit", "add", "--period", "2024-09", "--client", draft.ClientId, "--line", "1", "--to", "7.50", "--text", "As agreed", "--by", "Ann Lee", "--why", "as agreed");
        Assert.True(added.ExitCode == 0, added.ToString());
        Assert.Contains("and waits for approval.", added.Output, StringComparison.Ordinal);
        var refused = await program.RunAsync("edit", "withdraw", id, "--period", "2024-09", "--client", draft.ClientId, "--by", "Ann Lee", "--why", "again");
        Assert.Equal((2, true), (refused.ExitCode, refused.Error.StartsWith("Nothing was changed. There is no edit", StringComparison.Ordinal)));
        var list = (await program.RunAsync("edit", "list", "--period", "2024-09", "--client", draft.ClientId, "--json")).Json();
        Assert.Equal(["Goodwill", "Goodwill", "As agreed"], list.GetProperty("edits").EnumerateArray().Select(edit => edit.GetProperty("text").GetString()));
    }

    private static async Task<JsonElement> AnsweredAsync<T>(ServedHost host, string address, T body, int status, string words)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri(address, UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Contains(words, text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }
}
