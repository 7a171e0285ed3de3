using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.App.Reports;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Capture.PartnerCenter;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>September's invoices are credited in October, and October is closed.</summary>
public sealed class RunCreditTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2024, 10, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credit_WholeAndRestocked_IsBilledAgainByTheNextCloseOnce()
    {
        await using var storage = await ClosedAsync();
        var invoice = await WithTimeAsync(storage);
        var captured = await SampleRun.CapturedAsync(storage);
        var request = new CreditRequest("r-1", null, true, "Ann Lee", "wrong project");

        var (note, problem) = await storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, request, Token);

        Assert.Null(problem);
        Assert.Equal((invoice.Number, invoice.Net, invoice.Tax, invoice.Total, new DateOnly(2024, 10, 20)), (note!.Invoice, note.Net, note.Tax, note.Total, note.Date));
        Assert.NotEqual(invoice.Number, note.Number);
        var credited = await OfAsync(storage, invoice);
        Assert.Equal((0m, invoice.Total, InvoiceState.Void), (credited.Balance.Amount, credited.Credited, credited.State));
        Assert.Contains(await SampleRun.ListAsync<Hold>(storage), hold => hold.Reason == Reason.Credited && hold.ClientId == invoice.ClientId && hold.Detail!.EndsWith("was credited: Ann Lee, wrong project.", StringComparison.Ordinal));
        Assert.Equal(captured, await SampleRun.CapturedAsync(storage));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Asked for again, closed again: nothing is new.
        var before = await StorageSnapshot.EverythingAsync(storage);
        Assert.Equal(note.Number, (await storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, request, Token)).Note!.Number);
        Assert.StartsWith("The id r-1 was given before", (await storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, request with { Restocks = false }, Token)).Problem, StringComparison.Ordinal);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));

        await LateSample.CloseAsync(storage, LateSample.October);
        var again = await LateSample.AdjustingAsync(storage, LateSample.October, invoice.ClientId);
        Assert.Equal(invoice.Net.Amount, again.Where(line => line.Amount.Currency == invoice.Currency).Sum(line => line.Net.Amount));
        Assert.DoesNotContain(await SampleRun.ListAsync<Hold>(storage), hold => hold.Reason == Reason.Credited);
        Assert.Equal(captured, await SampleRun.CapturedAsync(storage));
        await LateSample.CloseAsync(storage, LateSample.November);
        Assert.Empty(await LateSample.AdjustingAsync(storage, LateSample.November, invoice.ClientId));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Credit_ByLineWithoutRestocking_GivesTheMoneyAndBillsNothingAgain()
    {
        await using var storage = await ClosedAsync();
        var invoice = await WithTimeAsync(storage);
        var revenue = (await storage.Get<ReportReader>().RevenueAsync(SampleRun.September, null, Token)).ByClient.Sum(row => row.Net.Currency == invoice.Currency ? row.Net.Amount : 0);

        var (note, _) = await storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, new CreditRequest(null, [new CreditedAmount(1, 1)], false, "Ann Lee", "goodwill"), Token);

        Assert.Equal(1, note!.Net.Amount);
        Assert.Equal(invoice.Total - note.Total, (await OfAsync(storage, invoice)).Balance);
        Assert.Equal(revenue - 1, (await storage.Get<ReportReader>().RevenueAsync(SampleRun.September, null, Token)).ByClient.Sum(row => row.Net.Currency == invoice.Currency ? row.Net.Amount : 0));
        await SampleRun.BookAsync(storage);
        await storage.Get<App.Accounting.OutboxPump>().SendAsync(SampleRun.September, failedToo: false, Token);
        await SampleRun.BookAsync(storage);
        var entry = (await SampleRun.ListAsync<OutboxEntry>(storage)).Single(each => each.Number == note.Number);
        Assert.Equal((SyncState.Confirmed, invoice.Number), (entry.State, entry.Credits));
        Assert.Contains($"xero/2024-09/{note.Number}.csv", entry.Reference, StringComparison.Ordinal);

        await LateSample.CloseAsync(storage, LateSample.October);
        Assert.Empty(await LateSample.AdjustingAsync(storage, LateSample.October, invoice.ClientId));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Credit_TenAtOnce_NeverExceedTheInvoiceAndHaveNumbersWithoutGap()
    {
        await using var storage = await ClosedAsync();
        var invoice = await WithTimeAsync(storage);
        var half = new CreditRequest(null, [new CreditedAmount(1, Rounded(await LineAsync(storage, invoice, 1) * 0.4m))], false, "Ann Lee", "at once");

        var notes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, half with { Id = $"r-{i}" }, Token)));

        // Two times 40 % of the line fit, and not three times.
        var made = notes.Select(each => each.Note).OfType<IssuedCreditNote>().ToList();
        Assert.Equal(2, made.Count);
        Assert.Equal(8, notes.Count(each => each.Problem is not null));
        Assert.Equal([1L, 2L], (await storage.Get<NumberStore>().AssignmentsAsync(Core.Capture.NumberedDocument.CreditNote, SampleRun.September, Token)).Select(each => each.Ordinal));
        Assert.Equal(invoice.Total - made[0].Total - made[1].Total, (await OfAsync(storage, invoice)).Balance);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // The process ends between two requests to the storage, and the request is sent again, or the timer goes on with it.
    [Fact]
    public async Task Credit_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        await using var storage = await ClosedAsync();
        var invoice = await WithTimeAsync(storage);
        var start = await StorageState.TakeAsync(storage);
        var request = new CreditRequest("r-1", null, true, "Ann Lee", "wrong project");
        var all = new StorageRequests();
        await using (var counted = Cut(storage, all))
            await counted.Get<InvoiceCredits>().CreditAsync(invoice.Number, request, Token);
        var expected = await StorageSnapshot.ResultsAsync(storage);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");

        foreach (var most in all.Cuts(12))
        {
            await start.RestoreAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Cut(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.Get<InvoiceCredits>().CreditAsync(invoice.Number, request, Token));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await storage.Get<LedgerTimer>().RunAsync(Token);
            var (note, problem) = await storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, request, Token);
            Assert.Null(problem);
            Assert.NotNull(note);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
            Assert.Empty(await storage.Get<LedgerStore>().MarkedAsync(Token));
        }
    }

    private async Task<TestStorage> ClosedAsync()
    {
        var storage = await azurite.CreateAsync(Clock);
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        return storage;
    }

    private static void Clock(IServiceCollection services) => services.AddSingleton<TimeProvider>(new StandingClock(Noon)).AddSingleton<LedgerTimer>();

    private TestStorage Cut(TestStorage storage, StorageRequests requests) => new(azurite.ConnectionString, storage.Prefix, services =>
    {
        Clock(services);
        services.AddSingleton(_ => requests.On(storage.Configuration));
    })
    { IsShared = true };

    private static async Task<IssuedInvoice> WithTimeAsync(TestStorage storage)
    {
        foreach (var invoice in (await SampleRun.ListAsync<IssuedInvoice>(storage)).OrderBy(invoice => invoice.Number, StringComparer.Ordinal))
        {
            var bill = await storage.Get<BillStore>().GetBillAsync(invoice.Period, invoice.ClientId, invoice.BillHash, Token);
            if (bill.Invoices.Count == 1 && bill.Dispositions.Any(d => d.Kind == DispositionKind.Billed && d.Quantity.Hours > 0))
                return invoice;
        }

        throw new InvalidOperationException("No invoice of the sample bills time.");
    }

    private static async Task<IssuedInvoice> OfAsync(TestStorage storage, IssuedInvoice invoice) => (await storage.Get<StoredInvoices>().FindAsync(invoice.Number, Token))!;

    private static async Task<decimal> LineAsync(TestStorage storage, IssuedInvoice invoice, int number) =>
        (await storage.Get<StoredInvoices>().WholeAsync(invoice, Token)).Draft.Numbered.Single(line => line.Number == number).Line.Net.Amount;

    private static decimal Rounded(decimal amount) => decimal.Floor(amount * 100) / 100;
}
