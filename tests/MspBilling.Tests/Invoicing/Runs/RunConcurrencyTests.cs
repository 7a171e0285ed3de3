using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

public sealed class RunConcurrencyTests(AzuriteFixture azurite)
{
    // Three processes that know nothing of each other.
    [Fact]
    public async Task Close_ByThreeAtOnce_IsOneClose()
    {
        await using var storage = await azurite.CreateAsync();
        await using var second = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };
        await using var third = new TestStorage(azurite.ConnectionString, storage.Prefix) { IsShared = true };
        await SampleRun.ImportAsync(storage, SampleRun.Month);

        await Task.WhenAll(SampleRun.CloseAsync(storage), SampleRun.CloseAsync(second), SampleRun.CloseAsync(third));
        await Task.WhenAll(SampleRun.BookAsync(storage), SampleRun.BookAsync(second), SampleRun.BookAsync(third));

        StorageSnapshot.AssertSame(await StorageSnapshot.ResultsAsync(await azurite.ClosedSampleAsync()), await StorageSnapshot.ResultsAsync(storage));
    }
}
