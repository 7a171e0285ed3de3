using Azure.Data.Tables;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Storage;

/// <summary>An activity is in exactly one partition, wherever storing it is cut short.</summary>
public sealed class RecordStoreMovesTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);
    private static readonly DateTimeOffset October = Captured.Noon.AddMonths(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2", 0, "cw-2|2024-09")]
    [InlineData("1", 1, "cw-1|2024-10")]
    [InlineData("2", 1, "cw-2|2024-10")]
    [InlineData("9", 0, "-|2024-09")]
    public async Task Store_MovedToAnotherClientOrMonth_IsThereAndNowhereElse(string company, int months, string partition)
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        await records.StoreActivitiesAsync([Captured.Time("5", revision: Captured.Noon)], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);

        var moved = Captured.Time("5", company, start: Captured.Noon.AddMonths(months), revision: October);
        await records.StoreActivitiesAsync([moved], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);

        Assert.Equal([partition], await PartitionsAsync(storage));
    }

    // The requests of a move are: read the location, delete the old row, write the new one, write the location.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Store_MoveCutShortAndDoneAgain_IsInOnePlace(int requests)
    {
        await using var storage = await azurite.CreateAsync();
        await storage.Get<RecordStore>().StoreActivitiesAsync([Captured.Time("5", revision: Captured.Noon)], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);
        var moved = Captured.Time("5", "2", revision: October);

        await CutAsync(storage, requests, records => records.StoreActivitiesAsync([moved], Captured.Directory("1", "2"), "payload", Captured.Untold, Token));
        await storage.Get<RecordStore>().StoreActivitiesAsync([moved], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);

        Assert.Equal(["cw-2|2024-09"], await PartitionsAsync(storage));
        Assert.Equal(moved, Assert.Single((await storage.Get<RecordStore>().ActivitiesAsync("cw-2", September, Token)).Activities));

        // And its location is told: a later move finds it.
        await storage.Get<RecordStore>().StoreActivitiesAsync([moved with { CompanyId = "1", Revision = October.AddDays(1) }], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);
        Assert.Equal(["cw-1|2024-09"], await PartitionsAsync(storage));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Assign_CutShortAndDoneAgain_LosesNothingAndDoublesNothing(int requests)
    {
        await using var storage = await azurite.CreateAsync();
        var entry = Captured.Time("5", revision: Captured.Noon);
        await storage.Get<RecordStore>().StoreActivitiesAsync([entry], Captured.Directory(), "payload", Captured.Untold, Token);

        await CutAsync(storage, requests, records => records.AssignAsync(Captured.Directory("1"), Captured.Untold, Token));
        await storage.Get<RecordStore>().AssignAsync(Captured.Directory("1"), Captured.Untold, Token);

        Assert.Equal(["cw-1|2024-09"], await PartitionsAsync(storage));
        await storage.Get<RecordStore>().StoreActivitiesAsync([entry with { CompanyId = "2", Revision = October }], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);
        Assert.Equal(["cw-2|2024-09"], await PartitionsAsync(storage));
    }

    // By hand: the old row deleted, or the new one written beside it, while the location still tells the old place.
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Store_RowsAsACutLeavesThem_AreMended(bool oldGone, bool newThere)
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        var table = storage.Get<BillingStorage>().Activities;
        await records.StoreActivitiesAsync([Captured.Time("5", revision: Captured.Noon)], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);
        var moved = Captured.Time("5", "2", revision: October);
        if (oldGone)
            await table.DeleteEntityAsync("cw-1|2024-09", Keys.ActivityRow(moved.Id), cancellationToken: Token);
        if (newThere)
            await table.UpsertEntityAsync(JsonRow.Of<CapturedRecord>("cw-2|2024-09", Keys.ActivityRow(moved.Id), moved), TableUpdateMode.Replace, Token);

        await records.StoreActivitiesAsync([moved], Captured.Directory("1", "2"), "payload", Captured.Untold, Token);

        Assert.Equal(["cw-2|2024-09"], await PartitionsAsync(storage));
    }

    private static async Task CutAsync(TestStorage storage, int requests, Func<RecordStore, Task> store)
    {
        var cut = new StorageRequests { Most = requests };
        try
        {
            await store(new RecordStore(cut.On(storage)));
        }
        catch (Exception e) when (cut.IsCut(e))
        {
            // As planned; the last number of requests is enough for all of it.
        }
    }

    private static async Task<IEnumerable<string>> PartitionsAsync(TestStorage storage) =>
        (await StorageSnapshot.RowsAsync(storage.Get<BillingStorage>().Activities)).Select(row => row.PartitionKey);
}
