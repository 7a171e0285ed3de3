using System.Text;
using System.Text.Json;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Local.Sample;
using MspBilling.Tests.Api;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Agreements;

/// <summary>Agreements put and imported beside the sample's clients, agreements of the PSA and settings.</summary>
public sealed class AgreementEndpointTests(AzuriteFixture azurite)
{
    private static readonly string[] Files = ["company-companies.json", "finance-agreements.json", "msp-settings.json"];
    private static readonly IReadOnlyList<CapturedRecord> Sample = SampleRun.Parse(Files.Select(SampleRun.File));

    private static readonly PsaAgreement Psa = Sample.OfType<PsaAgreement>().First();
    private static readonly Company Company = Sample.OfType<Company>().Single(company => company.Id.ExternalId == Psa.CompanyId);
    private static readonly Company Other = Sample.OfType<Company>().First(company => company.Id.ExternalId != Psa.CompanyId && !company.IsInternal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_AgreementThenChanges_StoresWhatIsAllowedAndRefusesTheRest()
    {
        await using var storage = await SampleAsync();
        await using var host = await ServedHost.StartAsync(storage);
        var http = host.Http;

        Assert.Equal((404, null), await AskAsync(http, HttpMethod.Get, "a"));
        Assert.Equal((201, null), await AskAsync(http, HttpMethod.Put, "a", Agreement()));
        Assert.Equal((200, null), await AskAsync(http, HttpMethod.Put, "a", Agreement()));

        // What is asked for is what was put, in the form in which it can be put again.
        using var got = await http.GetAsync(new Uri("api/agreements/a", UriKind.Relative), Token);
        var json = await got.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(AgreementWriter.Write(AgreementFiles.Read(Agreement())), json);
        Assert.Equal((200, null), await AskAsync(http, HttpMethod.Put, "a", Encoding.UTF8.GetString(json)));

        // A name that goes there and back again.
        Assert.Equal((200, null), await AskAsync(http, HttpMethod.Put, "a", Agreement(name: "Renamed")));
        Assert.Equal("Renamed", await NameAsync(http));
        Assert.Equal((200, null), await AskAsync(http, HttpMethod.Put, "a", Agreement()));
        Assert.Equal("A", await NameAsync(http));

        Assert.Equal((409, "versions[0].lines[0]"), await AskAsync(http, HttpMethod.Put, "a", Agreement(price: 101)));
        Assert.Equal((409, "client"), await AskAsync(http, HttpMethod.Put, "a", Agreement(client: Other.Identifier)));
        Assert.Equal((422, "id"), await AskAsync(http, HttpMethod.Put, "b", Agreement()));
        Assert.Equal((422, "id"), await AskAsync(http, HttpMethod.Put, "a", $"[{Agreement()}, {Agreement(id: "b")}]"));
        Assert.Equal((422, "client"), await AskAsync(http, HttpMethod.Put, "b", Agreement(id: "b", client: "NOBODY")));
        Assert.Equal((422, "calendar"), await AskAsync(http, HttpMethod.Put, "b", Agreement(id: "b", more: "\"calendar\": \"moon\", ")));
        Assert.Equal((422, "versions[0].lines[0].rates[0].price"), await AskAsync(http, HttpMethod.Put, "b", Agreement(id: "b", price: -1)));
        Assert.Equal((422, "psaAgreement"), await AskAsync(http, HttpMethod.Put, "b", Agreement(id: "b", more: "\"psaAgreement\": \"unknown\", ")));
        Assert.Equal((422, "psaAgreement"), await AskAsync(http, HttpMethod.Put, "b", Agreement(id: "b", client: Other.Identifier, more: Prices(Psa))));
        Assert.Equal((409, "id"), await AskAsync(http, HttpMethod.Put, Psa.Id.ExternalId, Agreement(id: Psa.Id.ExternalId)));
        Assert.Equal((201, null), await AskAsync(http, HttpMethod.Put, "b", Agreement(id: "b", more: Prices(Psa))));
        Assert.Equal((409, "psaAgreement"), await AskAsync(http, HttpMethod.Put, "c", Agreement(id: "c", more: Prices(Psa))));
        Assert.Equal("A", await NameAsync(http));

        var list = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/agreements", UriKind.Relative), Token)).RootElement.GetProperty("agreements");
        Assert.Equal(["a", "b"], list.EnumerateArray().Select(each => each.GetProperty("id").GetString()));
        Assert.Equal((Company.Identifier, "2024-01-01", JsonValueKind.Null), list[0] is var first
            ? (first.GetProperty("client").GetString(), first.GetProperty("from").GetString(), first.GetProperty("to").ValueKind) : default);
    }

    [Fact]
    public async Task Get_Schema_IsTheOneThatIsPublished()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);
        var http = host.Http;

        Assert.Equal(AgreementSchema.Read(), await http.GetByteArrayAsync(new Uri("api/schemas/agreement.json", UriKind.Relative), Token));
    }

    // September is closed: the agreement ends on 1 October at the earliest, and goes on with other terms from there.
    [Fact]
    public async Task Put_EndOfWhatWasBilled_IsAfterTheLastDayBilled()
    {
        await using var storage = await SampleAsync();
        await ImportAsync(storage, Agreement());
        await SampleRun.CloseAsync(storage);

        var tooEarly = await ImportAsync(storage, Agreement(to: "2024-09-30"));
        Assert.Equal((ImportState.Refused, true), (tooEarly.State, tooEarly.IsConflict));
        Assert.Equal(
            "agreements.json: versions[0].to is '2024-09-30', expected 2024-10-01 or later, as the days before it are billed", Assert.Single(tooEarly.Problems).ToString());

        Assert.Equal(ImportState.Imported, (await ImportAsync(storage, Agreement(to: "2024-10-01"))).State);
        Assert.Equal(new DateOnly(2024, 10, 1), (await StoredAsync(storage)).Single().Versions[0].InForce.End);
    }

    [Fact]
    public async Task Import_OneOfAListIsRefused_StoresNothingOfIt()
    {
        await using var storage = await SampleAsync();
        await ImportAsync(storage, Agreement());
        var before = await StorageSnapshot.EverythingAsync(storage);

        var report = await ImportAsync(storage, $"[{Agreement(id: "b")}, {Agreement(price: 90)}, {Agreement(id: "c", client: "NOBODY")}]");

        Assert.Equal(ImportState.Refused, report.State);
        Assert.Equal(["[1].versions[0].lines[0]", "[2].client"], report.Problems.Select(problem => problem.Field));
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Import_SettingsWithoutACalendarThatIsNamed_AreRefused()
    {
        await using var storage = await SampleAsync();
        var settings = SampleRun.File("msp-settings.json");
        var text = Encoding.UTF8.GetString(settings.Content);
        var with = text[..text.LastIndexOf('}')] + ", \"calendars\": [ { \"name\": \"ireland\", \"hours\": [ { \"day\": \"monday\", \"from\": \"09:00\", \"to\": \"17:00\" } ] } ] }";
        await SampleRun.ImportAsync(storage, [new SampleFile(settings.Name, Encoding.UTF8.GetBytes(with))]);
        Assert.Equal(ImportState.Imported, (await ImportAsync(storage, Agreement(more: "\"calendar\": \"ireland\", "))).State);

        using var content = new MemoryStream(settings.Content);
        var report = await storage.Get<ImportJob>().RunAsync(settings.Name, null, content, Token);

        Assert.Equal("msp-settings.json: calendars: expected a calendar named ireland, which the agreement a has", Assert.Single(report.Problems).ToString());
    }

    private async Task<TestStorage> SampleAsync()
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, Files.Select(SampleRun.File));
        return storage;
    }

    private static async Task<ImportReport> ImportAsync(TestStorage storage, string json)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return await storage.Get<ImportJob>().RunAsync("agreements.json", null, content, Token);
    }

    private static async Task<List<AgreementDocument>> StoredAsync(TestStorage storage) =>
        [.. (await storage.Get<RecordStore>().ReferencesAsync(RecordKind.AgreementDocument, Token)).Cast<AgreementDocument>()];

    /// <summary>The status, and the path of the first problem.</summary>
    private static async Task<(int Status, string? Path)> AskAsync(HttpClient http, HttpMethod method, string id, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri("api/agreements/" + id, UriKind.Relative)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request, Token);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        var problems = json.TryGetProperty("problems", out var list) ? list.EnumerateArray().ToList() : [];
        if ((int)answer.StatusCode >= 400)
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.All(problems, problem => Assert.NotEmpty(problem.GetProperty("expected").GetString()!));
        return ((int)answer.StatusCode, problems.Count == 0 ? null : problems[0].GetProperty("path").GetString());
    }

    private static async Task<string?> NameAsync(HttpClient http) =>
        JsonDocument.Parse(await http.GetStringAsync(new Uri("api/agreements/a", UriKind.Relative), Token)).RootElement.GetProperty("name").GetString();

    private static string Prices(PsaAgreement psa) => $"\"psaAgreement\": \"{psa.Id.ExternalId}\", ";

    private static string Agreement(string id = "a", string? client = null, string name = "A", decimal price = 100, string? to = null, string more = "") =>
        $$"""
        { "id": "{{id}}", "client": "{{client ?? Company.Identifier}}", "name": "{{name}}", {{more}}"currency": "EUR", "versions": [
          { "from": "2024-01-01", "to": {{(to is null ? "null" : $"\"{to}\"")}}, "lines": [ { "kind": "time", "id": "time", "service": "Support", "rates": [ { "price": {{price.ToString(System.Globalization.CultureInfo.InvariantCulture)}} } ] } ] } ] }
        """;
}
