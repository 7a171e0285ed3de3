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
}
