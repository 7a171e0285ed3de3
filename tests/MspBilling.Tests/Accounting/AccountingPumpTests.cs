using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.Core;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Accounting;

public sealed class AccountingPumpTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly AccountingMessage Message = new(September, "cw-1", Eur);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Answers what it is told to, and remembers what it was sent.</summary>
    private sealed class ToldAccounting(Func<int, string> answer) : IAccountingSystem
    {
        private int _calls;

        public int Calls => _calls;

        public string Name => "Told";

        public Task<string> SendInvoiceAsync(string number, InvoiceDraft invoice, Period period, CancellationToken cancellationToken) =>
            Task.FromResult(answer(Interlocked.Increment(ref _calls)));

        public Task<string> SendCreditNoteAsync(string number, InvoiceDraft note, string invoice, Period period, CancellationToken cancellationToken) =>
            Task.FromResult(answer(Interlocked.Increment(ref _calls)));
    }

    [Fact]
    public async Task Pump_InvoiceThatIsTaken_IsConfirmedAndTheMessageGone()
    {
        var accounting = new ToldAccounting(_ => "booked");
        await using var storage = await IssuedAsync(accounting);
        await storage.Get<OutboxPump>().SendAsync(September, failedToo: false, Token);

        Assert.Equal(1, await storage.Get<AccountingPump>().PumpOnceAsync(Token));

        Assert.Equal(new OutboxEntry(September, "cw-1", Eur, "T-1", SyncState.Confirmed, "booked"), await EntryAsync(storage));
        Assert.Equal((0, 0), await MessagesAsync(storage));
        Assert.Equal(0, await storage.Get<OutboxPump>().SendAsync(September, failedToo: false, Token));
    }

    [Fact]
    public async Task Pump_SameMessageManyTimes_SendsTheInvoiceOnce()
    {
        var accounting = new ToldAccounting(_ => "booked");
        await using var storage = await IssuedAsync(accounting);
        await storage.Get<AccountingQueue>().SendAsync(Message, Token);
        await storage.Get<AccountingPump>().PumpOnceAsync(Token);
        for (var i = 0; i < 10; i++)
            await storage.Get<AccountingQueue>().SendAsync(Message, Token);

        Assert.Equal(10, await storage.Get<AccountingPump>().PumpOnceAsync(Token));

        Assert.Equal(1, accounting.Calls);
        Assert.Equal((0, 0), await MessagesAsync(storage));
    }

    [Fact]
    public async Task Pump_SystemThatIsAway_TriesAgainAfterTwoAndFourSeconds()
    {
        var accounting = new ToldAccounting(call => call < 3 ? throw new HttpRequestException("away") : "booked");
        await using var storage = await IssuedAsync(accounting);
        await storage.Get<AccountingQueue>().SendAsync(Message, Token);
        var pump = storage.Get<AccountingPump>();

        // A pause is from when a try began, which is before it was given back, to when the next one has ended: never less than what was asked for.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var (began, pauses) = (TimeSpan.Zero, new List<double>());
        for (var tries = 0; tries < 3; tries++)
        {
            var before = began;
            for (began = watch.Elapsed; await pump.PumpOnceAsync(Token) == 0; began = watch.Elapsed)
            {
                Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), "The message never came back.");
                Assert.Equal(SyncState.Pending, (await EntryAsync(storage)).State);
                await Task.Delay(100, Token);
            }

            pauses.Add((watch.Elapsed - before).TotalSeconds);
        }

        // Two seconds and four, of a clock that counts whole seconds; how much later it is seen is the machine's matter.
        Assert.True(pauses[1] >= 0.9 && pauses[2] >= 2.9, $"It came back after {pauses[1]:0.0} and {pauses[2]:0.0} s.");
        Assert.Equal((SyncState.Confirmed, 3), ((await EntryAsync(storage)).State, accounting.Calls));
        Assert.Equal((0, 0), await MessagesAsync(storage));
    }

    [Fact]
    public async Task Pump_LastOfFiveTries_SetsTheMessageAsideAndCanBeSentAgain()
    {
        await using var storage = await IssuedAsync(new ToldAccounting(call => call == 1 ? throw new HttpRequestException("away") : "booked"));
        var queue = storage.Get<AccountingQueue>();
        await queue.SendAsync(Message, Token);
        for (var tries = 1; tries < 5; tries++)
            await queue.RetryAsync(Assert.Single(await queue.ReceiveAsync(Token)), TimeSpan.Zero, Token);

        await storage.Get<AccountingPump>().PumpOnceAsync(Token);

        Assert.Equal((0, 1), await MessagesAsync(storage));
        Assert.Equal(
            (SyncState.Failed, "Given up after 5 tries: away Send it again with: sync --period 2024-09."), ((await EntryAsync(storage)).State, (await EntryAsync(storage)).Error));

        // The timer leaves it alone; a person who asks for it has it tried again.
        Assert.Equal(0, await storage.Get<OutboxPump>().SendAsync(September, failedToo: false, Token));
        Assert.Equal(1, await storage.Get<OutboxPump>().SendAsync(September, failedToo: true, Token));
        await storage.Get<AccountingPump>().PumpOnceAsync(Token);
        Assert.Equal((SyncState.Confirmed, null), ((await EntryAsync(storage)).State, (await EntryAsync(storage)).Error));
    }

    [Fact]
    public async Task Pump_InvoiceThatIsRefused_IsFailedWithTheWordsAndSetAside()
    {
        await using var storage = await IssuedAsync(new ToldAccounting(_ => throw new PermanentAccountingException("Invoice T-1: no tax code. Add one.")));
        await storage.Get<AccountingQueue>().SendAsync(Message, Token);

        await storage.Get<AccountingPump>().PumpOnceAsync(Token);

        Assert.Equal(new OutboxEntry(September, "cw-1", Eur, "T-1", SyncState.Failed, Error: "Invoice T-1: no tax code. Add one."), await EntryAsync(storage));
        Assert.Equal((0, 1), await MessagesAsync(storage));
    }

    // Somebody put another file in its place.
    [Fact]
    public async Task Pump_FileThatIsThereWithOtherContent_IsFailedAtTheFirstTry()
    {
        await using var storage = await IssuedAsync(null);
        await storage.Get<AccountingFileStore>().PutOnceAsync("xero", September, "T-1", "other"u8.ToArray(), Token);
        await storage.Get<AccountingQueue>().SendAsync(Message, Token);

        await storage.Get<AccountingPump>().PumpOnceAsync(Token);

        var entry = await EntryAsync(storage);
        Assert.Equal(SyncState.Failed, entry.State);
        Assert.Equal("xero/2024-09/T-1.csv exists with other content. Compare the two and delete the file if it was not imported yet.", entry.Error);
        Assert.Equal((0, 1), await MessagesAsync(storage));
    }

    [Fact]
    public async Task Pump_MessageOfAnInvoiceThatDoesNotExist_IsDroppedWithoutHarm()
    {
        var accounting = new ToldAccounting(_ => "booked");
        await using var storage = await IssuedAsync(accounting);
        await storage.Get<AccountingQueue>().SendAsync(Message with { ClientId = "cw-999" }, Token);

        Assert.Equal(1, await storage.Get<AccountingPump>().PumpOnceAsync(Token));

        Assert.Equal(0, accounting.Calls);
        Assert.Equal((0, 0), await MessagesAsync(storage));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"period\":\"?\"}")]
    [InlineData("null")]
    public async Task Pump_MessageThatCannotBeRead_IsSetAsideAndTheOthersAreHandled(string text)
    {
        await using var storage = await IssuedAsync(new ToldAccounting(_ => "booked"));
        await storage.Get<BillingStorage>().Accounting.SendMessageAsync(text, Token);
        await storage.Get<AccountingQueue>().SendAsync(Message, Token);

        await storage.Get<AccountingPump>().PumpOnceAsync(Token);

        Assert.Equal(SyncState.Confirmed, (await EntryAsync(storage)).State);
        Assert.Equal((0, 1), await MessagesAsync(storage));
        PeekedMessage aside = await storage.Get<BillingStorage>().AccountingPoison.PeekMessageAsync(Token);
        Assert.Equal(text, aside.Body.ToString());
    }

    // It took longer than the message was invisible: another pump has it by now.
    [Fact]
    public async Task Queue_MessageThatAnotherHasByNow_IsLeftToIt()
    {
        await using var storage = await azurite.CreateAsync();
        var queue = storage.Get<AccountingQueue>();
        await queue.SendAsync(Message, Token);
        var first = Assert.Single(await queue.ReceiveAsync(Token));
        await queue.RetryAsync(first, TimeSpan.Zero, Token);
        var second = Assert.Single(await queue.ReceiveAsync(Token));

        await queue.CompleteAsync(first, Token);
        await queue.RetryAsync(first, TimeSpan.Zero, Token);
        await queue.CompleteAsync(second, Token);
        await queue.CompleteAsync(second, Token);

        Assert.Equal((0, 0), await MessagesAsync(storage));
    }

    /// <summary>A storage with one issued invoice, T-1.</summary>
    /// <param name="accounting">Null takes the program's own.</param>
    private async Task<TestStorage> IssuedAsync(IAccountingSystem? accounting)
    {
        var storage = await azurite.CreateAsync(services =>
        {
            if (accounting is not null)
                services.AddSingleton(accounting);
        });
        var draft = InvoiceCases.Case("EUR at 23 %").Invoice;
        var bill = new ClientBill(September, "cw-1", "One", September.End, [draft], [], [], null);
        var hash = await storage.Get<BillStore>().PutBillAsync(bill, Token);
        await storage.Get<BillStore>().IssueAsync(
            new ClientOutcome(September, "cw-1", "One", ClientState.Issued, null, hash, "inputs", 0, []), [IssuedInvoice.Of("T-1", bill, draft, hash, "pdf")], [], [], [], Token);
        return storage;
    }

    private static async Task<OutboxEntry> EntryAsync(TestStorage storage) => (await storage.Get<BillStore>().OutboxAsync(September, "cw-1", Eur, null, null, Token))!.Value.Entry;

    private static async Task<(int Waiting, int Aside)> MessagesAsync(TestStorage storage)
    {
        var billing = storage.Get<BillingStorage>();
        QueueProperties waiting = await billing.Accounting.GetPropertiesAsync(Token);
        QueueProperties aside = await billing.AccountingPoison.GetPropertiesAsync(Token);
        return (waiting.ApproximateMessagesCount, aside.ApproximateMessagesCount);
    }
}
