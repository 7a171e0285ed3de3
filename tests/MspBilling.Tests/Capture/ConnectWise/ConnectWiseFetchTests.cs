using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>Single records by their ids, and the ids that a sweep compares.</summary>
public sealed class ConnectWiseFetchTests : IAsyncLifetime
{
    private static readonly Period August = new(new DateOnly(2026, 8, 1), new DateOnly(2026, 9, 1));
    private readonly ConnectWiseSimulator _vendor = new();

    public async ValueTask InitializeAsync() => await _vendor.StartAsync();

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Fact]
    public async Task Fetch_EachFeed_IsItsRecordAsAPage()
    {
        var msp = new SimulatedMsp(_vendor, new Random(11));
        msp.Fill(8);
        using var connected = new ConnectedSource(_vendor, "PageSize=3");
        foreach (var feed in connected.Source.Feeds)
        {
            var pulled = await connected.RecordsAsync(feed.Name);
            Assert.NotEmpty(pulled);
            foreach (var record in pulled)
            {
                var page = await connected.Source.FetchAsync(feed, record.Id.ExternalId, TestContext.Current.CancellationToken);
                Assert.Equal(RecordJson.Serialize(record), RecordJson.Serialize(Assert.Single(ConnectedSource.Read(feed, page!))));
            }
        }

        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Ids_EachFeed_AreThoseOfItsRecords()
    {
        var msp = new SimulatedMsp(_vendor, new Random(11));
        msp.Fill(8);
        using var connected = new ConnectedSource(_vendor, "PageSize=3");
        foreach (var feed in connected.Source.Feeds)
        {
            var pulled = (await connected.RecordsAsync(feed.Name)).Select(record => record.Id.ExternalId).Distinct().Order(StringComparer.Ordinal);

            Assert.Equal(pulled, (await connected.IdsAsync(feed.Name, August)).Order(StringComparer.Ordinal));
        }

        Assert.All(_vendor.Addresses.Where(address => address.Contains("pageId", StringComparison.Ordinal)), address => Assert.DoesNotContain("orderBy", address, StringComparison.Ordinal));
        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Fetch_RecordThatIsGone_IsNull()
    {
        using var connected = new ConnectedSource(_vendor);
        foreach (var feed in connected.Source.Feeds)
            Assert.Null(await connected.Source.FetchAsync(feed, "80121", TestContext.Current.CancellationToken));
        Assert.Null(await connected.Source.FetchAsync(connected.Feed("companies"), "not an id", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_VendorThatFindsNothing_IsNoDeletion()
    {
        _vendor.Instead = _ => new SimulatedAnswer(404, """{"code":"NotFound","message":"x"}""");
        using var connected = new ConnectedSource(_vendor);

        await Assert.ThrowsAsync<Adapters.Capture.SourceException>(() => connected.Source.FetchAsync(connected.Feed("time-entries"), "80121", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_AdditionAfterARestart_WalksTheAgreementsOnce()
    {
        for (var agreement = 1; agreement <= 3; agreement++)
        {
            PutAgreement(agreement);
            PutAddition(agreement, agreement * 10);
        }

        using var connected = new ConnectedSource(_vendor);
        var additions = connected.Feed("additions");

        var page = await connected.Source.FetchAsync(additions, "30", TestContext.Current.CancellationToken);

        Assert.Equal("finance-agreements-additions@id-30.json", page!.Name);
        Assert.Equal("3", Assert.IsType<Addition>(Assert.Single(ConnectedSource.Read(additions, page))).AgreementId);
        var walked = _vendor.Addresses.Count;

        // Known by now: one request each, and none for what no agreement had.
        Assert.NotNull(await connected.Source.FetchAsync(additions, "10", TestContext.Current.CancellationToken));
        Assert.Null(await connected.Source.FetchAsync(additions, "99", TestContext.Current.CancellationToken));
        Assert.Equal((walked + 1, "GET /v2026_1/apis/3.0/finance/agreements/1/additions?pageSize=1000&conditions=id%20%3D%2010"), (_vendor.Addresses.Count, _vendor.Addresses[^1]));
    }

    [Fact]
    public async Task Fetch_AdditionOfADeletedAgreement_IsNull()
    {
        PutAgreement(1);
        PutAddition(1, 10);
        using var connected = new ConnectedSource(_vendor);
        Assert.Equal(["10"], await connected.IdsAsync("additions", August));
        _vendor.RemoveList("finance/agreements/1/additions");
        _vendor.List("finance/agreements").Remove(1);

        Assert.Null(await connected.Source.FetchAsync(connected.Feed("additions"), "10", TestContext.Current.CancellationToken));
        Assert.Empty(await connected.IdsAsync("additions", August));
    }

    [Fact]
    public async Task Ids_OfDays_AreOfThoseDaysInAnyTimeZone()
    {
        // A day more on each side: 31 July 00:00 to 2 September 00:00 UTC.
        foreach (var (id, start) in new[] { (1, "2026-07-30T23:59:59Z"), (2, "2026-07-31T00:00:00Z"), (3, "2026-08-15T12:00:00Z"), (4, "2026-09-01T23:59:59Z"), (5, "2026-09-02T00:00:00Z") })
        {
            _vendor.Put("time/entries", $$"""{"id":{{id}},"timeStart":"{{start}}"}""");
            _vendor.Put("expense/entries", $$"""{"id":{{id}},"date":"{{start}}"}""");
        }

        using var connected = new ConnectedSource(_vendor, "PageSize=2");

        Assert.Equal(["2", "3", "4"], await connected.IdsAsync("time-entries", August));
        Assert.Equal(["2", "3", "4"], await connected.IdsAsync("expenses", August));
        Assert.Equal(["1", "2", "3", "4", "5"], await connected.IdsAsync("time-entries", new Period(DateOnly.MinValue, Period.NoEnd)));
        Assert.Contains("fields=id", _vendor.Addresses[^1], StringComparison.Ordinal);
    }

    private void PutAgreement(int id) =>
        _vendor.Put("finance/agreements", $$"""{"id":{{id}},"name":"Gold","type":{"id":4,"name":"Managed"},"company":{"id":250},"startDate":"2026-01-01"}""");

    private void PutAddition(int agreement, int id) => _vendor.Put(
        $"finance/agreements/{agreement}/additions",
        $$"""{"id":{{id}},"agreementId":{{agreement}},"product":{"id":1,"identifier":"M365"},"quantity":4,"unitPrice":2.5,"billCustomer":"Billable","effectiveDate":"2026-01-01"}""");
}
