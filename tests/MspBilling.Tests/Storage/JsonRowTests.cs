using MspBilling.Adapters.Storage;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class JsonRowTests(AzuriteFixture azurite)
{
    private const int Property = 64 * 1024;

    private sealed record Text(string Value);

    // {"value":""} is 12 bytes beside the text.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(Property - 12, 1)]
    [InlineData(Property - 11, 2)]
    [InlineData((2 * Property) - 12, 2)]
    [InlineData((11 * Property) - 12, 11)]
    public async Task Row_OfAnyLength_ComesBackAsItWas(int length, int properties)
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var table = storage.Get<BillingStorage>().Runs;

        // Letters that tell their place, so that parts in the wrong order show.
        var value = new Text(string.Create(length, 0, (span, _) => { for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + (i / 1000 % 26)); }));
        var row = JsonRow.Of("p", "r", value);
        await table.UpsertEntityAsync(row, cancellationToken: token);

        Assert.Equal(properties, row.Count(p => p.Value is byte[]));
        Assert.Equal(value, (await JsonRow.FindAsync<Text>(table, "p", "r", token)).Value);
    }

    [Fact]
    public void Row_OfMoreThanARowHolds_IsRefusedWithItsNameAndSize()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => JsonRow.Of("p", "r", new Text(new string('a', (11 * Property) - 11))));

        Assert.Equal("p/r has 720897 bytes; a table row holds 720896.", refused.Message);
    }

    // 20 rows of 700 kB are 14 MB: far more than one transaction of 4 MiB takes.
    [Fact]
    public async Task SubmitAsync_RowsOfMoreThanATransaction_WritesThemAll()
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var table = storage.Get<BillingStorage>().Runs;

        await JsonRow.SubmitAsync(
            table,
            Enumerable.Range(0, 20).Select(i => new Azure.Data.Tables.TableTransactionAction(
                Azure.Data.Tables.TableTransactionActionType.Add, JsonRow.Of("p", $"r{i:00}", new Text(new string((char)('a' + i), 700_000))))),
            2,
            token);

        var rows = await JsonRow.ListPartitionAsync(table, "p", token);
        Assert.Equal("abcdefghijklmnopqrst", string.Concat(rows.Select(row => JsonRow.Value<Text>(row).Value[0])));
    }
}
