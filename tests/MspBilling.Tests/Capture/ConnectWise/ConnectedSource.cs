using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>The connector as the program puts it together, with a simulator's address and pauses of milliseconds.</summary>
internal sealed class ConnectedSource : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="settings">As <c>PageSize=3</c>, below <c>Sources:ConnectWise</c>.</param>
    public ConnectedSource(VendorSimulator simulator, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(SettingsFor(simulator.Address.ToString(), settings)).Build();
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddConnectWise(configuration.GetSection("Sources:ConnectWise")).BuildServiceProvider();
        Source = _services.GetRequiredService<ConnectWiseSource>();
    }

    public ConnectWiseSource Source { get; }

    public static Dictionary<string, string?> SettingsFor(string site, params IEnumerable<string> settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Site"] = site,
            ["CompanyId"] = ConnectWiseSimulator.CompanyId,
            ["PublicKey"] = ConnectWiseSimulator.PublicKey,
            ["PrivateKey"] = ConnectWiseSimulator.PrivateKey,
            ["ClientId"] = ConnectWiseSimulator.ClientId,
            ["Currency"] = "USD",
            ["Http:PerMinute"] = "6000000",
            ["Http:FirstPause"] = "00:00:00.001",
            ["Http:LongestPause"] = "00:00:00.002",
            ["Http:Tries"] = "12",
        };
        foreach (var setting in settings.Select(setting => setting.Split('=', 2)))
            all[setting[0]] = setting[1];
        return all.ToDictionary(setting => "Sources:ConnectWise:" + setting.Key, setting => setting.Value);
    }

    public RecordFeed Feed(string name) => Source.Feeds.Single(feed => feed.Name == name);

    public async Task<List<RecordPage>> PagesAsync(string feed, DateTimeOffset? changedSince = null)
    {
        var pages = new List<RecordPage>();
        await foreach (var page in Source.PullAsync(Feed(feed), changedSince, TestContext.Current.CancellationToken))
            pages.Add(page);
        return pages;
    }

    public async Task<List<CapturedRecord>> RecordsAsync(string feed, DateTimeOffset? changedSince = null) =>
        [.. (await PagesAsync(feed, changedSince)).SelectMany(page => Read(Feed(feed), page))];

    public async Task<List<string>> IdsAsync(string feed, Core.Time.Period days)
    {
        var ids = new List<string>();
        await foreach (var id in Source.IdsAsync(Feed(feed), days, TestContext.Current.CancellationToken))
            ids.Add(id);
        return ids;
    }

    /// <summary>The records of a page, by the reader of its format.</summary>
    public static IReadOnlyList<CapturedRecord> Read(RecordFeed feed, RecordPage page)
    {
        var result = ImportReader.Read(page.Name, feed.Format, new MemoryStream(page.Content.ToArray()));
        Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
        return result.Records;
    }

    public void Dispose() => _services.Dispose();
}
