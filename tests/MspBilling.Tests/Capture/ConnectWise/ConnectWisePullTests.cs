using MspBilling.Adapters.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>Whatever goes wrong or changes meanwhile: in the end what was captured is what the vendor has.</summary>
public sealed class ConnectWisePullTests : IAsyncLifetime
{
    private readonly ConnectWiseSimulator _vendor = new();

    public async ValueTask InitializeAsync() => await _vendor.StartAsync();

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Fact]
    public async Task Pull_AnyMixOfFaultsAndChanges_EndsWithWhatTheVendorHas()
    {
        foreach (var seed in SweepSample.Of(200, 25))
        {
            await using var vendor = new ConnectWiseSimulator();
            await vendor.StartAsync();
            var random = new Random(seed);
            var msp = new SimulatedMsp(vendor, random);
            msp.Fill(random.Next(8));
            vendor.Now += TimeSpan.FromHours(1);
            vendor.Redirects = random.Next(2) == 0;
            vendor.TimePerRequest = TimeSpan.FromMilliseconds(random.Next(300));
            var pulled = new PulledRecords();
            vendor.Faults = VendorSimulator.Mixed(seed, random.NextDouble() / 3);
            vendor.Meanwhile = request =>
            {
                if (random.Next(6) == 0)
                    msp.ChangeSome();
                if (random.Next(60) == 0)
                    vendor.Codebase = $"v2026_{request}/";
            };

            for (var round = 0; round < 3; round++)
            {
                // A new connector each time, as after a restart; some of them give up early.
                using var connected = new ConnectedSource(vendor, $"PageSize={random.Next(1, 6)}", $"Http:Tries={(round == 0 ? 2 : 12)}");
                try
                {
                    await pulled.PullAsync(connected.Source, everything: false, TestContext.Current.CancellationToken);
                }
                catch (SourceException e)
                {
                    Assert.True(e.Failure is SourceFailure.Unavailable or SourceFailure.Throttled or SourceFailure.Refused, e.Message + string.Join('\n', vendor.Unexpected));
                }

                vendor.Now += TimeSpan.FromSeconds(random.Next(1_000));
            }

            vendor.Faults = _ => Fault.None;
            vendor.Meanwhile = _ => { };
            vendor.Now += TimeSpan.FromSeconds(1);
            using var last = new ConnectedSource(vendor, "PageSize=3");
            await pulled.PullAsync(last.Source, everything: true, TestContext.Current.CancellationToken);

            Assert.Empty(vendor.Unexpected);
            Same(msp.Expected(), SimulatedMsp.Captured(pulled), $"seed {seed}");
        }
    }

    [Fact]
    public async Task Pull_CutShortAtAnyRequestAndStartedAgain_EndsWithWhatTheVendorHas()
    {
        var msp = new SimulatedMsp(_vendor, new Random(7));
        msp.Fill(6);
        _vendor.Now += TimeSpan.FromHours(1);
        using var undisturbed = new ConnectedSource(_vendor, "PageSize=2");
        await new PulledRecords().PullAsync(undisturbed.Source, everything: false, TestContext.Current.CancellationToken);
        var requests = _vendor.Requests;
        Assert.InRange(requests, 40, 400);

        foreach (var cut in SweepSample.Of(requests, 20).Select(request => request + 1))
        {
            var pulled = new PulledRecords();
            var (begun, at) = (_vendor.Requests, cut);
            _vendor.Faults = request => request - begun == at ? Fault.CutOff : Fault.None;
            using (var killed = new ConnectedSource(_vendor, "PageSize=2", "Http:Tries=1"))
                await Assert.ThrowsAsync<SourceException>(() => pulled.PullAsync(killed.Source, everything: false, TestContext.Current.CancellationToken));

            using var again = new ConnectedSource(_vendor, "PageSize=2");
            await pulled.PullAsync(again.Source, everything: false, TestContext.Current.CancellationToken);
            Same(msp.Expected(), SimulatedMsp.Captured(pulled), $"cut at {cut}");
        }

        Assert.Empty(_vendor.Unexpected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1000)]
    public async Task Pull_ManyChangedInOneSecond_AreAllPulled(int pageSize)
    {
        // 7 in one second, whose ids are not in the order of their parts of it, between one before and one after.
        Put(50, "before");
        _vendor.Now += TimeSpan.FromSeconds(5);
        for (var id = 1; id <= 7; id++)
        {
            _vendor.Now = new DateTimeOffset(2026, 8, 3, 9, 0, 30, 900 - (id * 100), TimeSpan.Zero);
            Put(id, "same");
        }

        _vendor.Now += TimeSpan.FromSeconds(5);
        Put(40, "after");
        using var connected = new ConnectedSource(_vendor, $"PageSize={pageSize}");

        _vendor.Now += TimeSpan.FromSeconds(1);
        var ids = (await connected.RecordsAsync("companies", _vendor.Now - TimeSpan.FromMinutes(5))).Select(record => record.Id.ExternalId).Distinct();

        Assert.Equal(["1", "2", "3", "4", "40", "5", "50", "6", "7"], ids.Order(StringComparer.Ordinal));
        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Pull_RecordThatChangesWhilePaging_MovesNoOtherPastTheReader()
    {
        for (var id = 1; id <= 6; id++)
        {
            _vendor.Now += TimeSpan.FromMinutes(10);
            Put(id, "first");
        }

        // Company 1 was on the first page and moves to the end: by page number, company 3 would now be on that page.
        _vendor.Meanwhile = request =>
        {
            if (request == 3)
                Put(1, "second");
        };
        using var connected = new ConnectedSource(_vendor, "PageSize=2");

        var companies = (await connected.RecordsAsync("companies")).Cast<Core.Capture.Company>().Select(company => company.Id.ExternalId + company.Name).Distinct();

        Assert.Equal(["1first", "1second", "2first", "3first", "4first", "5first", "6first"], companies.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pull_RecordThatChangesAgainInTheSecondOfItsChange_IsPulledWhenThatIsOver()
    {
        _vendor.TimePerRequest = TimeSpan.Zero;
        var second = _vendor.Now;
        Put(1, "first");
        using var connected = new ConnectedSource(_vendor);

        Assert.Empty(await connected.PagesAsync("members", second));
        Assert.Empty(await connected.RecordsAsync("companies", second));
        _vendor.Now = second + TimeSpan.FromMilliseconds(999);
        Put(1, "second");
        _vendor.Now = second + TimeSpan.FromSeconds(1);
        Assert.Equal("second", Assert.IsType<Core.Capture.Company>(Assert.Single(await connected.RecordsAsync("companies", second))).Name);
    }

    [Fact]
    public async Task Pull_SinceAMoment_AsksForNoMoreThanChangedSince()
    {
        Put(1, "old");
        _vendor.Now += TimeSpan.FromHours(1);
        Put(2, "new");
        using var connected = new ConnectedSource(_vendor);

        var records = await connected.RecordsAsync("companies", _vendor.Now.AddMilliseconds(400));

        Assert.Equal(["2"], records.Select(record => record.Id.ExternalId));
        Assert.Equal(
            "GET /v2026_1/apis/3.0/company/companies?pageSize=1000&conditions=lastUpdated%20%3E%3D%20%5B2026-08-03T10%3A00%3A00Z%5D&orderBy=lastUpdated%20asc%2C%20id%20asc",
            _vendor.Addresses[^1]);
    }

    [Fact]
    public async Task Pull_AnotherIncrementalField_IsAskedFor()
    {
        Put(1, "one");
        using var connected = new ConnectedSource(_vendor, "IncrementalField=_info/lastUpdated");

        await connected.RecordsAsync("companies", _vendor.Now);

        Assert.Contains("conditions=_info%2FlastUpdated%20%3E%3D", _vendor.Addresses[^1], StringComparison.Ordinal);
        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Pull_AdditionChangedAlone_IsFoundByAPullOfEverything()
    {
        _vendor.Put("finance/agreements", """{"id":88,"name":"Gold","type":{"id":4,"name":"Managed"},"company":{"id":250},"startDate":"2026-01-01"}""");
        _vendor.Now += TimeSpan.FromHours(1);
        _vendor.Put("finance/agreements/88/additions", """{"id":5501,"agreementId":88,"product":{"id":1,"identifier":"M365"},"quantity":4,"unitPrice":2.5,"billCustomer":"Billable","effectiveDate":"2026-01-01"}""");
        using var connected = new ConnectedSource(_vendor);

        Assert.Empty(await connected.PagesAsync("additions", _vendor.Now));
        Assert.Single(await connected.RecordsAsync("additions"));
        _vendor.Put("finance/agreements", (System.Text.Json.Nodes.JsonObject)_vendor.List("finance/agreements")[88].Json.DeepClone());
        Assert.Single(await connected.RecordsAsync("additions", _vendor.Now));
    }

    [Fact]
    public async Task Pull_SilentVendor_IsTriedAgain()
    {
        Put(1, "one");
        _vendor.Faults = request => request == 2 ? Fault.Silence : Fault.None;
        using var connected = new ConnectedSource(_vendor, "Http:Timeout=00:00:00.5");

        Assert.Single(await connected.RecordsAsync("companies"));
    }

    private static void Same(SortedDictionary<string, string> expected, SortedDictionary<string, string> captured, string where)
    {
        var missing = expected.Where(record => captured.GetValueOrDefault(record.Key) != record.Value)
            .Select(record => $"{record.Key} is {record.Value}, captured {captured.GetValueOrDefault(record.Key)}")
            .Concat(captured.Keys.Except(expected.Keys)).ToList();
        Assert.True(missing.Count == 0, $"{where}: {string.Join("; ", missing)}");
    }

    private void Put(int id, string name) => _vendor.Put("company/companies", $$"""{"id":{{id}},"identifier":"C{{id}}","name":"{{name}}"}""");
}
