using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class NumberStoreTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);
    private static readonly DateOnly Day = new(2024, 10, 1);

    [Fact]
    public async Task AssignAsync_ManyAtOnce_NumbersHaveNoGapAndNoDuplicate()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;

        // Ten closes of overlapping sets of clients at once: 20 clients each, 110 in all.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(close => numbers.AssignAsync(
            Numbers("HL-{0:000000}", 2041), Day, September, [.. Enumerable.Range(close * 10, 20).Select(i => new NumberStore.Intent(September, $"cw-{i}", Currency.Of("EUR"), "bill"))], token)));

        var assigned = await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, token);
        Assert.Equal(110, assigned.Count);
        Assert.Equal(Enumerable.Range(2041, 110).Select(n => (long)n), assigned.Select(a => a.Ordinal));
        Assert.Equal(110, assigned.Select(a => a.Intent.ClientId).Distinct().Count());
    }

    // Requests: 1 what is assigned, 2 the counter, 3 the block, which then is refused because cw-0 has its number by now; the counter has not moved since.
    [Fact]
    public async Task AssignAsync_AnotherNumbersOneOfTheClientsBeforeTheCounterIsRead_NumbersTheRest()
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var requests = new StorageRequests { Meanwhile = request => request == 2 ? storage.Get<NumberStore>().AssignAsync(Numbers("{0}"), Day, September, [Intent("cw-0")], token) : Task.CompletedTask };

        var assigned = await new NumberStore(requests.On(storage)).AssignAsync(Numbers("{0}"), Day, September, [Intent("cw-0"), Intent("cw-1")], token);

        Assert.Equal([("cw-0", "1"), ("cw-1", "2")], assigned.Select(a => (a.Intent.ClientId, a.Number)));
    }

    // A block is 49 intents: each of these clients has two, so the blocks end in between.
    [Fact]
    public async Task AssignAsync_TwoHundredIntentsOfTwoCurrenciesEach_GetNumbersInTheirOrder()
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        List<NumberStore.Intent> intents = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { Intent($"cw-{i:000}"), Intent($"cw-{i:000}", "USD") })];

        var assigned = await storage.Get<NumberStore>().AssignAsync(Numbers("HL-{0:000000}", 2041), Day, September, intents, token);

        Assert.Equal(intents, assigned.Select(a => a.Intent));
        Assert.Equal(Enumerable.Range(2041, 200).Select(n => $"HL-{n:000000}"), assigned.Select(a => a.Number));
    }

    // The counter is read, then written with the block; each block is one transaction, cut or not.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(12)]
    public async Task AssignAsync_CutShort_EachClientHasAllOfItsNumbersOrNone(int requests)
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        List<NumberStore.Intent> intents = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { Intent($"cw-{i:000}"), Intent($"cw-{i:000}", "USD") })];
        var cut = new StorageRequests { Most = requests };
        try
        {
            await new NumberStore(cut.On(storage)).AssignAsync(Numbers("{0}"), Day, September, intents, token);
        }
        catch (Exception e) when (cut.IsCut(e))
        {
            // As planned.
        }

        var numbers = storage.Get<NumberStore>();
        var half = await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, token);
        Assert.All(half.GroupBy(a => a.Intent.ClientId), client => Assert.Equal(2, client.Count()));

        var all = await numbers.AssignAsync(Numbers("{0}"), Day, September, intents, token);
        Assert.Equal(intents, all.Select(a => a.Intent));
        Assert.Equal(Enumerable.Range(1, 120).Select(n => (long)n), all.Select(a => a.Ordinal));
    }

    [Fact]
    public async Task AssignAsync_IntentWithANumberAndAnotherBillNow_KeepsNumberAndBill()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;
        await numbers.AssignAsync(Numbers("{0}", 7), Day, September, [Intent("cw-1")], token);

        var again = await numbers.AssignAsync(Numbers("{0}", 7), Day, September, [Intent("cw-1") with { BillHash = "later" }, Intent("cw-1", "USD") with { BillHash = "later" }, Intent("cw-2")], token);

        Assert.Equal([(Intent("cw-1"), "7"), (Intent("cw-2"), "8")], again.Select(a => (a.Intent, a.Number)));
        Assert.Equal(Intent("cw-1"), (await numbers.FindAsync("7", token))!.Intent);
        Assert.Null(await numbers.FindAsync("9", token));
    }

    // The first number is for an MSP without any: numbers that were taken are followed, not begun anew.
    [Fact]
    public async Task AssignAsync_OtherFirstNumberLater_GoesOnWhereTheNumbersStand()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;
        var october = Period.Month(2024, 10);
        await numbers.AssignAsync(Numbers("A-{0}", 100), Day, September, [Intent("cw-1")], token);

        var later = await numbers.AssignAsync(Numbers("B-{0}"), Day, october, [Intent("cw-1") with { Period = october }], token);

        Assert.Equal(("B-101", 101), (later[0].Number, later[0].Ordinal));
        Assert.Single(await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, token));
    }

    [Fact]
    public async Task AssignAsync_PatternThatGivesATakenNumber_IsRefusedAndDoesNotTryForEver()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await numbers.AssignAsync(Numbers("same"), Day, September, [Intent("cw-1")], patience.Token);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => numbers.AssignAsync(Numbers("same"), Day, September, [Intent("cw-2")], patience.Token));

        Assert.Contains("same", refused.Message, StringComparison.Ordinal);
        Assert.Single(await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, patience.Token));
    }

    // Dollars have their own series; both restart with the year. The same client's two invoices come in one transaction.
    [Fact]
    public async Task AssignAsync_SeriesByCurrencyThatRestartYearly_EachCountsWithoutAGap()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;
        var (december, january) = (Period.Month(2024, 12), Period.Month(2025, 1));
        var series = new DocumentNumbers(
            NumberedDocument.Invoice,
            [new("euros", "E{yy}-{month}-{0:000}", 1, RestartsYearly: true), new("dollars", "{currency}{year}-{0}", 10, Currency: Currency.Of("USD"), RestartsYearly: true)]);

        await numbers.AssignAsync(series, new DateOnly(2024, 12, 1), September, [Intent("cw-1"), Intent("cw-1", "USD"), Intent("cw-2")], token);
        await numbers.AssignAsync(series, new DateOnly(2024, 12, 31), december, [Intent("cw-3") with { Period = december }], token);
        await numbers.AssignAsync(series, new DateOnly(2025, 1, 1), january, [Intent("cw-1", "USD") with { Period = january }, Intent("cw-2") with { Period = january }], token);

        Assert.Equal(["USD2024-10", "E24-12-001", "E24-12-002"], (await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, token)).Select(a => a.Number));
        Assert.Equal(["E24-12-003"], (await numbers.AssignmentsAsync(NumberedDocument.Invoice, december, token)).Select(a => a.Number));
        Assert.Equal(["USD2025-10", "E25-01-001"], (await numbers.AssignmentsAsync(NumberedDocument.Invoice, january, token)).Select(a => a.Number));
    }

    // Two series, twelve closes at once, some cut short: each counter has every number from its first to its last once.
    [Fact]
    public async Task AssignAsync_TwoSeriesAtOnceAndCutShort_HaveNeitherGapNorDuplicate()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;
        var series = new DocumentNumbers(NumberedDocument.Invoice, [new("euros", "E{0}", 1), new("dollars", "D{0}", 1, Currency: Currency.Of("USD"))]);
        async Task CloseAsync(int close)
        {
            var cut = new StorageRequests { Most = close % 2 == 0 ? int.MaxValue : close };
            List<NumberStore.Intent> intents = [.. Enumerable.Range(close * 5, 15).SelectMany(i => new[] { Intent($"cw-{i}"), Intent($"cw-{i}", "USD") })];
            try
            {
                await new NumberStore(cut.On(storage)).AssignAsync(series, Day, September, intents, token);
            }
            catch (Exception e) when (cut.IsCut(e))
            {
                // As planned.
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 12).Select(CloseAsync));

        var assigned = await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, token);
        Assert.All(assigned.GroupBy(a => a.Counter), counter => Assert.Equal(Enumerable.Range(1, counter.Count()).Select(n => (long)n), counter.Select(a => a.Ordinal)));
        Assert.All(assigned.GroupBy(a => a.Intent.ClientId), client => Assert.Equal(2, client.Count()));
        Assert.Equal(assigned.Count, assigned.Select(a => a.Number).Distinct().Count());
    }

    // Credit notes are by themselves: a client's second one gets its number whatever the first one had, and neither is among the invoices.
    [Fact]
    public async Task AssignAsync_CreditNotes_EachOnceAndApartFromTheInvoices()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;
        var notes = DocumentNumbers.Of(Records.Settings, NumberedDocument.CreditNote);
        await numbers.AssignAsync(DocumentNumbers.Of(Records.Settings, NumberedDocument.Invoice), Day, September, [Intent("cw-1")], token);

        await numbers.AssignAsync(notes, Day, September, [Intent("cw-1") with { Part = "first" }], token);
        var all = await numbers.AssignAsync(notes, Day, September, [Intent("cw-1") with { Part = "first", BillHash = "other" }, Intent("cw-1") with { Part = "second" }], token);

        Assert.Equal([("CN-HL-000001", "first", "bill"), ("CN-HL-000002", "second", "bill")], all.Select(a => (a.Number, a.Intent.Part!, a.Intent.BillHash)));
        Assert.Equal("HL-000001", Assert.Single(await numbers.AssignmentsAsync(NumberedDocument.Invoice, September, token)).Number);
        Assert.Equal("second", (await numbers.FindAsync("CN-HL-000002", token))!.Intent.Part);
    }

    private static DocumentNumbers Numbers(string pattern, long first = 1) => new(NumberedDocument.Invoice, [new NumberSeries(NumberSeries.Invoices, pattern, first)]);

    private static NumberStore.Intent Intent(string clientId, string currency = "EUR") => new(September, clientId, Currency.Of(currency), "bill");
}
