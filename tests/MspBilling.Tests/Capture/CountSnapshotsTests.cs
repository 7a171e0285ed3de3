using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>The PSA's devices as counts a day, where an agreement asks for them by name.</summary>
public sealed class CountSnapshotsTests(AzuriteFixture azurite)
{
    private const string Configurations = "configurations";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_OfDevices_CountsThemOnceADayAndTheLastStands()
    {
        var (source, clock) = (Source(), PulledStorage.Clock());
        await using var storage = await StorageAsync(source, clock, "Server");
        Add(source, 1, "Server");
        Add(source, 2, "Server");
        Add(source, 3, "Printer");

        await storage.PullAsync();
        Assert.Equal(["2024-10-01 Server 2"], await CountsAsync(storage));
        var once = await StorageSnapshot.EverythingAsync(storage);
        clock.Advance(TimeSpan.FromHours(1));
        await storage.PullAsync();
        Assert.Equal(Records(once), Records(await StorageSnapshot.EverythingAsync(storage)));

        source.Records[Configurations][1]["activeFlag"] = false;
        await storage.PullAsync();
        Assert.Equal(["2024-10-01 Server 1"], await CountsAsync(storage));

        // On the 2nd the PSA does not answer, on the 3rd the last one is gone, and on the 4th still.
        clock.Advance(TimeSpan.FromDays(1));
        source.Answering = call => { if (call.StartsWith(Configurations, StringComparison.Ordinal)) throw new SourceException("connectwise", SourceFailure.Unavailable, "It is away."); };
        Assert.True((await storage.PullAsync()).HasFailed);
        source.Answering = _ => { };
        source.Records[Configurations][0]["activeFlag"] = false;
        for (var day = 3; day <= 4; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            Assert.False((await storage.PullAsync()).HasFailed);
        }

        Assert.Equal(["2024-10-01 Server 1", "2024-10-03 Server 0", "2024-10-04 Server 0"], await CountsAsync(storage));
        var payloads = await storage.Get<RawPayloadStore>().ListAsync(Token);
        Assert.Equal(4, payloads.Count(payload => payload is { FileName: "device-counts.json", Format: "records", IsStored: true }));
    }

    // An agreement that prices devices by the device, or counts whatever there is, asks for no count of them.
    [Theory]
    [InlineData(null)]
    [InlineData("Mailbox")]
    public async Task Pull_OfDevicesThatNoAgreementCountsByName_CountsNone(string? sku)
    {
        var source = Source();
        await using var storage = await StorageAsync(source, PulledStorage.Clock(), sku);
        Add(source, 1, "Server");

        await storage.PullAsync();

        Assert.Empty(await CountsAsync(storage));
    }

    [Fact]
    public async Task Pull_OfADeviceTypeThatIsMapped_CountsItWhereItsSkuIsAskedFor()
    {
        var source = Source();
        await using var storage = await StorageAsync(source, PulledStorage.Clock(), "SRV");
        await storage.Get<RecordStore>().StoreReferencesAsync([Sides.Product("Server", "SRV", "devices")], "mapping", Token);
        Add(source, 1, "Server");

        await storage.PullAsync();

        Assert.Equal(["2024-10-01 Server 1"], await CountsAsync(storage));
    }

    private static FakeSource Source()
    {
        var source = new FakeSource { Feeds = [new(FakeSource.Companies, "connectwise/companies"), new(Configurations, "connectwise/configurations") { Swept = RecordKind.Device }] };
        source.Records[Configurations] = [];
        source.AddCompany(1);
        return source;
    }

    private static void Add(FakeSource source, long id, string type) => source.Records[Configurations].Add(JsonNode.Parse(
        $$"""{"id":{{id}},"name":"HOST-{{id}}","company":{"id":1,"name":"Company 1"},"type":{"id":1,"name":"{{type}}"},"activeFlag":true,"billFlag":true}""")!);

    private async Task<TestStorage> StorageAsync(FakeSource source, FakeTimeProvider clock, string? sku)
    {
        var storage = await azurite.PulledAsync(source, clock);
        var line = Lines.Additions() with
        {
            Id = "counts",
            Quantity = new CountQuantity(Aggregation.Average),
            Prices = [new DatedPrice(85, Lines.Always)],
            Match = sku is null ? null : new ActivityMatch { Skus = [sku] },
        };
        var document = new AgreementDocument
        {
            Id = new RecordId("msp", RecordKind.AgreementDocument, "own"),
            Client = "C1",
            Name = "Own",
            Currency = Currencies.EUR,
            Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [Lines.Device("Workstation", 10), line], [])],
        };
        await storage.Get<RecordStore>().StoreReferencesAsync([document], "agreement", Token);
        return storage;
    }

    private static IEnumerable<KeyValuePair<string, string>> Records(IEnumerable<KeyValuePair<string, string>> everything) =>
        everything.Where(item => item.Key.Split(':')[0] is "activities" or "locations" or "references");

    private static async Task<IEnumerable<string>> CountsAsync(TestStorage storage) =>
        (await storage.Get<RecordStore>().ActivitiesAsync("devices", RecordKind.Count, [new ActivityPlace("cw-1", Period.Month(2024, 10))], Token)).OfType<Count>().OrderBy(count => count.Day)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Day:yyyy-MM-dd} {count.Sku} {count.Quantity}"));
}
