using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>A storage that exports of cloud usage are imported into, on 1 October 2024.</summary>
internal static class ExportedUsage
{
    public static Period September { get; } = Period.Month(2024, 9);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestStorage> UsageStorageAsync(this AzuriteFixture azurite)
    {
        var storage = await azurite.CreateAsync(services => services.At());
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        return storage;
    }

    /// <summary>Another process on the same storage, whose requests are counted or cut.</summary>
    public static TestStorage Cutting(this TestStorage storage, AzuriteFixture azurite, StorageRequests requests) => new(
        azurite.ConnectionString, storage.Prefix, services => services.At().AddSingleton(_ => requests.On(storage.Configuration)))
    { IsShared = true };

    public static Task<ImportReport> ImportAsync(this TestStorage storage, string name, byte[] content, bool isWhole = false, string? at = null) => storage.Get<ImportJob>().RunAsync(
        name, null, new MemoryStream(content), new UsageOrigin(isWhole, at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)), Token);

    /// <summary>What is stored of nobody's usage in September, by the parts of the id that tests vary.</summary>
    public static async Task<SortedDictionary<string, string>> UsageAsync(this TestStorage storage)
    {
        var stored = await storage.Get<RecordStore>().ActivitiesAsync(Client.Unknown, September, Token);
        var usages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var usage in stored.Activities.OfType<UsageRecord>())
            usages.Add($"{usage.SubAccountId} {usage.Day:dd} {usage.Sku}", $"{(usage.IsWithdrawn ? "withdrawn " : "")}{usage.Cost.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        return usages;
    }

    /// <summary>Activities and what covers them, to the byte, but not which file they came with.</summary>
    public static async Task<SortedDictionary<string, string>> StoredAsync(this TestStorage storage)
    {
        var billing = storage.Get<BillingStorage>();
        var taken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await StorageSnapshot.RowsAsync(billing.Activities))
            taken.Add($"{row.PartitionKey} {row.RowKey}", Encoding.UTF8.GetString(row.GetBinary("Json")));
        foreach (var row in (await StorageSnapshot.RowsAsync(billing.Imports)).Where(row => row.PartitionKey.StartsWith("cover", StringComparison.Ordinal)))
            taken.Add($"{row.PartitionKey} {row.RowKey}", Encoding.UTF8.GetString(row.GetBinary("Json")));
        Assert.Empty(await storage.Get<RawPayloadStore>().PendingAsync(Token));
        return taken;
    }

    private static IServiceCollection At(this IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(PulledStorage.Clock()));
}
