using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>October after September: what came late to September stands on October's invoices, once.</summary>
public sealed class RunAdjustmentTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Section 8 of the design: at most 12 storage transactions an invoice.
    [Fact]
    public async Task Close_NothingChangedInTheMonthBefore_TakesAtMostTwelveTransactionsAnInvoice()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        var requests = new StorageRequests();

        await using (var counted = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true })
            await LateSample.CloseAsync(counted, LateSample.October);

        var invoices = (await storage.Get<BillStore>().ListAsync<IssuedInvoice>(LateSample.October, Token)).Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Count} requests, {invoices} invoices");
        Assert.InRange(requests.Count, invoices, 12 * invoices);
    }

    [Fact]
    public async Task Close_LateAndChangedEntries_AreAdjustedOnceAndTheInvoicesThatWereIssuedStay()
    {
        await using var storage = await azurite.CreateAsync();
        var (changed, moved, movedTo) = await LateSample.SeptemberWithLateWorkAsync(storage);
        var september = Of(await StorageSnapshot.ResultsAsync(storage), "2024-09", nameof(IssuedInvoice));

        await LateSample.CloseAsync(storage, LateSample.October);

        var bills = storage.Get<BillStore>();
        Assert.Equal(september, Of(await StorageSnapshot.ResultsAsync(storage), "2024-09", nameof(IssuedInvoice)));
        var lines = await LateSample.AdjustingAsync(storage, LateSample.October, changed.Client);

        // 2.25 h forgotten and 1.50 h more of the entry that had 0.50 h; less the 0.50 h that moved, where that was this client's.
        Assert.Equal(2.25m + 1.5m - (moved.Client == changed.Client ? 0.5m : 0), lines.Sum(line => line.Details.Sum(d => d.Quantity)));
        Assert.Contains(await LateSample.AdjustingAsync(storage, LateSample.October, movedTo), line => line.Details.Any(d => d.Quantity == 0.5m));
        Assert.DoesNotContain(await bills.ListAsync<Hold>(SampleRun.September, Token), hold => hold.Reason == Reason.Late);
        Assert.Empty(await storage.Get<TouchedPeriodStore>().ListAsync(Token));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Closed again, October as September, nothing is new.
        var before = await StorageSnapshot.EverythingAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Close_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        var all = new StorageRequests();
        await using var storage = await azurite.CreateAsync();
        await LateSample.SeptemberWithLateWorkAsync(storage);
        var (start, before) = (await StorageState.TakeAsync(storage), await StorageSnapshot.EverythingAsync(storage));
        await using (var counted = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => all.On(storage.Configuration))) { IsShared = true })
            await LateSample.CloseAsync(counted, LateSample.October);
        var expected = await StorageSnapshot.ResultsAsync(storage);

        // Most of what adjusts is written at the end.
        foreach (var most in all.Cuts(6, atTheEnd: true))
        {
            await start.RestoreAsync();
            StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));

            var requests = new StorageRequests { Most = most };
            await using (var cut = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true })
            {
                var ended = await Record.ExceptionAsync(() => LateSample.CloseAsync(cut, LateSample.October));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await LateSample.CloseAsync(storage, LateSample.October);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
        }
    }

    private static List<KeyValuePair<string, string>> Of(SortedDictionary<string, string> results, string partition, string kind) =>
        [.. results.Where(r => r.Key.Contains(partition, StringComparison.Ordinal) && r.Value.EndsWith(kind, StringComparison.Ordinal))];
}
