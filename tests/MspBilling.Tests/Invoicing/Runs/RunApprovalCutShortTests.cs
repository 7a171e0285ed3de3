using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>An approval that ends anywhere, or happens twice or beside a close, ends in what an undisturbed one does.</summary>
public sealed class RunApprovalCutShortTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The process ends between two requests to the storage; whoever approves again ends in every invoice once, in the same order of numbers.
    [Fact]
    public async Task Approve_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        var expected = Invoices(await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync()));
        var all = new StorageRequests();
        await using (var counted = await DraftedSample.CloseAsync(azurite))
        await using (var shared = On(counted, all))
            await DraftedSample.ApproveAsync(shared);

        foreach (var most in all.Cuts(8))
        {
            await using var storage = await DraftedSample.CloseAsync(azurite);
            var requests = new StorageRequests { Most = most };
            await using (var cut = On(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => DraftedSample.ApproveAsync(cut));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await DraftedSample.ApproveAsync(storage);
            await AssertWholeAsync(storage, expected);
        }
    }

    // A close that drafts, ended between two of its requests and begun anew, leaves the same drafts.
    [Fact]
    public async Task Close_WhereAllWaitAndItsProcessEnds_EndsInTheSameDrafts()
    {
        var all = new StorageRequests();
        await using var undisturbed = await DraftedSample.ImportAsync(azurite);
        await using (var counted = On(undisturbed, all))
            await SampleRun.CloseAsync(counted);
        var expected = await StorageSnapshot.ResultsAsync(undisturbed);

        foreach (var most in all.Cuts(5))
        {
            await using var storage = await DraftedSample.ImportAsync(azurite);
            var requests = new StorageRequests { Most = most };
            await using (var cut = On(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => SampleRun.CloseAsync(cut));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await SampleRun.CloseAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
        }
    }

    // Cut short, then closed again instead of approved again: what was approved is issued, the rest waits.
    [Fact]
    public async Task Close_AfterAnApprovalThatWasCutShort_IssuesWhatWasApproved()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var drafted = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Waits).OrderBy(o => o.ClientId, StringComparer.Ordinal).ToList();
        await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, [drafted[0].ClientId, drafted[2].ClientId], "Ann Lee", null), Token);

        await SampleRun.CloseAsync(storage);

        var outcomes = (await SampleRun.ListAsync<ClientOutcome>(storage)).ToDictionary(o => o.ClientId);
        Assert.Equal((ClientState.Issued, ClientState.Draft, ClientState.Issued), (outcomes[drafted[0].ClientId].State, outcomes[drafted[1].ClientId].State, outcomes[drafted[2].ClientId].State));
        Assert.Equal("Ann Lee", outcomes[drafted[0].ClientId].Approval!.By);
    }

    // Two who approve, one who closes, each a process of its own.
    [Fact]
    public async Task Approve_TwiceAndBesideAClose_IsOneApproval()
    {
        var expected = Invoices(await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync()));
        await using var storage = await DraftedSample.CloseAsync(azurite);
        await using var second = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };
        await using var third = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };

        await Task.WhenAll(DraftedSample.ApproveAsync(storage), DraftedSample.ApproveAsync(second), SampleRun.CloseAsync(third));

        await DraftedSample.ApproveAsync(storage);
        await AssertWholeAsync(storage, expected, inOrder: false);
    }

    private static async Task AssertWholeAsync(TestStorage storage, IReadOnlyList<string> expected, bool inOrder = true)
    {
        await SampleRun.BookAsync(storage);
        var issued = await SampleRun.ListAsync<IssuedInvoice>(storage);
        Assert.Equal(inOrder ? expected : [.. expected.Select(WithoutNumber).Order(StringComparer.Ordinal)], inOrder ? Invoices(issued) : [.. Invoices(issued).Select(WithoutNumber).Order(StringComparer.Ordinal)]);
        Assert.Equal(RunState.Finished, (await storage.Get<RunStore>().FindAsync(SampleRun.September, Token))!.State);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Each document is an invoice's.
        Assert.Equal(issued.Select(i => Keys.PdfBlob(i.Period, i.Number)).Order(), (await StorageSnapshot.NamesAsync(storage.Get<BillingStorage>().Documents)).Order());
    }

    private TestStorage On(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true };

    private static IReadOnlyList<string> Invoices(IEnumerable<IssuedInvoice> invoices) => [.. invoices.Select(i => $"{i.Number} {i.ClientId} {i.Net} {i.Tax} {i.Total}").Order(StringComparer.Ordinal)];

    private static string WithoutNumber(string invoice) => invoice[(invoice.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
