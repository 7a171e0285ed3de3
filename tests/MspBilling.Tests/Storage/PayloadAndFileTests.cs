using System.Text;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class PayloadAndFileTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RawPayload_PutTwice_StaysAsItWasFirst()
    {
        await using var storage = await azurite.CreateAsync();
        var payloads = storage.Get<RawPayloadStore>();

        await payloads.PutAsync("hash", new MemoryStream("first"u8.ToArray()), Token);
        await payloads.PutAsync("hash", new MemoryStream("second"u8.ToArray()), Token);

        Assert.Equal("first"u8.ToArray(), await payloads.FindContentAsync("hash", Token));
        Assert.Null(await payloads.FindContentAsync("other", Token));
    }

    [Fact]
    public async Task Import_NotedAndStored_IsListedOldestFirst()
    {
        await using var storage = await azurite.CreateAsync();
        var payloads = storage.Get<RawPayloadStore>();
        RawPayloadStore.Import Import(string hash, int hour) => new(hash, hash + ".json", "format", Captured.Noon.AddHours(hour), 3, IsStored: false);
        await payloads.RecordAsync([Import("a", 2)], Token);
        await payloads.RecordAsync([Import("b", 1)], Token);
        await payloads.RecordAsync([Import("a", 2) with { IsStored = true }], Token);

        Assert.Equal([Import("b", 1), Import("a", 2) with { IsStored = true }], await payloads.ListAsync(Token));
        Assert.Equal(Import("b", 1), await payloads.FindAsync("b", Token));
        Assert.Null(await payloads.FindAsync("c", Token));
    }

    [Fact]
    public async Task AccountingFile_SameContentAgain_IsTheSameFile()
    {
        await using var storage = await azurite.CreateAsync();
        var files = storage.Get<AccountingFileStore>();

        var names = new[] { await files.PutOnceAsync("xero", September, "T-1", "a"u8.ToArray(), Token), await files.PutOnceAsync("xero", September, "T-1", "a"u8.ToArray(), Token) };

        Assert.Equal(["xero/2024-09/T-1.csv", "xero/2024-09/T-1.csv"], names);
        var file = Assert.Single(await files.ListAsync("xero", September, Token));
        Assert.Equal("a", Encoding.UTF8.GetString(file.Value));
        Assert.Empty(await files.ListAsync("quickbooks", September, Token));
    }

    [Fact]
    public async Task AccountingFile_OtherContent_IsRefusedAndTheFirstStays()
    {
        await using var storage = await azurite.CreateAsync();
        var files = storage.Get<AccountingFileStore>();
        await files.PutOnceAsync("xero", September, "T-1", "a"u8.ToArray(), Token);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => files.PutOnceAsync("xero", September, "T-1", "b"u8.ToArray(), Token));

        Assert.StartsWith("xero/2024-09/T-1.csv exists with other content.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("a", Encoding.UTF8.GetString(Assert.Single(await files.ListAsync("xero", September, Token)).Value));
    }
}
