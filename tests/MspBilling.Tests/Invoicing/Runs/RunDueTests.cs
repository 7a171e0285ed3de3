using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Sample;
using MspBilling.Tests.Api;
using MspBilling.Tests.Local;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample billed by the day: most clients by the month, one by the quarter with a longer grace.</summary>
public sealed class RunDueTests(AzuriteFixture azurite)
{
    private const string Msp = """{"from":"2024-09-01","graceDays":3}""";

    private static readonly DateOnly Early = new(2024, 10, 3);
    private static readonly DateOnly First = new(2024, 10, 4);
    private static readonly DateOnly Second = new(2024, 10, 6);
    private static readonly Period Quarter = new(new DateOnly(2024, 7, 1), new DateOnly(2024, 10, 1));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_DayByDay_BillsWhoeverIsDueOnce()
    {
        await using var storage = await ImportAsync();
        var quarterly = await QuarterlyAsync(storage);
        Assert.Empty(await DueAsync(storage, Early));
        Assert.Empty(await storage.Get<RunStore>().ListAsync(Token));

        Assert.Equal(["2024-09"], (await DueAsync(storage, First)).Select(due => due.Period.ToString()));
        Assert.Empty(await DueAsync(storage, First));
        Assert.Equal(["2024-07-01..2024-10-01"], (await DueAsync(storage, Second)).Select(due => due.Period.ToString()));
        Assert.Empty(await DueAsync(storage, Second));

        var whole = (await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())).Where(invoice => invoice.ClientId != quarterly);
        Assert.Equal(whole.Select(Amount).Order(), (await SampleRun.ListAsync<IssuedInvoice>(storage)).Select(Amount).Order());
        var invoices = await storage.Get<BillStore>().ListAsync<IssuedInvoice>(Quarter, Token);
        Assert.Equal([quarterly], invoices.Select(invoice => invoice.ClientId).Distinct());
        Assert.All(invoices, invoice => Assert.Equal(new DateOnly(2024, 10, 1), invoice.InvoiceDate));
        Assert.Equal([RunState.Finished, RunState.Finished], (await storage.Get<RunStore>().ListAsync(Token)).Select(run => run.State));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Run_AfterMissedDays_CutShort_AndByTwoAtOnce_EndsInTheSame()
    {
        await using var undisturbed = await ImportAsync();
        var all = new StorageRequests();
        await using (var counted = Shared(undisturbed, all))
            await DueAsync(counted, Second);

        await SampleRun.BookAsync(undisturbed);
        var expected = await StorageSnapshot.ResultsAsync(undisturbed);
        foreach (var most in all.Cuts(3))
        {
            await using var storage = await ImportAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Shared(storage, requests))
                await Record.ExceptionAsync(() => DueAsync(cut, Second));

            await using var second = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };
            await Task.WhenAll(DueAsync(storage, Second), DueAsync(second, Second));
            await SampleRun.BookAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
            Assert.All(await storage.Get<RunStore>().ListAsync(Token), run => Assert.Equal(RunState.Finished, run.State));
        }
    }

    [Fact]
    public async Task Run_LateWorkOfAClientByTheQuarter_IsAdjustedWithTheNextQuarter()
    {
        await using var storage = await ImportAsync();
        var quarterly = await QuarterlyAsync(storage);
        await DueAsync(storage, Second);
        var before = await LateSample.BillAsync(storage, Quarter, quarterly);
        var entry = before.Dispositions.First(d => d.Kind == Core.Rating.DispositionKind.Billed && d.Activity.Kind == Core.Capture.RecordKind.Time).Activity.ExternalId;
        await SampleRun.ImportAsync(storage, [SampleRun.Edited(LateSample.Entries, records =>
        {
            var forgotten = LateSample.Forgotten(records, long.Parse(entry, System.Globalization.CultureInfo.InvariantCulture));
            records.Clear();
            records.Add(forgotten);
        })]);

        await DueAsync(storage, new DateOnly(2025, 1, 6));

        var next = new Period(Quarter.End, new DateOnly(2025, 1, 1));
        var adjusting = await LateSample.AdjustingAsync(storage, next, quarterly);
        Assert.All(adjusting, line => Assert.Equal(Quarter, line.Adjusts!.Period));
        Assert.Equal(2.25m, adjusting.Sum(line => line.Quantity));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // Whose month was billed is not billed for the quarter around it: it is named, and nothing is billed twice.
    [Fact]
    public async Task Run_CycleThatBeginsInBilledDays_SaysSo()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        await SampleRun.ImportAsync(storage, [Settings()]);

        await DueAsync(storage, Second);

        var outcome = Assert.Single(await storage.Get<BillStore>().ListAsync<ClientOutcome>(Quarter, Token));
        Assert.Equal(
            (ClientState.Quarantined, 0, "2024-09 was billed already, and 2024-07-01..2024-10-01 has some of its days once more. Have the client's cycle begin later: from under billing in its settings."),
            (outcome.State, outcome.Activities, outcome.Problem));
        Assert.Empty(await storage.Get<BillStore>().ListAsync<IssuedInvoice>(Quarter, Token));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Close_APeriodThatIsNobodys_IsRefused()
    {
        await using var storage = await ImportAsync();
        var half = new Period(new DateOnly(2024, 4, 1), new DateOnly(2024, 10, 1));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => LateSample.CloseAsync(storage, half));

        Assert.Equal("Nobody is billed by 2024-04-01..2024-10-01. The cycles of clients are under billing in the settings.", refused.Message);
        Assert.Null(await storage.Get<RunStore>().FindAsync(half, Token));
    }

    [Fact]
    public async Task Close_ByHandBeforeTheGraceIsOver_BillsWhoseMonthItIs()
    {
        await using var storage = await ImportAsync();

        await SampleRun.CloseAsync(storage);

        Assert.DoesNotContain(await QuarterlyAsync(storage), (await SampleRun.ListAsync<ClientOutcome>(storage)).Select(outcome => outcome.ClientId));
        Assert.Empty(await DueAsync(storage, First));
    }

    [Fact]
    public async Task Due_ByCommandAndApi_TellsWhatItBills()
    {
        await using var storage = await ImportAsync();
        using var program = LocalProgram.On(azurite, storage);
        var closed = await program.RunAsync("close", "--due", "--on", "2024-10-04", "--json");
        Assert.Equal(["2024-09"], closed.Json().GetProperty("closed").EnumerateArray().Select(summary => summary.GetProperty("period").GetString()));
        var again = await program.RunAsync("close", "--due", "--on", "2024-10-04");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("Nobody is due who was not billed.", again.Output + again.Error, StringComparison.Ordinal);

        await using var host = await ServedHost.StartAsync(storage);
        Assert.Contains("\"id\":\"2024-07-01..2024-10-01\"", await PostAsync(host, """{"due":true,"on":"2024-10-06"}""", HttpStatusCode.Accepted), StringComparison.Ordinal);
        await storage.Get<DueRuns>().RunAsync(Second, Token);
        var run = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("api/runs/2024-07-01..2024-10-01", UriKind.Relative), Token)).RootElement;
        Assert.Equal(("2024-07-01..2024-10-01", 1), (run.GetProperty("id").GetString(), run.GetProperty("clients").GetInt32()));
        Assert.Contains("Say which period to close", await PostAsync(host, """{"due":true,"period":"2024-09"}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("Say which period to close", await PostAsync(host, """{"due":true,"on":"4.10.2024"}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("Say which period to close", await PostAsync(host, """{"period":"2024-09","on":"2024-10-04"}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(ServedHost host, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri("api/runs", UriKind.Relative), content, Token);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static Task<IReadOnlyList<DuePeriod>> DueAsync(TestStorage storage, DateOnly on) => storage.Get<DueRuns>().RunAsync(on, Token);

    private static string Amount(IssuedInvoice invoice) => $"{invoice.ClientId} {invoice.Net} {invoice.Tax} {invoice.InvoiceDate}";

    private static async Task<string> QuarterlyAsync(TestStorage storage)
    {
        var directory = Core.Capture.ClientDirectory.Of(await storage.Get<RecordStore>().ReferencesAsync(Token));
        return Assert.Single(directory.ClientIds, clientId => directory.BillingOf(clientId).CycleMonths == 3);
    }

    private TestStorage Shared(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };

    private async Task<TestStorage> ImportAsync()
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month.Select(file => file.Name == "msp-settings.json" ? Settings() : file));
        return storage;
    }

    private static SampleFile Settings()
    {
        var settings = System.Text.Json.Nodes.JsonNode.Parse(SampleRun.File("msp-settings.json").Content)!;
        settings["billing"] = System.Text.Json.Nodes.JsonNode.Parse(Msp);
        settings["clients"]![0]!["billing"] = System.Text.Json.Nodes.JsonNode.Parse("""{"cycle":"quarterly","from":"2024-07-01","graceDays":5}""");
        return new SampleFile("msp-settings.json", Encoding.UTF8.GetBytes(settings.ToJsonString()));
    }
}
