using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class NumberStoreTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);

    [Fact]
    public async Task AssignAsync_ManyAtOnce_NumbersHaveNoGapAndNoDuplicate()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;

        // Ten closes of overlapping sets of clients at once: 20 clients each, 110 in all.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(close => numbers.AssignAsync(
            September, [.. Enumerable.Range(close * 10, 20).Select(i => new NumberStore.Intent(September, $"cw-{i}", Currency.Of("EUR"), "bill"))], "HL-{0:000000}", 2041, token)));

        var assigned = await numbers.AssignmentsAsync(September, token);
        Assert.Equal(110, assigned.Count);
        Assert.Equal(Enumerable.Range(2041, 110).Select(n => (long)n), assigned.Select(a => a.Ordinal));
        Assert.Equal(110, assigned.Select(a => a.Intent.ClientId).Distinct().Count());
    }

    // A block is 49 intents: each of these clients has two, so the blocks end in between.
    [Fact]
    public async Task AssignAsync_TwoHundredIntentsOfTwoCurrenciesEach_GetNumbersInTheirOrder()
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        List<NumberStore.Intent> intents = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { Intent($"cw-{i:000}"), Intent($"cw-{i:000}", "USD") })];

        var assigned = await storage.Get<NumberStore>().AssignAsync(September, intents, "HL-{0:000000}", 2041, token);

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
            await new NumberStore(cut.On(storage)).AssignAsync(September, intents, "{0}", 1, token);
        }
        catch (Exception e) when (cut.IsCut(e))
        {
            // As planned.
        }

        var numbers = storage.Get<NumberStore>();
        var half = await numbers.AssignmentsAsync(September, token);
        Assert.All(half.GroupBy(a => a.Intent.ClientId), client => Assert.Equal(2, client.Count()));

        var all = await numbers.AssignAsync(September, intents, "{0}", 1, token);
        Assert.Equal(intents, all.Select(a => a.Intent));
        Assert.Equal(Enumerable.Range(1, 120).Select(n => (long)n), all.Select(a => a.Ordinal));
    }

    [Fact]
    public async Task AssignAsync_IntentWithANumberAndAnotherBillNow_KeepsNumberAndBill()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        var token = TestContext.Current.CancellationToken;
        await numbers.AssignAsync(September, [Intent("cw-1")], "{0}", 7, token);

        var again = await numbers.AssignAsync(September, [Intent("cw-1") with { BillHash = "later" }, Intent("cw-1", "USD") with { BillHash = "later" }, Intent("cw-2")], "{0}", 7, token);

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
        await numbers.AssignAsync(September, [Intent("cw-1")], "A-{0}", 100, token);

        var later = await numbers.AssignAsync(october, [Intent("cw-1") with { Period = october }], "B-{0}", 1, token);

        Assert.Equal(("B-101", 101), (later[0].Number, later[0].Ordinal));
        Assert.Single(await numbers.AssignmentsAsync(September, token));
    }

    [Fact]
    public async Task AssignAsync_PatternThatGivesATakenNumber_IsRefusedAndDoesNotTryForEver()
    {
        await using var storage = await azurite.CreateAsync();
        var numbers = storage.Get<NumberStore>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await numbers.AssignAsync(September, [Intent("cw-1")], "same", 1, patience.Token);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => numbers.AssignAsync(September, [Intent("cw-2")], "same", 1, patience.Token));

        Assert.Contains("same", refused.Message, StringComparison.Ordinal);
        Assert.Single(await numbers.AssignmentsAsync(September, patience.Token));
    }

    private static NumberStore.Intent Intent(string clientId, string currency = "EUR") => new(September, clientId, Currency.Of(currency), "bill");
}
