using System.Text.Json.Nodes;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

public sealed class AutotaskSourceTests
{
    private static readonly (string Feed, string Entity, string Prefix)[] Feeds =
    [
        ("companies", "Companies", ""), ("resources", "Resources", ""), ("roles", "Roles", ""), ("contracts", "Contracts", ""),
        ("contract-service-units", "ContractServiceUnits", "service-"), ("contract-bundle-units", "ContractServiceBundleUnits", "bundle-"),
        ("contract-rates", "ContractRates", ""), ("projects", "Projects", ""), ("contract-milestones", "ContractMilestones", ""),
        ("tickets", "Tickets", ""), ("configuration-items", "ConfigurationItems", ""), ("time-entries", "TimeEntries", ""),
        ("contract-charges", "ContractCharges", "contract-"), ("ticket-charges", "TicketCharges", "ticket-"), ("project-charges", "ProjectCharges", "project-"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_EachFeed_HasEveryRecordOnce()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        Assert.Equal(Feeds.Select(feed => feed.Feed), pulls.Source.Feeds.Select(feed => feed.Name));
        foreach (var (feed, entity, prefix) in Feeds)
        {
            Assert.Equal(
                simulator.Data.Rows(entity).Keys.Select(id => $"{prefix}{id}").Order(StringComparer.Ordinal),
                (await pulls.RecordsAsync(feed)).Select(record => record.Id.ExternalId).Order(StringComparer.Ordinal));
        }

        Assert.Empty(simulator.Unexpected);
        Assert.Single(simulator.Asked, asked => asked == "zone");
    }

    [Fact]
    public async Task Pull_Again_GivesTheSameBytes()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        var first = await pulls.PagesAsync("contract-milestones");

        Assert.Equal(first.Select(page => Convert.ToHexString(page.Content.Span)), (await pulls.PagesAsync("contract-milestones")).Select(page => Convert.ToHexString(page.Content.Span)));
    }

    [Fact]
    public async Task Pull_Time_IsPutTogetherFromWhatItRefersTo()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        var entries = (await pulls.RecordsAsync("time-entries")).Cast<TimeEntry>().ToDictionary(entry => entry.Id.ExternalId);

        // Entry 2 is on ticket 3 of company 3, entry 3 on task 4 of project 4, entry 4 on nothing, entry 8 on a ticket that is not there.
        Assert.Equal(("3", "Company 3", "Level 1", "Ticket 3", null), (entries["2"].CompanyId, entries["2"].CompanyName, entries["2"].Board, entries["2"].TicketSummary, entries["2"].ProjectId));
        Assert.Equal(("4", "Project 4", "Phase 4", "Jane Doe 4"), (entries["3"].CompanyId, entries["3"].ProjectName, entries["3"].PhaseName, entries["3"].TechnicianName));
        Assert.Equal(("0", "Role 1", "Remote"), (entries["4"].CompanyId, entries["4"].RoleName, entries["4"].WorkType));
        Assert.Equal(("unknown", "of ticket 9, which Autotask does not show"), (entries["8"].CompanyId, entries["8"].CompanyName));
        Assert.Equal("resource 6", entries["5"].TechnicianName);
    }

    [Fact]
    public async Task Pull_Since_HasWhatChangedAlone()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        simulator.Data.Change("ConfigurationItems", 5, "isActive", false);

        Assert.Equal(["5"], (await pulls.RecordsAsync("configuration-items", AutotaskData.Start)).Select(record => record.Id.ExternalId));
        Assert.Equal(8, (await pulls.RecordsAsync("contract-milestones", AutotaskData.Start)).Count);
        Assert.Empty(simulator.Unexpected);
    }

    [Theory]
    [InlineData("Tickets", 3, "companyID", 6, "2", "6")]
    [InlineData("Projects", 4, "companyID", 6, "3", "6")]
    [InlineData("Tasks", 4, "projectID", 5, "3", "5")]
    public async Task Pull_SinceSomethingElseMoved_HasTheTimeOnItWithANewerRevision(string entity, long id, string field, long value, string entry, string company)
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        var before = (await pulls.RecordsAsync("time-entries")).Single(record => record.Id.ExternalId == entry);
        simulator.Data.Change(entity, id, field, value);

        var moved = (TimeEntry)(await pulls.RecordsAsync("time-entries", AutotaskData.Start)).Single(record => record.Id.ExternalId == entry);

        Assert.Equal((company, AutotaskData.Start.AddSeconds(1)), (moved.CompanyId, moved.Revision));
        Assert.True(moved.Revision > before.Revision);
    }

    [Fact]
    public async Task Pull_SinceATicketMoved_LeavesTimeOfLongAgo()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        simulator.Data.Rows("TimeEntries")[2]["dateWorked"] = "2026-05-03T00:00:00Z";
        simulator.Data.Change("Tickets", 3, "companyID", 6);

        Assert.DoesNotContain(await pulls.RecordsAsync("time-entries", AutotaskData.Start), record => record.Id.ExternalId == "2");
    }

    [Fact]
    public async Task Pull_TicketChangesWhileItsTimeIsRead_ReadsTheTimeAgain()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        var isChanged = false;
        simulator.Instead = path =>
        {
            if (path == "Tickets/query" && !isChanged)
            {
                isChanged = true;
                simulator.Data.Change("TimeEntries", 2, "hoursWorked", 3);
                simulator.Data.Change("Tickets", 3, "title", "Moved");
            }

            return null;
        };

        var entry = (TimeEntry)(await pulls.RecordsAsync("time-entries")).Single(record => record.Id.ExternalId == "2");

        Assert.Equal(("Moved", 3m), (entry.TicketSummary, entry.Hours));
    }

    [Theory]
    [InlineData("time-entries", "3", "3")]
    [InlineData("contract-charges", "contract-3", "contract-3")]
    [InlineData("configuration-items", "7", "7")]
    [InlineData("contract-service-units", "service-27", "service-26,service-27,service-28")]
    [InlineData("contract-bundle-units", "bundle-27", "bundle-26,bundle-27,bundle-28")]
    [InlineData("time-entries", "99", null)]
    [InlineData("time-entries", "bundle-3", null)]
    [InlineData("contract-charges", "3", "contract-3")]
    [InlineData("contract-charges", "ticket-3", null)]
    public async Task Fetch_OneRecord_IsAPageOfItsFeed(string feed, string id, string? ids)
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var page = await pulls.Source.FetchAsync(pulls.Feed(feed), id, Cancel);

        Assert.Equal(ids, page is null ? null : string.Join(',', AutotaskPulls.Read(pulls.Feed(feed), page).Select(record => record.Id.ExternalId)));
        Assert.Empty(simulator.Unexpected);
    }

    [Fact]
    public async Task Fetch_Record_IsAsItIsPulled()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        var page = await pulls.Source.FetchAsync(pulls.Feed("time-entries"), "3", Cancel);

        Assert.Equal(
            AutotaskPulls.Set((await pulls.RecordsAsync("time-entries")).Where(record => record.Id.ExternalId == "3")),
            AutotaskPulls.Set(AutotaskPulls.Read(pulls.Feed("time-entries"), page!)));
    }

    [Theory]
    [InlineData("time-entries", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15")]
    [InlineData("ticket-charges", "ticket-1,ticket-2,ticket-3,ticket-4,ticket-5,ticket-6,ticket-7,ticket-8")]
    [InlineData("contract-bundle-units", "bundle-16,bundle-17,bundle-18,bundle-26,bundle-27,bundle-28,bundle-36,bundle-37,bundle-38,bundle-46,bundle-47,bundle-48,bundle-56,bundle-57,bundle-58,bundle-66,bundle-67,bundle-68,bundle-76,bundle-77,bundle-78,bundle-86,bundle-87,bundle-88")]
    [InlineData("contract-milestones", "1,2,3,4,5,6,7,8")]
    [InlineData("configuration-items", "1,2,3,4,5,6,7,8")]
    public async Task Ids_OfAugust_AreThoseDatedInIt(string feed, string ids)
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);
        simulator.Data.Rows("TimeEntries")[16] = JsonNode.Parse("""{"id":16,"dateWorked":"2026-06-30T00:00:00Z"}""")!.AsObject();

        // From the 4th, as a sweep reaches two days further than it is asked to.
        Assert.Equal(ids.Split(','), await pulls.IdsAsync(feed, new Period(new DateOnly(2026, 8, 4), new DateOnly(2026, 9, 1))));
        Assert.Empty(simulator.Unexpected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pull_SixAtOnce_SendsNoMoreRequestsAtOnceThanIsSet(int concurrent)
    {
        await using var simulator = new AutotaskSimulator { Takes = TimeSpan.FromMilliseconds(20) };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.Http.Concurrent = concurrent);
        await pulls.RecordsAsync("roles");

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pulls.RecordsAsync("tickets"))), records => Assert.Equal(8, records.Count));

        Assert.Equal(concurrent, simulator.MostThreads);
    }

    [Fact]
    public async Task Pull_PagesNotInTheOrderOfIds_FollowsTheVendorsAddresses()
    {
        await using var simulator = new AutotaskSimulator { IsDescending = true };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        Assert.Equal(15, AutotaskPulls.Set(await pulls.RecordsAsync("time-entries")).Count);
        Assert.Contains("TimeEntries/query/next", simulator.Asked);
        Assert.Empty(simulator.Unexpected);
    }
}
