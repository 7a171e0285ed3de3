using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>A page is taken record by record: what cannot be read is listed, and stops nothing else.</summary>
public sealed class UnreadableRecordTests(AzuriteFixture azurite)
{
    private const string Format = "connectwise/time-entries";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_RecordThatCannotBeRead_IsListedUntilItCanBe()
    {
        var (source, clock) = (PullJobTests.Source(times: 3), PulledStorage.Clock());
        source.TimeEntry(2)["actualHours"] = "many";
        await using var storage = await azurite.PulledAsync(source, clock);

        Assert.Equal(new FeedReport("time-entries", 1, 2, Unreadable: 1), (await storage.PullAsync()).Feeds[1]);

        var page = Assert.Single(await storage.Get<RawPayloadStore>().ListAsync(Token), import => import.Format == Format);
        var problem = "time-entries@1.json, line 1, column 326: actualHours is 'many', expected a number of 0 or more, below a trillion";
        var row = Assert.Single(await storage.UnreadableAsync());
        Assert.Equal(("2", problem, page.Hash, PulledStorage.Now, PulledStorage.Now), (row.ExternalId, row.Problem, row.Payload, row.FirstSeen, row.LastSeen));
        Assert.Equal(["1", "3"], (await storage.TimeAsync()).Keys.Order());

        clock.Advance(TimeSpan.FromHours(1));
        await storage.PullAsync();
        row = Assert.Single(await storage.UnreadableAsync());
        Assert.Equal((PulledStorage.Now, PulledStorage.Now.AddHours(1)), (row.FirstSeen, row.LastSeen));

        source.TimeEntry(2)["actualHours"] = 2.5m;
        source.TimeEntry(2)["_info"]!["lastUpdated"] = FakeSource.At(20);
        await storage.PullAsync();
        Assert.Empty(await storage.UnreadableAsync());
        Assert.Equal(2.5m, (await storage.TimeAsync())["2"].Hours);
    }

    // It has no id by which a later page could show that it is mended: it goes when all is pulled and it is not among it.
    [Fact]
    public async Task Pull_RecordWithoutAnId_IsListedUntilAllIsPulledWithoutIt()
    {
        var source = PullJobTests.Source(times: 3);
        source.TimeEntry(2)["id"] = null;
        source.Records[FakeSource.Companies].Add("no record");
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();
        await storage.PullAsync();

        Assert.Equal([("companies", null), ("time-entries", null)], (await storage.UnreadableAsync()).Select(row => (row.Feed, row.ExternalId)).Order());

        source.Records[FakeSource.Companies].RemoveAt(2);
        source.Records[FakeSource.TimeEntries].RemoveAt(1);
        await storage.PullAsync();
        Assert.Equal("time-entries", Assert.Single(await storage.UnreadableAsync()).Feed);
        await storage.PullAsync(new PullRequest(Full: true));
        Assert.Empty(await storage.UnreadableAsync());
    }

    // What a page may hold a file may not: the same bytes as a file are refused whole.
    [Fact]
    public async Task Import_BytesOfAPageWithAnUnreadableRecord_AreRefusedAsAFile()
    {
        var source = PullJobTests.Source(times: 3);
        source.TimeEntry(2)["actualHours"] = "many";
        byte[] sent = [];
        source.Sending = (_, bytes) => sent = bytes;
        await using var storage = await azurite.PulledAsync(source);
        await storage.PullAsync();

        using var content = new MemoryStream(sent);
        var report = await storage.Get<ImportJob>().RunAsync("time-entries.json", null, content, Token);

        Assert.Equal((ImportState.Refused, "actualHours"), (report.State, Assert.Single(report.Problems).Field));
    }

    [Theory]
    [InlineData("""[{"id":1]""", "valid JSON")]
    [InlineData("""{"id":1}""", "a list of records in brackets, as the source's interface answers")]
    [InlineData("", "JSON, but the file is empty")]
    public void ReadPage_NoList_IsBroken(string text, string expected)
    {
        var page = Page(text);

        Assert.Equal((0, 0, expected), (page.Records.Count, page.Unreadable.Count, page.Broken?.Expected));
    }

    [Fact]
    public void ReadPage_RecordsOfAllSorts_TakesThoseThatCanBeRead()
    {
        var right = ImportFiles.TimeEntry;
        var page = Page($"[{right.Replace("80121", "1", StringComparison.Ordinal)}, 7, {{}}, {{\"id\":\"x-9\"}}, {{\"id\":3,\"id\":3}}, {right.Replace("1.67", "-1", StringComparison.Ordinal)}, {right.Replace("80121", "2", StringComparison.Ordinal)}]");

        Assert.Null(page.Broken);
        Assert.Equal(["1", "2"], page.Records.Select(record => record.Id.ExternalId));
        Assert.Equal(["x-9", "3", "80121", null, null], page.Unreadable.Select(record => record.ExternalId).OrderBy(id => id is null).ThenBy(id => id == "80121").ThenByDescending(id => id));
        Assert.Equal(page.Unreadable.Count, page.Unreadable.Select(record => record.Key).Distinct().Count());
    }

    // A page is not cut at the twentieth problem, as the list of what is wrong with a file is.
    [Fact]
    public void ReadPage_ManyUnreadableRecords_TellsThemAll()
    {
        var page = Page($"[{string.Join(',', Enumerable.Range(1, 50).Select(id => $"{{\"id\":{id}}}"))}, {ImportFiles.TimeEntry}]");

        Assert.Equal((1, 50), (page.Records.Count, page.Unreadable.Count));
    }

    [Fact]
    public void ReadPage_RecordTwice_IsTakenTwice()
    {
        var page = Page($"[{ImportFiles.TimeEntry},{ImportFiles.TimeEntry.Replace("1.67", "2", StringComparison.Ordinal)}]");

        Assert.Equal([1.67m, 2m], page.Records.Cast<TimeEntry>().Select(entry => entry.Hours));
    }

    private static PageContent Page(string text) => ImportReader.ReadPage("page.json", Format, new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
