using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.PartnerCenter;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>The connector as the program registers it, with a simulator behind it.</summary>
internal sealed class ConnectedPartner : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ConnectedPartner(PartnerTenant tenant, PartnerSimulator vendor, ServiceProvider services, StandingClock clock) => (Tenant, Vendor, _services, Clock) = (tenant, vendor, services, clock);

    public PartnerTenant Tenant { get; }

    public PartnerSimulator Vendor { get; }

    public StandingClock Clock { get; }

    public PartnerCenterSource Source => _services.GetRequiredService<PartnerCenterSource>();

    public static async Task<ConnectedPartner> StartAsync(params (string Name, string? Value)[] settings)
    {
        var tenant = PartnerTenant.WithEverything();
        var vendor = new PartnerSimulator(tenant) { SilenceEnds = TimeSpan.FromSeconds(2) };
        await vendor.StartAsync();
        var clock = new StandingClock(PartnerTenant.Now);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddPartnerCenter(Section([.. SettingsFor(vendor.Address), .. settings])).BuildServiceProvider();
        return new ConnectedPartner(tenant, vendor, services, clock);
    }

    public static IConfigurationSection Section(IEnumerable<(string Name, string? Value)> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create("Sources:PartnerCenter:" + same.Key, same.Last().Value)))
        .Build().GetSection("Sources:PartnerCenter");

    /// <summary>Another process of the same program: nothing is known of the last one's token and exports.</summary>
    public PartnerCenterSource Restarted(params (string Name, string? Value)[] settings) =>
        new(Section([.. SettingsFor(Vendor.Address), .. settings]).Get<PartnerCenterOptions>()!, _services.GetRequiredService<IHttpClientFactory>(), Clock);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Vendor.DisposeAsync();
    }

    public static async Task<List<CapturedRecord>> PullAllAsync(IRecordSource source)
    {
        var records = new List<CapturedRecord>();
        foreach (var feed in source.Feeds)
            records.AddRange(await PullAsync(source, feed, default));
        return records;
    }

    /// <summary>The pages of a feed, which must be such as can be read alone.</summary>
    public static async Task<List<CapturedRecord>> PullAsync(IRecordSource source, RecordFeed feed, CancellationToken cancellationToken)
    {
        var records = new List<CapturedRecord>();
        await foreach (var page in source.PullAsync(feed, null, cancellationToken))
            records.AddRange(Read(feed, page));
        return records;
    }

    public static IReadOnlyList<CapturedRecord> Read(RecordFeed feed, RecordPage page)
    {
        // The same bytes as a file: its name tells the format.
        var read = ImportFiles.Read(page.Name, page.Content.ToArray());
        Assert.True(read.Problems.Count == 0, string.Join('\n', read.Problems));
        Assert.Equal(feed.Format, read.Format);
        return read.Records;
    }

    /// <summary>Each record once, as it came last, to the byte.</summary>
    public static IReadOnlyList<string> Contents(IEnumerable<CapturedRecord> records) =>
        [.. records.GroupBy(record => record.Id).Select(same => System.Text.Encoding.UTF8.GetString(RecordJson.Serialize(same.Last()))).Order(StringComparer.Ordinal)];

    public static (string, string?)[] SettingsFor(Uri address) =>
    [
        ("TenantId", PartnerSimulator.TenantId),
        ("ClientId", PartnerSimulator.ClientId),
        ("ClientSecret", PartnerSimulator.Secret),
        ("Currencies:0", "USD"),
        ("AuthUrl", address + "auth"),
        ("GraphUrl", address + "graph/"),
        ("PartnerUrl", address + "pc"),
        ("PollPause", "00:00:00.001"),
        ("Http:PerMinute", "6000000"),
        ("Http:Tries", "4"),
        ("Http:FirstPause", "00:00:00.001"),
        ("Http:LongestPause", "00:00:00.002"),
        ("Http:Timeout", "00:00:05"),
    ];
}

/// <summary>A clock that is set. Its timers run by the real one: pauses between tries end.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
