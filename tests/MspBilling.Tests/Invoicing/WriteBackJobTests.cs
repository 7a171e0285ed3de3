using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Accounting;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>Invoice T-1 of September and the time that it bills.</summary>
public sealed class WriteBackJobTests(AzuriteFixture azurite)
{
    private static readonly Period September = InvoiceCases.September;
    private static readonly Currency Eur = Currency.Of("EUR");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ProcessEndsAnywhere_EachEntryHasTheNumberOnce()
    {
        const int entries = 45;
        var writer = new FakeReferenceWriter();
        await using var storage = await IssuedAsync(writer, entries);
        var all = new StorageRequests();
        await using (var counted = Another(storage, writer, all))
            await RunAsync(counted);

        for (var most = 0; most < all.Count; most++)
        {
            await ForgetAsync(storage, writer);
            var requests = new StorageRequests { Most = most };
            await using (var cut = Another(storage, writer, requests))
                Assert.True(requests.IsCut(await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(cut))));
            await AssertWrittenByTheNextAsync(storage, writer, entries);
        }

        // Before an entry is kept, and between that and our note of it.
        foreach (var (call, before) in new[] { (1, true), (1, false), (20, false), (21, true), (45, false) })
        {
            await ForgetAsync(storage, writer);
            using var end = new CancellationTokenSource();
            var calls = 0;
            writer.Answering = (_, token) => before && ++calls == call ? EndAsync(end, token) : Task.CompletedTask;
            writer.Kept = _ => { if (!before && ++calls == call) { end.Cancel(); end.Token.ThrowIfCancellationRequested(); } };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Get<WriteBackJob>().RunAsync(September, null, again: false, end.Token));
            (writer.Answering, writer.Kept) = ((_, _) => Task.CompletedTask, _ => { });
            await AssertWrittenByTheNextAsync(storage, writer, entries);
        }
    }

    [Fact]
    public async Task Run_EntriesThatAreNotTaken_AreToldAndStopNoOthers()
    {
        var writer = new FakeReferenceWriter { Gone = { "3" } };
        await using var storage = await IssuedAsync(writer, 8);
        writer.Answering = (id, _) => id switch
        {
            "1" => throw FakeReferenceWriter.Failure(SourceFailure.Refused, "ConnectWise PSA answered with 400: The time sheet is closed. Open it."),
            "2" => throw FakeReferenceWriter.Failure(SourceFailure.Unavailable, "ConnectWise PSA answered with 500."),
            "5" => throw new InvalidOperationException("A defect."),
            _ => Task.CompletedTask,
        };

        await RunAsync(storage);

        Assert.Equal(["4", "6", "7", "8"], writer.Numbers.Keys);
        var told = await StandsAsync(storage);
        Assert.Equal((WriteBackState.Waiting, 8, 4, null), (told.State, told.Entries, told.Written, told.Problem));
        Assert.Equal(
            [
                ("1", "ConnectWise PSA answered with 400: The time sheet is closed. Open it.", true),
                ("2", "ConnectWise PSA answered with 500.", false),
                ("3", "It was deleted there. Look at whether T-1 should have billed it; pull --full --sweep has the next invoice take it back.", true),
                ("5", "It failed: A defect.", false),
            ],
            told.Left.Select(time => (time.Activity.ExternalId, time.Problem, time.IsGivenUp)));

        // The timer asks for what was not refused, and a person for all of them.
        writer.Asked.Clear();
        writer.Answering = (id, _) => id == "1" ? throw FakeReferenceWriter.Failure(SourceFailure.Refused, "Closed.") : Task.CompletedTask;
        await RunAsync(storage);
        Assert.Equal(["2", "5"], writer.Asked);
        Assert.Equal(WriteBackState.Failed, (await StandsAsync(storage)).State);
        await RunAsync(storage);
        Assert.Equal(["2", "5"], writer.Asked);

        writer.Answering = (_, _) => Task.CompletedTask;
        await storage.Get<WriteBackJob>().RunAsync(September, null, again: true, Token);
        Assert.Equal(["2", "5", "1", "3"], writer.Asked);
        Assert.Equal(["3"], (await StandsAsync(storage)).Left.Select(time => time.Activity.ExternalId));
    }

    [Theory]
    [InlineData(SourceFailure.Unavailable, 3)]
    [InlineData(SourceFailure.Unauthorized, 3)]
    [InlineData(SourceFailure.Throttled, 1)]
    public async Task Run_SourceThatDoesNotAnswer_IsLeftAloneUntilTheNextTime(SourceFailure failure, int asked)
    {
        var writer = new FakeReferenceWriter { Answering = (_, _) => throw FakeReferenceWriter.Failure(failure, "Not now.") };
        await using var storage = await IssuedAsync(writer, 8);

        await RunAsync(storage);

        Assert.Equal(asked, writer.Asked.Count);
        var told = await StandsAsync(storage);
        Assert.Equal((WriteBackState.Waiting, "Not now.", 0), (told.State, told.Problem, told.Written));

        writer.Answering = (_, _) => Task.CompletedTask;
        await RunAsync(storage);
        told = await StandsAsync(storage);
        Assert.Equal((WriteBackState.Written, null, 8), (told.State, told.Problem, told.Written));
        Assert.Equal(Enumerable.Repeat("T-1", 8), writer.Numbers.Values);
    }

    // Three that always fail would end every visit before the others' turn.
    [Fact]
    public async Task Run_EntriesThatAlwaysFail_KeepNothingElseBack()
    {
        var writer = new FakeReferenceWriter { Answering = (id, _) => id is "1" or "2" or "3" ? throw FakeReferenceWriter.Failure(SourceFailure.Unavailable, "500.") : Task.CompletedTask };
        await using var storage = await IssuedAsync(writer, 8);

        await RunAsync(storage);
        Assert.Empty(writer.Numbers);
        await RunAsync(storage);

        Assert.Equal(["4", "5", "6", "7", "8"], writer.Numbers.Keys);
    }

    [Fact]
    public async Task Run_NotAskedFor_WritesNothingUntilItIsAndSomebodyAsks()
    {
        var silent = new FakeReferenceWriter { IsAsked = false };
        await using var storage = await IssuedAsync(silent, 2);
        await storage.Get<WriteBackJob>().RunAsync(September, null, again: true, Token);
        Assert.Empty(silent.Asked);
        Assert.Empty(await storage.Get<WriteBackJob>().ListAsync(September, Token));

        var writer = new FakeReferenceWriter();
        await using var later = Another(storage, writer, null);
        await RunAsync(later);
        Assert.Empty(writer.Asked);
        await later.Get<WriteBackJob>().RunAsync(September, "connectwise", again: true, Token);
        Assert.Equal(["1", "2"], writer.Numbers.Keys);
    }

    private static Task RunAsync(TestStorage storage) => storage.Get<WriteBackJob>().RunAsync(September, null, again: false, Token);

    private static async Task<WriteBack> StandsAsync(TestStorage storage) => Assert.Single(await storage.Get<WriteBackJob>().ListAsync(September, Token));

    private static async Task EndAsync(CancellationTokenSource end, CancellationToken token)
    {
        await end.CancelAsync();
        token.ThrowIfCancellationRequested();
    }

    private static async Task AssertWrittenByTheNextAsync(TestStorage storage, FakeReferenceWriter writer, int entries)
    {
        await RunAsync(storage);
        Assert.Equal(Enumerable.Repeat("T-1", entries), writer.Numbers.Values);

        // No more are asked for twice than are noted at once.
        Assert.InRange(writer.Asked.Count, entries, entries + 20);
        Assert.Equal((WriteBackState.Written, entries), ((await StandsAsync(storage)).State, (await StandsAsync(storage)).Written));
    }

    private static async Task ForgetAsync(TestStorage storage, FakeReferenceWriter writer)
    {
        await storage.Get<BillingStorage>().Bills.UpsertEntityAsync(WriteBackStore.Row(new WriteBack(September, "cw-1", Eur, "T-1", "connectwise")), TableUpdateMode.Replace, Token);
        writer.Numbers.Clear();
        writer.Asked.Clear();
    }

    private TestStorage Another(TestStorage storage, FakeReferenceWriter writer, StorageRequests? requests) => new(azurite.ConnectionString, storage.Prefix, services =>
    {
        services.AddSingleton<IInvoiceReferenceWriter>(writer);
        if (requests is not null)
            services.AddSingleton(_ => requests.On(storage));
    })
    { IsShared = true };

    private async Task<TestStorage> IssuedAsync(FakeReferenceWriter writer, int entries)
    {
        var storage = await azurite.CreateAsync(services => services.AddSingleton<IInvoiceReferenceWriter>(writer));
        var draft = InvoiceCases.Case("EUR at 23 %").Invoice;
        var time = Enumerable.Range(1, entries).Select(id => Captured.Time(id.ToString(CultureInfo.InvariantCulture))).ToList();
        var bill = new ClientBill(September, "cw-1", "One", September.End, [draft], [.. time.Select(entry => Disposition.Billed(entry, "Workplace care"))], [.. time.Select(RecordVersion.Of)], null);
        var hash = await storage.Get<BillStore>().PutBillAsync(bill, Token);
        var invoice = IssuedInvoice.Of("T-1", bill, draft, hash, "pdf");
        var outcome = new ClientOutcome(September, "cw-1", "One", ClientState.Issued, null, hash, "inputs", 0, []);
        Assert.True(await storage.Get<BillStore>().IssueAsync(outcome, [invoice], storage.Get<WriteBackJob>().Of(bill, [invoice]), [], [], Token));
        return storage;
    }
}
