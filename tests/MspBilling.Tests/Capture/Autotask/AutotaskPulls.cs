using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Autotask;
using MspBilling.Adapters.Http;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>A source that pulls from a simulator, with few records a page and no pauses.</summary>
internal sealed class AutotaskPulls : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AutotaskPulls(AutotaskSimulator simulator, Action<AutotaskOptions>? set = null)
    {
        var options = Options();
        options.ZoneLookupUrl = simulator.Address + "atservicesrest/";
        set?.Invoke(options);
        var services = new ServiceCollection();
        services.AddAutotask(options);
        _services = services.BuildServiceProvider();
        Source = new AutotaskSource(options, _services.GetRequiredService<IHttpClientFactory>(), new SimulatedClock(simulator.Data));
    }

    public AutotaskSource Source { get; }

    public static AutotaskOptions Options() => new()
    {
        UserName = AutotaskSimulator.UserName,
        Secret = AutotaskSimulator.Secret,
        IntegrationCode = AutotaskSimulator.IntegrationCode,
        Currency = "USD",
        PageSize = 4,
        Http = new VendorLimits { Concurrent = 2, PerMinute = 6_000_000, Tries = 6, TriesOfError500 = 3, FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(2), Timeout = TimeSpan.FromSeconds(20) },
    };

    public RecordFeed Feed(string name) => Source.Feeds.Single(feed => feed.Name == name);

    public async Task<List<RecordPage>> PagesAsync(string feed, DateTimeOffset? since = null, CancellationToken? cancel = null)
    {
        var pages = new List<RecordPage>();
        await foreach (var page in Source.PullAsync(Feed(feed), since, cancel ?? TestContext.Current.CancellationToken))
            pages.Add(page);
        return pages;
    }

    public async Task<List<CapturedRecord>> RecordsAsync(string feed, DateTimeOffset? since = null) =>
        [.. (await PagesAsync(feed, since)).SelectMany(page => Read(Feed(feed), page))];

    public async Task<List<string>> IdsAsync(string feed, Core.Time.Period days)
    {
        var ids = new List<string>();
        await foreach (var id in Source.IdsAsync(Feed(feed), days, TestContext.Current.CancellationToken))
            ids.Add(id);
        return ids;
    }

    public static IReadOnlyList<CapturedRecord> Read(RecordFeed feed, RecordPage page)
    {
        var result = ImportFiles.Read(page.Name, page.Content.ToArray());
        Assert.True(result.Problems.Count == 0, string.Join("\n", result.Problems));
        Assert.Equal(feed.Format, result.Format);
        return result.Records;
    }

    /// <summary>Each record by its id, with its revision and content, as one line; of a record that comes twice the newer one, else the later.</summary>
    public static SortedDictionary<string, string> Set(IEnumerable<CapturedRecord> records)
    {
        var newest = new SortedDictionary<string, CapturedRecord>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (!newest.TryGetValue(record.Id.ToString(), out var known) || !(record.Revision < known.Revision))
                newest[record.Id.ToString()] = record;
        }

        return new(newest.ToDictionary(each => each.Key, each => $"{each.Value.Revision:O} {System.Text.Encoding.UTF8.GetString(RecordJson.Serialize(each.Value))}"), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Source.Dispose();
        await _services.DisposeAsync();
    }

    private sealed class SimulatedClock(AutotaskData data) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => data.Now;
    }
}
