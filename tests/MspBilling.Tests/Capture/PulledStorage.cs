using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>A storage that is pulled into from a fake source, on 1 October 2024.</summary>
internal static partial class PulledStorage
{
    public static readonly DateTimeOffset Now = new(2024, 10, 1, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The clock of a test, which stands still unless it is moved.</summary>
    public static FakeTimeProvider Clock() => new(Now);

    public static void Pulled(this IServiceCollection services, FakeSource source, TimeProvider? clock = null, StorageRequests? requests = null, TestStorage? storage = null)
    {
        services.AddSingleton<IRecordSource>(source);
        services.Replace(ServiceDescriptor.Singleton(clock ?? Clock()));
        if (requests is not null)
            services.AddSingleton(_ => requests.On(storage!.Configuration));
    }

    /// <summary>A storage with the MSP's settings in it, to pull into.</summary>
    public static async Task<TestStorage> PulledAsync(this AzuriteFixture azurite, FakeSource source, TimeProvider? clock = null)
    {
        var storage = await azurite.CreateAsync(services => services.Pulled(source, clock));
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        return storage;
    }

    /// <summary>The same storage, with a process of its own.</summary>
    public static TestStorage Another(this TestStorage storage, AzuriteFixture azurite, FakeSource source, TimeProvider? clock = null, StorageRequests? requests = null) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.Pulled(source, clock, requests, storage)) { IsShared = true };

    public static Task<PullReport> PullAsync(this TestStorage storage, PullRequest? request = null) =>
        storage.Get<PullJob>().RunAsync(storage.Get<IRecordSource>(), request ?? new PullRequest(), Token);

    public static async Task<FeedState> StateAsync(this TestStorage storage, string feed = FakeSource.TimeEntries) =>
        await storage.Get<CursorStore>().FindAsync("connectwise", feed, Token);

    public static async Task<IReadOnlyList<UnreadableRow>> UnreadableAsync(this TestStorage storage) =>
        (await storage.Get<CursorStore>().ReadAsync("connectwise", Token)).Unreadable;

    /// <summary>What was captured, to the byte, but not which page it came with: pages begin elsewhere after a failure.</summary>
    public static async Task<SortedDictionary<string, string>> RecordsAsync(this TestStorage storage)
    {
        var everything = await StorageSnapshot.EverythingAsync(storage);
        var records = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, content) in everything.Where(item => item.Key.Split(':')[0] is "activities" or "locations" or "references"))
            records.Add(name, Payload().Replace(content, ""));

        foreach (var feed in storage.Get<IRecordSource>().Feeds)
            records.Add("cursor: " + feed.Name, (await storage.StateAsync(feed.Name)).Cursor?.ToString("O") ?? "none");
        foreach (var row in await storage.UnreadableAsync())
            records.Add($"unreadable: {row.Feed} {row.ExternalId} {row.Key}", row.FirstSeen.ToString("O"));
        Assert.Empty(await storage.Get<RawPayloadStore>().PendingAsync(Token));
        return records;
    }

    public static async Task<IReadOnlyDictionary<string, TimeEntry>> TimeAsync(this TestStorage storage, string clientId = "cw-1")
    {
        var stored = await storage.Get<RecordStore>().ActivitiesAsync(clientId, MspBilling.Core.Time.Period.Month(2024, 9), Token);
        return stored.Activities.OfType<TimeEntry>().ToDictionary(entry => entry.Id.ExternalId);
    }

    [GeneratedRegex("\"payload\":\"[^\"]*\"")]
    private static partial Regex Payload();
}
