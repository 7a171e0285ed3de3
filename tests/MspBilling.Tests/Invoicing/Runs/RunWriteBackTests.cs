using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Accounting;
using MspBilling.Tests.Capture;
using MspBilling.Tests.Capture.Autotask;
using MspBilling.Tests.Capture.ConnectWise;
using MspBilling.Tests.Capture.HaloPsa;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>Invoices' numbers on the time that they bill, after a close.</summary>
public sealed class RunWriteBackTests(AzuriteFixture azurite)
{
    private const string Agreement = """
        { "id": "atlas", "client": "ATLAS", "name": "Support", "currency": "EUR", "versions": [ { "from": "2024-01-01", "lines": [
          { "kind": "time", "id": "time", "service": "Support", "rates": [ { "price": 95 } ] } ] } ] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_SourceThatIsAway_NeitherFailsNorWaitsAndLateTimeGetsItsOwnInvoicesNumber()
    {
        var writer = new FakeReferenceWriter { Answering = (_, token) => Task.Delay(Timeout.Infinite, token) };
        await using var storage = await azurite.CreateAsync(services => services.AddSingleton<IInvoiceReferenceWriter>(writer));
        foreach (var (name, text) in new[] { ("msp-settings.json", ImportFiles.Settings.Replace("\"logoPng\": \"iVBORw0KGgoAAAANSUhEUg==\", ", "", StringComparison.Ordinal)), ("company-companies.json", """[{"id":250,"identifier":"ATLAS","name":"Atlas","types":[{"id":1,"name":"Client"}],"taxCode":{"id":1,"name":"IE-VAT"}}]"""), ("agreements.json", Agreement) })
            await ImportAsync(storage, name, text);

        await ImportAsync(storage, "time-entries.json", $"[{Entry(1, 9)},{Entry(2, 9)},{Entry(3, 9, "Open")}]");
        await using (var closing = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton<IInvoiceReferenceWriter>(writer)) { IsShared = true })
            await SampleRun.CloseAsync(closing);

        Assert.Equal(WriteBackState.Waiting, Assert.Single(await storage.Get<WriteBackJob>().ListAsync(SampleRun.September, Token)).State);
        Assert.Empty(writer.Numbers);

        writer.Answering = (_, _) => Task.CompletedTask;
        await new WriteBackTimer(storage.Get<RunStore>(), storage.Get<WriteBackJob>(), storage.Get<WriteBackRunner>()).RunAsync(Token);
        Assert.Equal(["1=HL-002041", "2=HL-002041"], writer.Numbers.Select(pair => $"{pair.Key}={pair.Value}"));

        // 1 has more hours now, 3 is approved, 4 was forgotten, 5 is October's.
        await ImportAsync(storage, "time-entries.json", $"[{Entry(1, 9, hours: 2, changed: 1)},{Entry(3, 9, changed: 1)},{Entry(4, 9)},{Entry(5, 10)}]");
        await LateSample.CloseAsync(storage, LateSample.October);
        await storage.Get<WriteBackRunner>().RunAsync(LateSample.October, null, again: false, Token);

        Assert.Equal(["1=HL-002041", "2=HL-002041", "3=HL-002042", "4=HL-002042", "5=HL-002042"], writer.Numbers.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(5, writer.Asked.Distinct().Count());
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Run_EachPsa_HasTheNumberOnceHoweverOftenItRuns()
    {
        await using var connectWise = new ConnectWiseSimulator();
        connectWise.Put("time/entries", """{"id":80121,"internalNotes":"Call back"}""");
        await connectWise.StartAsync();
        using var connected = new ConnectedSource(connectWise, "InvoiceReference=internalNotes");
        await using var autotask = new AutotaskSimulator();
        await autotask.StartAsync();
        await using var pulls = new AutotaskPulls(autotask, options => options.WriteInvoiceReference = true);
        autotask.Data.Rows("TimeEntries")[3]["internalNotes"] = "Called twice.";
        await using var halo = await ConnectedHalo.StartAsync(("TimeSource", "Actions"), ("WriteInvoiceNumbers", "true"), ("OwnInvoicePrefix", "HL-"));
        await using var storage = await azurite.CreateAsync(services =>
            services.AddSingleton<IInvoiceReferenceWriter>(connected.Source).AddSingleton<IInvoiceReferenceWriter>(pulls.Source).AddSingleton<IInvoiceReferenceWriter>(halo.Source));
        var draft = InvoiceCases.Case("EUR at 23 %").Invoice;
        List<TimeEntry> time =
        [
            .. from id in new[] { ("connectwise", "80121"), ("connectwise", "80122"), ("autotask", "3"), ("halopsa", "41551/3") }
               select Captured.Time(id.Item2) with { Id = new RecordId(id.Item1, RecordKind.Time, id.Item2) },
        ];
        var bill = new ClientBill(InvoiceCases.September, "cw-1", "One", InvoiceCases.September.End, [draft], [.. time.Select(entry => Disposition.Billed(entry))], [.. time.Select(RecordVersion.Of)], null);
        var hash = await storage.Get<BillStore>().PutBillAsync(bill, Token);
        var invoice = IssuedInvoice.Of("HL-000041", bill, draft, hash, "pdf");
        var job = storage.Get<WriteBackJob>();
        Assert.True(await storage.Get<BillStore>().IssueAsync(
            new ClientOutcome(bill.Period, "cw-1", "One", ClientState.Issued, null, hash, "inputs", 0, []), [invoice], job.Of(bill, [invoice]), [], [], Token));

        await job.RunAsync(bill.Period, null, again: false, Token);
        await job.RunAsync(bill.Period, null, again: true, Token);

        Assert.Equal("Call back [Invoice HL-000041]", connectWise.List("time/entries")[80121].Json["internalNotes"]!.GetValue<string>());
        Assert.Equal("Called twice. [Invoice HL-000041]", autotask.Data.Rows("TimeEntries")[3]["internalNotes"]!.GetValue<string>());
        Assert.Equal(["""[{"id":3,"ticket_id":41551,"actioninvoicenumber":"HL-000041"}]"""], halo.Vendor.Posted);
        Assert.Equal(
            ["autotask Written 1", "connectwise Failed 1", "halopsa Written 1"], (await job.ListAsync(bill.Period, Token)).Select(value => $"{value.Source} {value.State} {value.Written}"));
    }

    private static async Task ImportAsync(TestStorage storage, string name, string text) => Assert.Empty((await storage.ImportAsync(name, Encoding.UTF8.GetBytes(text))).Problems);

    private static string Entry(int id, int month, string status = "ReadyToBill", int hours = 1, int changed = 0) =>
        $$"""
        {"id":{{id}},"company":{"id":250,"name":"Atlas"},"member":{"id":7,"name":"Tess"},"timeStart":"2024-{{month:00}}-12T09:00:00Z","actualHours":{{hours}},"status":"{{status}}","_info":{"lastUpdated":"2024-10-0{{changed + 1}}T08:00:00Z"} }
        """;
}
