using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Api;
using MspBilling.Tests.Local;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>A client of the sample billed in the middle of September, and the rest of the month with the others.</summary>
public sealed class RunNowTests(AzuriteFixture azurite)
{
    private static readonly DateOnly Sixteenth = new(2024, 9, 16);
    private static readonly Period First = new(new DateOnly(2024, 9, 1), Sixteenth);
    private static readonly Period Rest = new(Sixteenth, new DateOnly(2024, 10, 1));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Now_ThenTheRest_BillsEachDayOnce()
    {
        await using var storage = await ImportAsync();
        var client = await ClientAsync();

        Assert.Equal(new NowReport(First, null), await NowAsync(storage, client, Sixteenth));
        Assert.Equal(new NowReport(First, null), await NowAsync(storage, client, Sixteenth));
        var now = Assert.Single(await storage.Get<BillStore>().ListAsync<IssuedInvoice>(First, Token));
        Assert.Equal((client, Sixteenth), (now.ClientId, now.InvoiceDate));
        var name = now.ClientName;

        // September is not complete before the rest is billed, and is after.
        Assert.Equal([$"{name} is billed by 2024-09-16..2024-10-01, which is not billed yet. Close 2024-09-16..2024-10-01, too."], await ElsewhereAsync(storage));
        var due = await storage.Get<DueRuns>().RunAsync(new DateOnly(2024, 10, 1), Token);
        Assert.Empty(await ElsewhereAsync(storage));
        Assert.Equal(["2024-09", "2024-09-16..2024-10-01"], due.Select(each => each.Period.ToString()).Order());
        Assert.DoesNotContain(client, (await SampleRun.ListAsync<ClientOutcome>(storage)).Select(outcome => outcome.ClientId));
        Assert.Empty(await storage.Get<DueRuns>().RunAsync(new DateOnly(2024, 10, 1), Token));

        // Each entry is in one part, and all are in one of them, with all of their hours.
        var parts = new[] { await LateSample.BillAsync(storage, First, client), await LateSample.BillAsync(storage, Rest, client) };
        var whole = await LateSample.BillAsync(await azurite.ClosedSampleAsync(), SampleRun.September, client);
        Assert.Equal(TimeOf(whole), TimeOf(parts));
        Assert.Equal(TimeOf(whole).Count, parts.Sum(part => TimeOf(part).Count));
        Assert.All(parts, part => Assert.Contains(part.Dispositions, d => d.Activity.Kind == Core.Capture.RecordKind.Time));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Now_CutShortAndByTwoAtOnce_IsOneInvoice()
    {
        await using var undisturbed = await ImportAsync();
        var (client, all) = (await ClientAsync(), new StorageRequests());
        await using (var counted = Shared(undisturbed, all))
            await NowAsync(counted, client, Sixteenth);

        await SampleRun.BookAsync(undisturbed);
        var expected = await StorageSnapshot.ResultsAsync(undisturbed);
        foreach (var most in all.Cuts(4))
        {
            await using var storage = await ImportAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Shared(storage, requests))
                await Record.ExceptionAsync(() => NowAsync(cut, client, Sixteenth));

            await using var second = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };
            await Task.WhenAll(NowAsync(storage, client, Sixteenth), NowAsync(second, client, Sixteenth));
            await SampleRun.BookAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
        }
    }

    [Fact]
    public async Task Now_WhatComesLate_IsAdjustedWithTheRest()
    {
        await using var storage = await ImportAsync();
        var client = await ClientAsync();
        await NowAsync(storage, client, Sixteenth);
        var billed = (await LateSample.BillAsync(storage, First, client)).Dispositions.First(d => d.Kind == DispositionKind.Billed && d.Activity.Kind == Core.Capture.RecordKind.Time);
        await SampleRun.ImportAsync(storage, [SampleRun.Edited(LateSample.Entries, records =>
        {
            var forgotten = LateSample.Forgotten(records, long.Parse(billed.Activity.ExternalId, System.Globalization.CultureInfo.InvariantCulture));
            records.Clear();
            records.Add(forgotten);
        })]);

        await LateSample.CloseAsync(storage, Rest);

        var adjusting = await LateSample.AdjustingAsync(storage, Rest, client);
        Assert.All(adjusting, line => Assert.Equal(First, line.Adjusts!.Period));
        Assert.Equal(2.25m, adjusting.Where(line => line.Unit == "h").Sum(line => line.Quantity));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Now_WhereItCannotBe_SaysWhyAndChangesNothing()
    {
        await using var storage = await ImportAsync();
        var client = await ClientAsync();
        var name = (await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())).First(invoice => invoice.ClientId == client).ClientName;

        Assert.Equal("cw-none is no client that is billed.", (await NowAsync(storage, "cw-none", Sixteenth)).Problem);
        Assert.Contains($"9999-01-01 has not come yet at {name}", (await NowAsync(storage, client, new DateOnly(9999, 1, 1))).Problem, StringComparison.Ordinal);
        Assert.Empty(await storage.Get<RunStore>().ListAsync(Token));
        await SampleRun.CloseAsync(storage);
        Assert.Equal($"2024-09 was billed already for {name}, or waits for approval. What came since is on its next invoice.", (await NowAsync(storage, client, Sixteenth)).Problem);
        Assert.Equal($"2024-10 is not billed yet for {name}. Close it first, then ask again.", (await NowAsync(storage, client, new DateOnly(2024, 11, 5))).Problem);
        Assert.Empty((await storage.Get<CutStore>().ListAsync(Token))[client]);
    }

    [Fact]
    public async Task Now_ByCommandAndApi_TellsWhatItBilled()
    {
        await using var storage = await ImportAsync();
        var client = await ClientAsync();
        using var program = LocalProgram.On(azurite, storage);
        var closed = await program.RunAsync("close", "--client", client, "--now", "--on", "2024-09-16", "--json");
        Assert.Equal(("2024-09-01..2024-09-16", 1), (closed.Json().GetProperty("period").GetString(), closed.Json().GetProperty("invoices").GetArrayLength()));

        await using var host = await ServedHost.StartAsync(storage);
        Assert.Contains("2024-09-16..2024-09-20", await PostAsync(host, $$"""{"client":"{{client}}","on":"2024-09-20"}""", HttpStatusCode.Accepted), StringComparison.Ordinal);
        Assert.Contains("is no client", await PostAsync(host, """{"client":"cw-none"}""", HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("Say which period to close", await PostAsync(host, """{"client":"cw-1","due":true}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(ServedHost host, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri("api/runs", UriKind.Relative), content, Token);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static Task<NowReport> NowAsync(TestStorage storage, string client, DateOnly on) => storage.Get<InvoiceNow>().RunAsync(client, on, Token);

    private static List<string> TimeOf(params IEnumerable<ClientBill> bills) =>
    [
        .. bills.SelectMany(bill => bill.Dispositions).Where(d => d.Activity.Kind == Core.Capture.RecordKind.Time).GroupBy(d => d.Activity).Select(shares => $"{shares.Key} {shares.Sum(share => share.Quantity.Hours)}").Order(),
    ];

    // One with time on both sides of the day.
    private async Task<string> ClientAsync() =>
        (await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())).GroupBy(invoice => invoice.ClientId).Where(client => client.Count() == 1).Select(client => client.Key).Order(StringComparer.Ordinal).First();

    private TestStorage Shared(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };

    private static async Task<IEnumerable<string>> ElsewhereAsync(TestStorage storage) => (await storage.Get<OpenElsewhere>().ListAsync(SampleRun.September, Token)).Select(open => open.Words);

    private async Task<TestStorage> ImportAsync()
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(
            storage, SampleRun.Month.Select(file => file.Name == "msp-settings.json" ? DraftedSample.With(file, "billing", """{"from":"2024-09-01"}""") : file));
        return storage;
    }
}
