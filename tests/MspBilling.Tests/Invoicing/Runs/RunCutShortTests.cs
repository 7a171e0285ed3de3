using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>A close that ends anywhere, and is started again, ends in what an undisturbed one does.</summary>
public sealed class RunCutShortTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_CutBeforeOrAfterAStep_EndsInTheSame()
    {
        var expected = await StorageSnapshot.ResultsAsync(await azurite.ClosedSampleAsync());
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        var calls = 3 + (await SampleRun.ListAsync<ClientOutcome>(await azurite.ClosedSampleAsync())).Count
            + (await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())).Select(i => i.ClientId).Distinct().Count();

        // Before and after the calls in turn.
        foreach (var boundary in SweepSample.Of(2 * calls, 9))
        {
            var (call, before) = (boundary / 2, boundary % 2 == 0);
            await using (var cut = new TestStorage(azurite.ConnectionString, storage.Prefix, services => Cut(services, call, before)) { IsShared = true })
                await Assert.ThrowsAsync<CutException>(() => SampleRun.CloseAsync(cut));

            await SampleRun.CloseAsync(storage);
            await SampleRun.BookAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
            await ForgetTheCloseAsync(storage);
        }
    }

    // The process ends between two requests to the storage: no more of them go through.
    [Fact]
    public async Task Close_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        var expected = await StorageSnapshot.ResultsAsync(await azurite.ClosedSampleAsync());
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        var all = new StorageRequests();
        await using (var counted = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => all.On(storage.Configuration))) { IsShared = true })
            await SampleRun.CloseAsync(counted);

        // Section 8 of the design: at most 12 storage transactions an invoice.
        var invoices = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests, {invoices} invoices");
        Assert.InRange(all.Count, invoices, 12 * invoices);
        await ForgetTheCloseAsync(storage);

        foreach (var most in all.Cuts(10))
        {
            var requests = new StorageRequests { Most = most };
            await using (var cut = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true })
            {
                var ended = await Record.ExceptionAsync(() => SampleRun.CloseAsync(cut));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await SampleRun.CloseAsync(storage);
            await SampleRun.BookAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
            await ForgetTheCloseAsync(storage);
        }
    }

    // What September's numbered bills adjust and carry on is not to be seen before they are issued.
    [Fact]
    public async Task Close_WhileAnEarlierOneHasNumbersOfNoInvoice_SaysWhatToCloseFirst()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        var drafted = 2 + (await SampleRun.ListAsync<ClientOutcome>(await azurite.ClosedSampleAsync())).Count;
        await using (var cut = new TestStorage(azurite.ConnectionString, storage.Prefix, services => Cut(services, drafted, before: true)) { IsShared = true })
            await Assert.ThrowsAsync<CutException>(() => SampleRun.CloseAsync(cut));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => LateSample.CloseAsync(storage, LateSample.October));
        Assert.Equal("The close of 2024-09 has given numbers to invoices that it has not issued yet. Close it again, then 2024-10.", refused.Message);

        await SampleRun.CloseAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
    }

    private static void Cut(IServiceCollection services, int call, bool before)
    {
        services.AddScoped<BillingRunSteps>();
        services.AddScoped<IBillingRunSteps>(scope => new CutSteps(scope.GetRequiredService<BillingRunSteps>(), call, before));
    }

    private static async Task ForgetTheCloseAsync(TestStorage storage)
    {
        var billing = storage.Get<BillingStorage>();
        foreach (var table in new[] { billing.Bills, billing.Numbers, billing.Runs })
        {
            var rows = await StorageSnapshot.RowsAsync(table);
            await JsonRow.SubmitAsync(table, rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)), 4, Token);
        }

        foreach (var container in new[] { billing.BillBlobs, billing.Documents, billing.AccountingFiles })
            await DeleteAllAsync(container);
        await billing.Accounting.ClearMessagesAsync(Token);
    }

    private static async Task DeleteAllAsync(BlobContainerClient container) =>
        await Task.WhenAll((await StorageSnapshot.NamesAsync(container)).Select(name => container.DeleteBlobAsync(name, cancellationToken: Token)));

    private sealed class CutException : Exception;

    /// <summary>Carries the steps out until one call, and none after it.</summary>
    private sealed class CutSteps(IBillingRunSteps steps, int call, bool before) : IBillingRunSteps
    {
        private int _calls;

        public Task<RunStart> StartAsync(Period period, IReadOnlyList<string>? clients) => StepAsync(() => steps.StartAsync(period, clients));

        public Task<DraftedClient> DraftAsync(Period period, string clientId) => StepAsync(() => steps.DraftAsync(period, clientId));

        public Task<IReadOnlyList<NumberStore.Intent>> ApprovedAsync(Period period) => StepAsync(() => steps.ApprovedAsync(period));

        public Task<IReadOnlyList<NumberStore.Assignment>> AssignNumbersAsync(Period period, IReadOnlyList<NumberStore.Intent> intents) =>
            StepAsync(() => steps.AssignNumbersAsync(period, intents));

        public Task<IssuedClient> IssueAsync(Period period, IReadOnlyList<NumberStore.Assignment> assignments) => StepAsync(() => steps.IssueAsync(period, assignments));

        public Task FinishAsync(Period period) => StepAsync(async () => { await steps.FinishAsync(period); return 0; });

        private async Task<T> StepAsync<T>(Func<Task<T>> step)
        {
            var mine = Interlocked.Increment(ref _calls) - 1;
            if (mine > call || (mine == call && before))
                throw new CutException();
            var done = await step();
            return mine == call ? throw new CutException() : done;
        }
    }
}
