using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>October after September: what came late to September stands on October's invoices, once.</summary>
public sealed class RunAdjustmentTests(AzuriteFixture azurite)
{
    private const string Entries = "time-entries.json";
    private static readonly Period October = Period.Month(2024, 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Section 8 of the design: at most 12 storage transactions an invoice.
    [Fact]
    public async Task Close_NothingChangedInTheMonthBefore_TakesAtMostTwelveTransactionsAnInvoice()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleMonth.Generate());
        await SampleRun.CloseAsync(storage);
        var requests = new StorageRequests();

        await using (var counted = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true })
            await CloseOctoberAsync(counted);

        var invoices = (await storage.Get<BillStore>().ListAsync<IssuedInvoice>(October, Token)).Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Count} requests, {invoices} invoices");
        Assert.InRange(requests.Count, invoices, 12 * invoices);
    }

    [Fact]
    public async Task Close_LateAndChangedEntries_AreAdjustedOnceAndTheInvoicesThatWereIssuedStay()
    {
        await using var storage = await azurite.CreateAsync();
        var (changed, moved, movedTo) = await SeptemberWithLateWorkAsync(storage);
        var september = Of(await StorageSnapshot.ResultsAsync(storage), "2024-09", nameof(IssuedInvoice));

        await CloseOctoberAsync(storage);

        var bills = storage.Get<BillStore>();
        Assert.Equal(september, Of(await StorageSnapshot.ResultsAsync(storage), "2024-09", nameof(IssuedInvoice)));
        var lines = await AdjustingAsync(storage, changed.Client);

        // 2.25 h forgotten and 1.50 h more of the entry that had 0.50 h; less the 0.50 h that moved, where that was this client's.
        Assert.Equal(2.25m + 1.5m - (moved.Client == changed.Client ? 0.5m : 0), lines.Sum(line => line.Details.Sum(d => d.Quantity)));
        Assert.Contains(await AdjustingAsync(storage, movedTo), line => line.Details.Any(d => d.Quantity == 0.5m));
        Assert.DoesNotContain(await bills.ListAsync<Hold>(SampleRun.September, Token), hold => hold.Reason == Reason.Late);
        Assert.Empty(await storage.Get<TouchedPeriodStore>().ListAsync(Token));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Closed again, October as September, nothing is new.
        var before = await StorageSnapshot.EverythingAsync(storage);
        await CloseOctoberAsync(storage);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Close_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        var all = new StorageRequests();
        await using var storage = await azurite.CreateAsync();
        await SeptemberWithLateWorkAsync(storage);
        var (start, before) = (await StorageState.TakeAsync(storage), await StorageSnapshot.EverythingAsync(storage));
        await using (var counted = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => all.On(storage.Configuration))) { IsShared = true })
            await CloseOctoberAsync(counted);
        var expected = await StorageSnapshot.ResultsAsync(storage);

        const int points = 8;
        for (var point = 1; point <= points; point++)
        {
            await start.RestoreAsync();
            StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));

            // Most of what adjusts is written at the end.
            var requests = new StorageRequests { Most = all.Count - ((points - point) * (points - point) * all.Count / (points * points)) - 1 };
            await using (var cut = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true })
            {
                var ended = await Record.ExceptionAsync(() => CloseOctoberAsync(cut));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await CloseOctoberAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
        }
    }

    private static Task CloseOctoberAsync(TestStorage storage) => storage.Get<BillingRunner>().Start(October).Task;

    /// <summary>September invoiced; then 2.25 h that were forgotten, 0.50 h that were 2.00 h, and 0.50 h that were another client's.</summary>
    private static async Task<((string Client, long Id) Changed, (string Client, long Id) Moved, string MovedTo)> SeptemberWithLateWorkAsync(TestStorage storage)
    {
        await SampleRun.ImportAsync(storage, SampleMonth.Generate());
        await SampleRun.CloseAsync(storage);
        var billed = new List<(string Client, long Id)>();
        foreach (var outcome in (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.State == ClientState.Issued).OrderBy(o => o.ClientId, StringComparer.Ordinal))
        {
            var bill = await storage.Get<BillStore>().GetBillAsync(SampleRun.September, outcome.ClientId, outcome.BillHash, Token);
            billed.AddRange(bill.Dispositions.Where(d => d.Kind == DispositionKind.Billed && d.Quantity.Hours == 0.5m).Select(d => (outcome.ClientId, long.Parse(d.Activity.ExternalId, System.Globalization.CultureInfo.InvariantCulture))));
        }

        var (changed, moved) = (billed[0], billed.First(b => b.Client != billed[0].Client));
        var movedTo = billed.Select(b => b.Client).Last(client => client != moved.Client);
        await SampleRun.ImportAsync(storage, [SampleRun.Edited(Entries, records =>
        {
            var forgotten = records.Numbered(changed.Id).DeepClone();
            forgotten["id"] = 99_999;
            forgotten["actualHours"] = 2.25m;
            var more = Changed(records, changed.Id, entry => entry["actualHours"] = 2m);
            var elsewhere = Changed(records, moved.Id, entry =>
            {
                entry["company"]!["id"] = long.Parse(movedTo[3..], System.Globalization.CultureInfo.InvariantCulture);
                entry["agreement"] = null;
            });
            records.Clear();
            records.Add(forgotten);
            records.Add(more);
            records.Add(elsewhere);
        })]);
        return (changed, moved, movedTo);
    }

    private static JsonNode Changed(JsonArray records, long id, Action<JsonNode> change)
    {
        var record = records.Numbered(id).DeepClone();
        change(record);
        record["_info"]!["lastUpdated"] = "2024-10-20T08:00:00Z";
        return record;
    }

    private static async Task<List<RatedLine>> AdjustingAsync(TestStorage storage, string clientId)
    {
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(October, clientId, Token))!;
        var bill = await storage.Get<BillStore>().GetBillAsync(October, clientId, outcome.BillHash, Token);
        return [.. bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => line.Adjusts is not null)];
    }

    private static List<KeyValuePair<string, string>> Of(SortedDictionary<string, string> results, string partition, string kind) =>
        [.. results.Where(r => r.Key.Contains(partition, StringComparison.Ordinal) && r.Value.EndsWith(kind, StringComparison.Ordinal))];
}
