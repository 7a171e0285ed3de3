using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture.Pax8;
using MspBilling.Tests.Capture.PartnerCenter;

namespace MspBilling.Tests.Capture.Pax8;

/// <summary>The connector as the program registers it, with a simulator behind it.</summary>
internal sealed class ConnectedPax8 : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ConnectedPax8(Pax8Account account, Pax8Simulator vendor, ServiceProvider services) => (Account, Vendor, _services) = (account, vendor, services);

    public Pax8Account Account { get; }

    public Pax8Simulator Vendor { get; }

    public Pax8Source Source => _services.GetRequiredService<Pax8Source>();

    public static async Task<ConnectedPax8> StartAsync(params (string Name, string? Value)[] settings)
    {
        var account = Pax8Account.WithEverything();
        var vendor = new Pax8Simulator(account) { SilenceEnds = TimeSpan.FromSeconds(2) };
        await vendor.StartAsync();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new StandingClock(Pax8Account.Now)).AddPax8(Section([.. SettingsFor(vendor.Address), .. settings])).BuildServiceProvider();
        return new ConnectedPax8(account, vendor, services);
    }

    public static IConfigurationSection Section(IEnumerable<(string Name, string? Value)> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create("Sources:Pax8:" + same.Key, same.Last().Value)))
        .Build().GetSection("Sources:Pax8");

    /// <summary>Another process of the same program: nothing is known of the last one's token.</summary>
    public Pax8Source Restarted(params (string Name, string? Value)[] settings) =>
        new(Section([.. SettingsFor(Vendor.Address), .. settings]).Get<Pax8Options>()!, _services.GetRequiredService<IHttpClientFactory>(), new StandingClock(Pax8Account.Now));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Vendor.DisposeAsync();
    }

    public static (string, string?)[] SettingsFor(Uri address) =>
    [
        ("ClientId", Pax8Simulator.ClientId),
        ("ClientSecret", Pax8Simulator.Secret),
        ("BaseUrl", address + "v1/"),
        ("TokenUrl", address + "v1/token"),
        ("PageSize", "2"),
        ("UsageDays", "5"),
        ("Http:PerMinute", "6000000"),
        ("Http:Tries", "4"),
        ("Http:FirstPause", "00:00:00.001"),
        ("Http:LongestPause", "00:00:00.002"),
        ("Http:Timeout", "00:00:05"),
    ];
}
