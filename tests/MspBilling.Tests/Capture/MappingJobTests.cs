using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Local.Sample;
using MspBilling.Tests.Api;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Time of a tracker whose names nobody knows, beside the sample month: held, mapped, billed.</summary>
public sealed class MappingJobTests(AzuriteFixture azurite)
{
    private const string Barton = "cw-271";
    private const string Athena = "cw-251";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Set_NameThatWorkWaitsFor_BillsItAndIsForgottenByNobody()
    {
        await using var storage = await TrackedAsync(azurite);
        var job = storage.Get<MappingJob>();
        var unmapped = (await job.UnmappedAsync(Token)).Where(u => u.Source == "toggl").ToList();
        Assert.Equal(["Client Barton Brewing: 2 3.5"], unmapped.Select(u => FormattableString.Invariant($"{u.What} {u.From}: {u.Activities} {u.Hours}")));
        Assert.Equal(Barton, unmapped[0].Suggestions[0].Id);

        var outcome = await job.StoreAsync([Client("Barton Brewing", "BARTON")], "Nora Kelly", Token);

        Assert.Equal((null, 1, 2), (outcome.Problem, outcome.Changed, outcome.Assigned));
        var mapping = Assert.Single(await job.ListAsync(Token));
        Assert.Equal((Barton, "Nora Kelly"), (mapping.To, mapping.By));
        Assert.Equal(["Role Consultant"], (await job.UnmappedAsync(Token)).Where(u => u.Source == "toggl").Select(u => $"{u.What} {u.From}"));
        Assert.Equal((null, 1, 0), (await job.StoreAsync([new MappingRequest(MappedThing.Role, "toggl", "Consultant", "Senior Engineer")], "Nora Kelly", Token)) is var role ? (role.Problem, role.Changed, role.Assigned) : default);
        Assert.DoesNotContain(await job.UnmappedAsync(Token), u => u.Source == "toggl");
        await SampleRun.CloseAsync(storage);
        Assert.Equal(["Billed", "Billed"], await TrackedAsync(storage, Barton));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // Nobody, then the wrong client, then the right one, each after a close: in the end the wrong one has paid nothing and the right one 3.5 h.
    [Fact]
    public async Task Set_AfterItsMonthWasClosed_IsAdjustedOnTheNextInvoices()
    {
        await using var storage = await TrackedAsync(azurite);
        var job = storage.Get<MappingJob>();
        await job.StoreAsync([new MappingRequest(MappedThing.Role, "toggl", "Consultant", "Senior Engineer"), Client("Barton Brewing", Athena)], "Nora Kelly", Token);
        await SampleRun.CloseAsync(storage);
        Assert.Equal(["Billed", "Billed"], await TrackedAsync(storage, Athena));

        var outcome = await job.StoreAsync([Client("Barton Brewing", Barton)], "Nora Kelly", Token);
        await LateSample.CloseAsync(storage, LateSample.October);

        Assert.Equal((null, 1, 2), (outcome.Problem, outcome.Changed, outcome.Assigned));
        Assert.Equal((-3.5m, 3.5m), (await AdjustedHoursAsync(storage, Athena), await AdjustedHoursAsync(storage, Barton)));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Set_EndedBetweenAnyTwoRequestsToTheStorage_EndsInTheSame()
    {
        var all = new StorageRequests();
        await using var storage = await TrackedAsync(azurite, SampleRun.File("msp-settings.json"), SampleRun.File("company-companies.json"));
        var start = await StorageState.TakeAsync(storage);
        await using (var counted = Another(storage, all))
            await counted.Get<MappingJob>().StoreAsync([Client("Barton Brewing", Barton)], "Nora Kelly", Token);
        await storage.Get<ImportSessions>().FinishPendingAsync(Token);
        var expected = await PlacesAsync(storage);

        foreach (var most in all.Cuts(12))
        {
            await start.RestoreAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Another(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.Get<MappingJob>().StoreAsync([Client("Barton Brewing", Barton)], "Nora Kelly", Token));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await using var again = Another(storage, new StorageRequests());
            await again.Get<MappingJob>().StoreAsync([Client("Barton Brewing", Barton)], "Nora Kelly", Token);
            StorageSnapshot.AssertSame(expected, await PlacesAsync(storage));
        }
    }

    [Theory]
    [InlineData("client", "toggl", "Barton Brewing", "Barton Creek Brew", 422, "'Barton Creek Brew' is neither the id nor the identifier of a company that was imported; did you mean cw-271 (Barton Creek Brewing Co.)")]
    [InlineData("client", "toggl", "Barton Brewing", "", 422, "say what it is mapped to")]
    [InlineData("client", "", "Barton Brewing", "BARTON", 422, "say the source")]
    [InlineData("role", "toggl", "Consultant", "Senor Engineer", 422, "did you mean Senior Engineer")]
    [InlineData("agreement", "toggl", "Gold", "0", 422, "is no agreement's id")]
    [InlineData("person", "toggl", "Nora", "7", 400, "'person' is none of client, account, agreement, role, service, product")]
    public async Task Put_WrongMapping_IsRefusedWithWords(string what, string source, string from, string to, int status, string words)
    {
        await using var host = await ServedHost.StartAsync(await TrackedAsync(azurite));

        var (code, answer) = await PutAsync(host.Http, $$"""{"by":"Nora Kelly","mappings":[{"what":"client","source":"toggl","from":"Barton Brewing","to":"cw-271"},{"what":"{{what}}","source":"{{source}}","from":"{{from + "."}}","to":"{{to}}"}]}""");

        Assert.Equal(status, code);
        Assert.Contains("mappings[1].", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(words, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var list = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("api/mappings", UriKind.Relative), Token)).RootElement;
        Assert.Equal(0, list.GetProperty("mappings").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"mappings":[{"what":"client","source":"toggl","from":"Barton Brewing","to":"BARTON"}]}""")]
    [InlineData("""{"by":"Nora Kelly","mappings":[]}""")]
    [InlineData("""{"by":"Nora Kelly"}""")]
    public async Task Put_NobodyOrNothing_IsAskedFor(string body)
    {
        await using var host = await ServedHost.StartAsync(await azurite.CreateAsync());

        var (code, answer) = await PutAsync(host.Http, body);

        Assert.Equal(400, code);
        Assert.StartsWith("Say who confirms what", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_SameNameTwice_IsRefused()
    {
        await using var host = await ServedHost.StartAsync(await TrackedAsync(azurite));

        var (code, answer) = await PutAsync(host.Http, """{"by":"N","mappings":[{"what":"client","source":"t","from":"a","to":"BARTON"},{"what":"client","source":"t","from":"A","to":"ATHENA"}]}""");

        Assert.Equal((422, "mappings[1].from: 'A' of t stands in the list twice."), (code, answer.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Put_MappingAndItsWithdrawal_AreListed()
    {
        await using var host = await ServedHost.StartAsync(await TrackedAsync(azurite));

        var (code, set) = await PutAsync(host.Http, """{"by":"Nora Kelly","mappings":[{"what":"client","source":"toggl","from":"Barton Brewing","to":"BARTON","why":"asked them"}]}""");
        Assert.Equal((200, """{"changed":1,"assigned":2}"""), (code, set.GetRawText()));
        var listed = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("api/mappings", UriKind.Relative), Token)).RootElement.GetProperty("mappings")[0];
        Assert.Equal(("client", "cw-271", "asked them"), (listed.GetProperty("what").GetString(), listed.GetProperty("to").GetString(), listed.GetProperty("why").GetString()));

        var (_, withdrawn) = await PutAsync(host.Http, """{"by":"Nora Kelly","mappings":[{"what":"client","source":"toggl","from":"Barton Brewing","to":null}]}""");
        Assert.Equal("""{"changed":1,"assigned":2}""", withdrawn.GetRawText());
        var list = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("api/mappings", UriKind.Relative), Token)).RootElement;
        Assert.Equal(0, list.GetProperty("mappings").GetArrayLength());
        Assert.Contains(list.GetProperty("unmapped").EnumerateArray(), u => u.GetProperty("from").GetString() == "Barton Brewing" && u.GetProperty("suggestions")[0].GetProperty("id").GetString() == "cw-271");
    }

    [Theory]
    [InlineData("""[{"what":"client","source":"t","from":"a","to":"b","by":"N"}]""", "at")]
    [InlineData("""[{"what":"client","source":"t","from":"a","to":"b","at":"2024-09-30T09:00:00Z"}]""", "by")]
    [InlineData("""[{"what":"firm","source":"t","from":"a","by":"N","at":"2024-09-30T09:00:00Z"}]""", "what")]
    [InlineData("""[{"what":"client","source":"t","from":"a","too":"b","by":"N","at":"2024-09-30T09:00:00Z"}]""", "too")]
    public void Read_WrongMapping_IsRefusedAtItsField(string json, string field)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(json));

        Assert.Equal(field, Assert.Single(ImportReader.Read("mappings.json", null, content).Problems).Field);
    }

    private static MappingRequest Client(string from, string to) => new(MappedThing.Client, "toggl", from, to);

    /// <param name="files">The sample month where none are given.</param>
    private static async Task<TestStorage> TrackedAsync(AzuriteFixture azurite, params SampleFile[] files)
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, files.Length > 0 ? files : SampleRun.Month);
        using var content = new MemoryStream(RecordsFile.Write([Tracked("1", 1.5m), Tracked("2", 2)]));
        Assert.Equal(ImportState.Imported, (await storage.Get<ImportJob>().RunAsync("toggl.json", ImportReader.RecordsFormat, content, Token)).State);
        return storage;
    }

    private static TimeEntry Tracked(string id, decimal hours) => Records.Time(id, hours, roleId: null) with
    {
        Id = new RecordId("toggl", RecordKind.Time, id),
        CompanyId = "Barton Brewing",
        CompanyName = "Barton Brewing",
        AgreementId = null,
        RoleName = "Consultant",
        Status = "ReadyToBill",
    };

    private TestStorage Another(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };

    /// <summary>Where the tracked time lies, and what is mapped.</summary>
    private static async Task<SortedDictionary<string, string>> PlacesAsync(TestStorage storage)
    {
        var activities = (await StorageSnapshot.EverythingAsync(storage)).Where(item => item.Key.StartsWith("activities", StringComparison.Ordinal) && item.Key.Contains("toggl", StringComparison.Ordinal));
        var places = new SortedDictionary<string, string>(activities.ToDictionary(), StringComparer.Ordinal);
        foreach (var mapping in await storage.Get<MappingJob>().ListAsync(Token))
            places.Add(mapping.Id.ToString(), mapping.To!);
        return places;
    }

    private static async Task<IEnumerable<string>> TrackedAsync(TestStorage storage, string clientId)
    {
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(SampleRun.September, clientId, Token))!;
        var bill = await storage.Get<BillStore>().GetBillAsync(SampleRun.September, clientId, outcome.BillHash, Token);
        return bill.Dispositions.Where(d => d.Activity.Source == "toggl").Select(d => $"{d.Kind} {d.Reason?.Code}".Trim());
    }

    private static async Task<decimal> AdjustedHoursAsync(TestStorage storage, string clientId) =>
        (await LateSample.AdjustingAsync(storage, LateSample.October, clientId)).Sum(line => line.Details.Sum(detail => detail.Quantity));

    private static async Task<(int Status, JsonElement Answer)> PutAsync(HttpClient http, string body)
    {
        using var answer = await http.PutAsync(new Uri("api/mappings", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement);
    }
}
