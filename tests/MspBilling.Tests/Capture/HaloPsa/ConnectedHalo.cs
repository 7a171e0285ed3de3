using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>The connector as the program registers it, with a simulator behind it.</summary>
internal sealed class ConnectedHalo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ConnectedHalo(HaloTenant tenant, HaloSimulator vendor, ServiceProvider services, SetClock clock) => (Tenant, Vendor, _services, Clock) = (tenant, vendor, services, clock);

    public HaloTenant Tenant { get; }

    public HaloSimulator Vendor { get; }

    public SetClock Clock { get; }

    public IServiceProvider Services => _services;

    public HaloPsaSource Source => _services.GetRequiredService<HaloPsaSource>();

    public RecordFeed this[string feed] => Source.Feeds.Single(known => known.Name == feed);

    public static async Task<ConnectedHalo> StartAsync(params (string Name, string? Value)[] settings)
    {
        var tenant = HaloTenant.WithEverything();
        var vendor = new HaloSimulator(tenant) { SilenceEnds = TimeSpan.FromSeconds(2) };
        await vendor.StartAsync();
        var clock = new SetClock();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddHaloPsa(Section([.. SettingsFor(vendor.Address), .. settings])).BuildServiceProvider();
        return new ConnectedHalo(tenant, vendor, services, clock);
    }

    public static IConfigurationSection Section(IEnumerable<(string Name, string? Value)> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create("Sources:HaloPsa:" + same.Key, same.Last().Value)))
        .Build().GetSection("Sources:HaloPsa");

    /// <summary>Another process of the same program: nothing is known of the last one's token.</summary>
    public HaloPsaSource Restarted(params (string Name, string? Value)[] settings) =>
        new(Section([.. SettingsFor(Vendor.Address), .. settings]).Get<HaloPsaOptions>()!, _services.GetRequiredService<IHttpClientFactory>(), Clock);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Vendor.DisposeAsync();
    }

    /// <summary>The pages of a feed, which must be such as can be read alone.</summary>
    public static async Task<List<CapturedRecord>> PullAsync(HaloPsaSource source, RecordFeed feed, DateTimeOffset? since = null)
    {
        var records = new List<CapturedRecord>();
        await foreach (var page in source.PullAsync(feed, since, default))
            records.AddRange(Read(feed, page));
        return records;
    }

    public static IReadOnlyList<CapturedRecord> Read(RecordFeed feed, RecordPage page)
    {
        var byFormat = ImportFiles.Read(page.Name, page.Content.ToArray(), feed.Format);
        Assert.True(byFormat.Problems.Count == 0, string.Join('\n', byFormat.Problems));

        // The same bytes as a file: its name tells the format.
        Assert.Equal(feed.Format, ImportFiles.Read(page.Name, page.Content.ToArray()).Format);
        return byFormat.Records;
    }

    public static async Task<List<string>> IdsAsync(HaloPsaSource source, RecordFeed feed)
    {
        var ids = new List<string>();
        await foreach (var id in source.IdsAsync(feed, Core.Time.Period.Month(2026, 8), default))
            ids.Add(id);
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    private static (string, string?)[] SettingsFor(Uri address) =>
    [
        ("ResourceUrl", address + "api"),
        ("AuthUrl", address + "auth/"),
        ("ClientId", HaloSimulator.ClientId),
        ("ClientSecret", HaloSimulator.Secret),
        ("PageSize", "3"),
        ("LookBackDays", "20"),
        ("Http:PerMinute", "6000000"),
        ("Http:Tries", "4"),
        ("Http:FirstPause", "00:00:00.001"),
        ("Http:LongestPause", "00:00:00.002"),
        ("Http:Timeout", "00:00:05"),
    ];
}

/// <summary>A clock that is set. Its timers run by the real one: pauses between tries end.</summary>
internal sealed class SetClock : TimeProvider
{
    private DateTimeOffset _now = new(HaloTenant.Today.AddHours(20), TimeSpan.Zero);

    public void Advance(TimeSpan time) => _now += time;

    public override DateTimeOffset GetUtcNow() => _now;
}
