using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class RecordStoreTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // 25 revisions of one record, each four times, in an order drawn anew for each seed.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Store_SameRecordAHundredTimesInAnyOrder_IsOneRecordAtItsNewestRevision(int seed)
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        var revisions = Enumerable.Range(0, 100).Select(i => i % 25).ToArray();
        new Random(seed).Shuffle(revisions);

        foreach (var revision in revisions)
        {
            var at = Captured.Noon.AddHours(revision);
            await records.StoreActivitiesAsync([Captured.Time("5", hours: 1 + (revision % 7), revision: at)], Captured.Directory("1"), "payload", Captured.Untold, Token);
            await records.StoreReferencesAsync([Captured.Company("1") with { Name = $"Name {revision % 7}", Revision = at }], "payload", Token);
        }

        var time = Assert.Single((await records.ActivitiesAsync("cw-1", September, Token)).Activities);
        Assert.Equal(Captured.Time("5", hours: 1 + (24 % 7), revision: Captured.Noon.AddHours(24)), time);
        Assert.Equal("Name 3", Assert.IsType<Company>(Assert.Single(await records.ReferencesAsync(Token))).Name);
    }

    // The source touched it without changing it (at 3), and a change of before that (at 2) arrives after.
    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 2, 3)]
    public async Task Store_RevisionWithTheContentOfAnEarlierOne_StaysTheNewest(params int[] order)
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        foreach (var revision in order)
        {
            var at = Captured.Noon.AddHours(revision);
            await records.StoreActivitiesAsync([Captured.Time("5", hours: revision == 2 ? 8 : 1, revision: at)], Captured.Directory("1"), "payload", Captured.Untold, Token);
            await records.StoreReferencesAsync([Captured.Company("1") with { Name = revision == 2 ? "Old" : "New", Revision = at }], "payload", Token);
        }

        Assert.Equal(Captured.Time("5", hours: 1, revision: Captured.Noon.AddHours(3)), Assert.Single((await records.ActivitiesAsync("cw-1", September, Token)).Activities));
        Assert.Equal("New", Assert.IsType<Company>(Assert.Single(await records.ReferencesAsync(Token))).Name);
    }

    [Fact]
    public async Task Store_TwoRevisionsOfOneTime_KeepsTheSameOneInEitherOrder()
    {
        var kept = new List<Activity>();
        foreach (var hours in new[] { new[] { 1m, 2m }, [2m, 1m] })
        {
            await using var storage = await azurite.CreateAsync();
            foreach (var each in hours)
                await storage.Get<RecordStore>().StoreActivitiesAsync([Captured.Time("5", hours: each, revision: Captured.Noon)], Captured.Directory("1"), "payload", Captured.Untold, Token);
            kept.Add(Assert.Single((await storage.Get<RecordStore>().ActivitiesAsync("cw-1", September, Token)).Activities));
        }

        Assert.Equal(kept[0], kept[1]);
    }

    [Fact]
    public async Task Store_SourceWithoutRevisions_KeepsWhatArrivedLast()
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        var counts = new List<RecordStore.Stored>();
        foreach (var hours in new[] { 1m, 2m, 2m, 1m })
            counts.Add(await records.StoreActivitiesAsync([Captured.Time("5", hours: hours)], Captured.Directory("1"), "payload", Captured.Untold, Token));

        Assert.Equal([new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(0, 1, 0)], counts);
        Assert.Equal(Captured.Time("5", hours: 1), Assert.Single((await records.ActivitiesAsync("cw-1", September, Token)).Activities));
    }

    // Two pages of a list that were put into one file overlap.
    [Fact]
    public async Task Store_OneRecordTwiceInOneFile_IsOneRecordAtItsNewestRevision()
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        var (older, newer) = (Captured.Time("5", hours: 1, revision: Captured.Noon), Captured.Time("5", hours: 2, revision: Captured.Noon.AddHours(1)));
        var (early, late) = (Captured.Company("1") with { Name = "Early" }, Captured.Company("1") with { Name = "Late" });

        var counted = await records.StoreActivitiesAsync([newer, older, newer], Captured.Directory("1"), "payload", Captured.Untold, Token);
        await records.StoreReferencesAsync([early, late], "payload", Token);

        Assert.Equal(newer, Assert.Single((await records.ActivitiesAsync("cw-1", September, Token)).Activities));
        Assert.Equal("Late", Assert.IsType<Company>(Assert.Single(await records.ReferencesAsync(Token))).Name);
        Assert.Equal(new RecordStore.Stored(1, 0, 2), counted);
    }

    [Fact]
    public async Task Store_FiveThousandRecords_AreFiveThousandHoweverOften()
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        var directory = Captured.Directory([.. Enumerable.Range(0, 10).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        var entries = Enumerable.Range(0, 5000).Select(i => Captured.Time($"{i}", $"{i % 10}", hours: i)).ToList();

        var first = await records.StoreActivitiesAsync(entries, directory, "payload", Captured.Untold, Token);
        var again = await records.StoreActivitiesAsync(entries, directory, "payload", Captured.Untold, Token);

        Assert.Equal(new RecordStore.Stored(5000, 0, 0), first);
        Assert.Equal(new RecordStore.Stored(0, 0, 5000), again);
        var stored = (await Task.WhenAll(directory.ClientIds.Select(id => records.ActivitiesAsync(id, September, Token)))).SelectMany(a => a.Activities).ToList();
        Assert.Equal(5000, stored.Count);
        Assert.Equal(Enumerable.Range(0, 5000).Sum(i => (decimal)i), stored.Sum(a => a.Captured.Hours));
    }

    [Fact]
    public async Task Assign_ClientThatBecomesKnown_GetsWhatWaitedForIt()
    {
        await using var storage = await azurite.CreateAsync();
        var records = storage.Get<RecordStore>();
        await records.StoreActivitiesAsync([Captured.Time("5", "1"), Captured.Time("6", "2")], Captured.Directory(), "payload", Captured.Untold, Token);
        Assert.Equal(2, (await records.ActivitiesAsync(Client.Unknown, September, Token)).Activities.Count);

        var assigned = await records.AssignAsync(Captured.Directory("1"), Captured.Untold, Token);

        Assert.Equal(1, assigned);
        Assert.Equal("5", Assert.Single((await records.ActivitiesAsync("cw-1", September, Token)).Activities).Id.ExternalId);
        Assert.Equal("6", Assert.Single((await records.ActivitiesAsync(Client.Unknown, September, Token)).Activities).Id.ExternalId);
        Assert.Equal(0, await records.AssignAsync(Captured.Directory("1"), Captured.Untold, Token));
    }
}
