using System.Text;
using System.Text.Json;
using MspBilling.Tests.Api;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>Previews over HTTP, on one client with an expense of 50.00 in each of two months, at cost and 10 %. None of them stores anything.</summary>
public sealed class PreviewApiTests(AzuriteFixture azurite)
{
    private const string Twenty = """
        "with":{"agreements":[{"id":"gold","client":"CO250","name":"Gold","currency":"EUR","versions":[{"from":"2024-01-01","lines":[{"kind":"expenses","id":"expenses","service":"Expenses","markupPercent":20}]}]}]}
        """;

    private const string Waive = """
        "with":{"rules":[{"id":"cable","name":"Cables are free","match":{"skus":["CAB*"]},"effect":{"do":"waive"}},{"id":"half","name":"Half","match":{"skus":["SSD"]},"effect":{"do":"multiply","factor":0.5}}]}
        """;

    private const string Other = """
        "with":{"rateCards":[{"currency":"USD","rates":[{"price":100}]}]}
        """;

    private const string Proposed = """
        "with":{"agreements":[{"id":"gold","client":"CO250","name":"Gold","currency":"EUR","versions":[{"from":"2024-01-01","lines":[{"kind":"expenses","id":"expenses","service":"Expenses","markupPercent":10}],
        "rules":[{"id":"ssd","name":"SSDs are free","match":{"skus":["SSD"]},"effect":{"do":"waive"}},{"id":"none","name":"None","match":{"skus":["NONE"]},"effect":{"do":"waive"}}]}]}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_AnyRequest_StoresNothing()
    {
        await using var storage = await StorageAsync();
        var before = await StorageSnapshot.EverythingAsync(storage);

        foreach (var (body, status) in new[]
        {
            (File.ReadAllText(CaseFiles.PathOf("seats", ".json")), 200),
            ("""{"period":"2024-09"}""", 200),
            ("""{"period":"2024-09","client":"cw-250"}""", 200),
            ($$"""{"period":"2024-09","to":"2024-10",{{Twenty}}}""", 200),
            ($$"""{"period":"2024-09",{{Waive}}}""", 200),
            ("""{"period":"2024-09","client":{}}""", 422),
        })
        {
            Assert.Equal(status, (await PostAsync(storage, body)).Status);
        }

        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Preview_StoredMonth_ShowsEachActivityOfOneClientAndTotalsOfAll()
    {
        await using var storage = await StorageAsync();

        var one = (await PostAsync(storage, """{"period":"2024-09","client":"cw-250"}""")).Json.GetProperty("bills")[0];
        var all = (await PostAsync(storage, """{"period":"2024-09"}""")).Json.GetProperty("bills")[0];

        Assert.Equal(["1", "2"], one.GetProperty("activities").EnumerateArray().Select(a => a.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, all.GetProperty("activities").ValueKind);
        Assert.Equal(66m, one.GetProperty("invoices")[0].GetProperty("net").GetDecimal()); // (50 + 10) x 1.10
    }

    // Each month 50.00 and 10.00 at cost and 10 % is 66.00, at cost and 20 % is 72.00.
    [Fact]
    public async Task Preview_OtherTermsOverTwoMonths_GivesTheDifferenceByClientAndLine()
    {
        await using var storage = await StorageAsync();

        var compared = (await PostAsync(storage, $$"""{"period":"2024-09","to":"2024-10",{{Twenty}}}""")).Json;

        Assert.Equal("EUR 132.00 144.00 12.00", Total(Assert.Single(compared.GetProperty("totals").EnumerateArray())));
        var client = Assert.Single(compared.GetProperty("clients").EnumerateArray());
        Assert.Equal("Corrib Foods", client.GetProperty("clientName").GetString());
        Assert.Equal(["2024-09", "2024-10"], client.GetProperty("months").EnumerateArray().Select(month => month.GetProperty("period").GetString()));
        Assert.All(client.GetProperty("months").EnumerateArray(), month =>
            Assert.Equal(6m, month.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("difference").GetDecimal())));
    }

    // The cable's 55.00 is waived; of the SSD's 11.00 half is left.
    [Fact]
    public async Task Preview_Rules_TellsWhatEachWouldHaveChanged()
    {
        await using var storage = await StorageAsync();

        var compared = (await PostAsync(storage, $$"""{"period":"2024-09",{{Waive}}}""")).Json;

        Assert.Equal(
            [("cable", 1, -55m), ("half", 1, -5.5m)],
            compared.GetProperty("rules").EnumerateArray().Select(rule => (
                rule.GetProperty("id").GetString(), rule.GetProperty("matched").GetInt32(), rule.GetProperty("totals").EnumerateArray().Sum(total => total.GetProperty("difference").GetDecimal()))));
        Assert.Equal("EUR 66.00 5.50 -60.50", Total(Assert.Single(compared.GetProperty("totals").EnumerateArray())));
    }

    // The stored rule takes a tenth off the cable's 55.00; of the proposed agreement's two, one waives the SSD's 11.00 and one matches nothing.
    [Theory]
    [InlineData(Other, "tenth of gold, Corrib Foods: 1 Corrib Foods 2024-09 expenses -55 Corrib Foods 2024-09 expenses 49.5")] // what a rule changes is a line of its own
    [InlineData(Proposed, "ssd of gold, Corrib Foods: 1 Corrib Foods 2024-09 expenses -11; none of gold, Corrib Foods: 0")]
    public async Task Preview_RulesOfAgreements_AreTriedAsTheyStandUnderTheTerms(string with, string expected)
    {
        await using var storage = await StoredExpenses.OnAsync(azurite, StoredExpenses.Tenth);

        var compared = (await PostAsync(storage, $$"""{"period":"2024-09",{{with}}}""")).Json;

        Assert.Equal(expected, string.Join("; ", compared.GetProperty("rules").EnumerateArray().Select(rule => FormattableString.Invariant(
            $"{rule.GetProperty("id")} of {rule.GetProperty("agreement").GetProperty("id")}, {rule.GetProperty("agreement").GetProperty("clientName")}: {rule.GetProperty("matched")}{Changes(rule)}"))));

        static string Changes(JsonElement rule) => string.Concat(rule.GetProperty("changes").EnumerateArray().Select(change =>
            $" {change.GetProperty("clientName")} {change.GetProperty("period")} {change.GetProperty("line").GetProperty("line")} {change.GetProperty("line").GetProperty("difference").GetDecimal():0.##}"));
    }

    [Theory]
    [InlineData("{", 400, "body, line 1, column 2: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    [InlineData("[]", 400, "body, line 1, column 1: found '[]', expected one object in braces")]
    [InlineData("{}", 422, "body, line 1, column 1: period: expected a text, but it is missing")]
    [InlineData("{\"period\":\"soon\"}", 400, null)]
    [InlineData("{\"period\":\"2024-09\",\"client\":\"cw-9\"}", 400, null)]
    [InlineData("{\"period\":\"2024-09\",\"to\":\"2024-10\"}", 422, "body, line 1, column 26: to is '2024-10', expected no last month, as only months under other terms (with) are compared over several")]
    [InlineData("{\"period\":\"2024-09\",\"cliant\":\"cw-9\"}", 422, "body, line 1, column 30: cliant: expected no such property; known here are period, to, client, with")]
    [InlineData("{\"period\":\"2024-09\",\"with\":{}}", 422, "body, line 1, column 28: with.agreements: expected at least one of agreements, rateCards, calendars, rules, agreementTypes, but it is missing")]
    [InlineData("{\"period\":\"2024-10\",\"to\":\"2024-09\",\"with\":{\"rules\":[]}}", 400, null)]
    [InlineData("{\"period\":\"2024-09\",\"with\":{\"agreements\":[{\"id\":\"x\",\"client\":\"NOBODY\",\"name\":\"X\",\"currency\":\"EUR\",\"versions\":[{\"from\":\"2024-01-01\",\"lines\":[{\"kind\":\"expenses\",\"id\":\"e\",\"service\":\"E\"}]}]}]}}", 422, "body: agreements[0].client is 'NOBODY', expected the id or the identifier of a company that was imported")]
    [InlineData("{\"period\":\"2024-09\",\"client\":{\"name\":\"A\"}}", 422, "body, line 1, column 30: client.currency: expected a text, but it is missing")]
    public async Task Preview_WrongBody_IsAProblemWithAListOfThem(string body, int status, string? detail)
    {
        await using var storage = await StorageAsync();

        var (answered, json) = await PostAsync(storage, body);

        Assert.Equal(status, answered);
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        if (detail is not null)
        {
            Assert.Equal(detail, json.GetProperty("detail").GetString());
            Assert.Equal(1, json.GetProperty("problems").GetArrayLength());
        }
    }

    [Fact]
    public async Task Schema_OfACase_IsServed()
    {
        await using var storage = await StorageAsync();
        await using var host = await ServedHost.StartAsync(storage);
        using var schema = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("api/schemas/case.json", UriKind.Relative), Token));

        Assert.Equal("Case", schema.RootElement.GetProperty("title").GetString());
    }

    private static string Total(JsonElement total) =>
        FormattableString.Invariant($"{total.GetProperty("currency").GetString()} {total.GetProperty("before").GetDecimal():0.00} {total.GetProperty("after").GetDecimal():0.00} {total.GetProperty("difference").GetDecimal():0.00}");

    private static async Task<(int Status, JsonElement Json)> PostAsync(TestStorage storage, string body)
    {
        await using var host = await ServedHost.StartAsync(storage);
        using var answer = await host.Http.PostAsync(new Uri("api/preview", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement);
    }

    private Task<TestStorage> StorageAsync() => StoredExpenses.OnAsync(azurite);
}
