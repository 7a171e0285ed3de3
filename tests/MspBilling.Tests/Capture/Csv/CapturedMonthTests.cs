using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Api;
using MspBilling.Tests.Capture.CloudEvents;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

/// <summary>A month that comes in as CSV and events alone, read as its bill.</summary>
public sealed class CapturedMonthTests(AzuriteFixture azurite)
{
    private const string Companies = """[{"id":250,"identifier":"250","name":"Corrib Foods","types":[{"id":1,"name":"Client"}],"taxCode":{"id":1,"name":"IE-VAT"},"city":"Galway","country":{"id":1,"name":"Ireland"}}]""";

    private const string Agreements = """
        agreement,client,currency,from,kind,service,quantity,price,role,increment hours,sku,unit,aggregation,markup percent
        corrib,250,EUR,2024-01-01,recurring,Managed services,,1200,,,,,,
        corrib,250,EUR,2024-01-01,recurring,Microsoft 365,counts,18.5,,,M365,seat,,
        corrib,250,EUR,2024-01-01,time,Support,,95,Engineer,0.25,,,,
        corrib,250,EUR,2024-01-01,usage,Backup,,0.02,,,GB,GB,,
        corrib,250,EUR,2024-01-01,expenses,Expenses,,,,,,,,10
        """;

    private const string Time = """
        Client;Person;Role;Date;Hours;Notes
        250;Nora;Engineer;02.09.2024;1,1;printer
        250;Nora;Engineer;02.09.2024;0:50;phone
        250;Nora;Engineer;30.09.2024;2;server
        """;

    private const string Counts = "client,product,date,quantity\n250,M365,2024-09-01,40\n250,M365,2024-09-30,42\n";
    private const string Expenses = "client,date,description,unit cost,currency\n250,2024-09-10,SSD,80,EUR\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly CsvDeclaration German = new("de-DE", Zone: "Europe/Dublin");

    [Fact]
    public async Task Close_MonthOfCsvAndEvents_IsBilledOnceAndComputedAgainAlike()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);
        var settings = ImportFiles.Settings.Replace("\"ReadyToBill\"", "\"Approved\"", StringComparison.Ordinal).Replace("\"iVBORw0KGgoAAAANSUhEUg==\"", "null", StringComparison.Ordinal);

        // The work comes before anybody knows whose it is.
        await CaptureAsync(storage, host);
        await ImportAsync(storage, "msp-settings.json", settings);
        await ImportAsync(storage, "company-companies.json", Companies);
        await ImportAsync(storage, "agreements.csv", Agreements);
        await SampleRun.CloseAsync(storage);

        // Fee 1200.00. 42 seats x 18.50 = 777.00. 1.25 + 1.00 + 2.00 h = 4.25 h x 95.00 = 403.75. 100 + 25.5 GB x 0.02 = 2.51. 80.00 + 10 % = 88.00.
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(SampleRun.September, "cw-250", Token))!;
        var bill = await storage.Get<BillStore>().GetBillAsync(SampleRun.September, "cw-250", outcome.BillHash, Token);
        Assert.True(bill.Invoices.Count == 1, $"{bill.Problem} {string.Join("; ", bill.Dispositions.Select(d => $"{d.Activity} {d.Kind} {d.Reason?.Code}"))}");
        Assert.Equal(
            [("Backup", 2.51m), ("Expenses", 88m), ("Managed services", 1200m), ("Microsoft 365", 777m), ("Support", 403.75m)],
            Assert.Single(bill.Invoices).Lines.Select(line => (line.Service, line.Amount.Amount)).OrderBy(line => line.Service, StringComparer.Ordinal));
        Assert.Equal(ClientState.Issued, outcome.State);

        // The same again, a later export of the same days in another writing, and events that were sent before.
        var before = await ResultsAsync(storage);
        Assert.All(await CaptureAsync(storage, host), state => Assert.Equal(ImportState.AlreadyImported, state));
        await ImportAsync(storage, "time-again.csv", Time.Replace(';', '\t').Replace("1,1", "1.1", StringComparison.Ordinal).Replace("02.09.2024", "2024-09-02", StringComparison.Ordinal).Replace("30.09.2024", "2024-09-30", StringComparison.Ordinal), new CsvDeclaration(Zone: "Europe/Dublin"));
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await ResultsAsync(storage));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // The same bytes, read otherwise: another import, which corrects what the first one brought where it is called alike.
    [Fact]
    public async Task Import_SameBytesDeclaredOtherwise_IsAnotherImport()
    {
        await using var storage = await azurite.CreateAsync();
        const string time = "client,person,start,hours\n250,Nora,2024-09-02 09:00,1\n";

        foreach (var (zone, expected) in new[] { ("Europe/Dublin", (ImportState.Imported, 1, 0)), ("Europe/Dublin", (ImportState.AlreadyImported, 0, 0)), ("Europe/Athens", (ImportState.Imported, 0, 1)) })
        {
            var report = await RunAsync(storage, "time.csv", time, new CsvDeclaration(Zone: zone));
            Assert.Equal(expected, (report.State, report.Added, report.Changed));
        }
    }

    [Fact]
    public async Task Post_CsvWithADeclaration_IsReadByIt()
    {
        await using var storage = await azurite.CreateAsync();
        await using var host = await ServedHost.StartAsync(storage);

        Assert.Equal((200, "time-csv?decimals=%2C&thousands=.&dates=dd.MM.yyyy&zone=Europe%2FDublin"), await PostAsync("name=time.csv&culture=de-DE&zone=Europe/Dublin"));
        Assert.Equal(400, (await PostAsync("name=time.csv&culture=nowhere")).Status);
        Assert.Equal(422, (await PostAsync("name=time.csv&zone=Europe/Dublin")).Status);

        async Task<(int Status, string? Format)> PostAsync(string query)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Time));
            content.Headers.ContentType = new("application/octet-stream");
            using var answer = await host.Http.PostAsync(new Uri("api/imports?" + query, UriKind.Relative), content, Token);
            var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
            return ((int)answer.StatusCode, json.TryGetProperty("format", out var format) ? format.GetString() : null);
        }
    }

    // The host books invoices on its own, whenever it comes to it, and notes that in the outbox.
    private static async Task<Dictionary<string, string>> ResultsAsync(TestStorage storage) =>
        (await StorageSnapshot.ResultsAsync(storage)).Where(item => !item.Key.Contains("accounting", StringComparison.Ordinal) && !item.Key.Contains("|O|", StringComparison.Ordinal)).ToDictionary();

    private static async Task<List<ImportState>> CaptureAsync(TestStorage storage, ServedHost host)
    {
        string[] events = [UsageEvents.Usage("1"), UsageEvents.Usage("2", 25.5m)];
        await host.Http.SendAsync(UsageEvents.Batch, UsageEvents.List(events));
        return
        [
            (await ImportAsync(storage, "time.csv", Time, German)).State,
            (await ImportAsync(storage, "counts.csv", Counts)).State,
            (await ImportAsync(storage, "expenses.csv", Expenses)).State,
        ];
    }

    private static async Task<ImportReport> ImportAsync(TestStorage storage, string name, string text, CsvDeclaration? declaration = null)
    {
        var report = await RunAsync(storage, name, text, declaration ?? new CsvDeclaration());
        Assert.True(report.Problems.Count == 0, string.Join("\n", report.Problems));
        return report;
    }

    private static async Task<ImportReport> RunAsync(TestStorage storage, string name, string text, CsvDeclaration declaration)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var (format, problem) = ImportReader.Declare(name, null, declaration, content);
        Assert.Null(problem);
        return await storage.Get<ImportJob>().RunAsync(name, format, content, Token);
    }
}
