using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>A small part of the sample's September, closed, about which somebody decides on 3 October 2024.</summary>
internal static class DecidedSample
{
    private static readonly DateTimeOffset Now = new(2024, 10, 3, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestStorage> ClosedAsync(AzuriteFixture azurite)
    {
        var storage = await azurite.CreateAsync(At(null, null));
        var files = SampleRun.Month.Where(file => !file.Name.EndsWith(".csv", StringComparison.Ordinal) && file.Name is not ("time-entries.json" or "company-configurations.json"))
            .Append(SampleRun.Edited("time-entries.json", records =>
            {
                var kept = records.Where((record, i) => i < 60 || $"{record!["status"]}" is "Open" or "PendingApproval" or "Rejected").Select(record => record!.DeepClone()).ToList();
                records.Clear();
                kept.ForEach(records.Add);
            }));
        await SampleRun.ImportAsync(storage, files);
        await SampleRun.CloseAsync(storage);
        return storage;
    }

    /// <summary>The same storage, with a process of its own.</summary>
    public static TestStorage Another(AzuriteFixture azurite, TestStorage storage, StorageRequests? requests = null) =>
        new(azurite.ConnectionString, storage.Prefix, At(requests, storage)) { IsShared = true };

    /// <summary>Each request a minute after the one before it.</summary>
    public static Task<DecisionReport> DecideAsync(this TestStorage storage, DecisionKind kind, IReadOnlyList<string> ids, string? reason = null, string? client = null, Period? period = null, string why = "goodwill")
    {
        ((FakeTimeProvider)storage.Get<TimeProvider>()).Advance(TimeSpan.FromMinutes(1));
        return storage.Get<HoldDecisions>().DecideAsync(new DecisionRequest(kind, ids, reason, client, period, "Ann Lee", why), Token);
    }

    public static async Task<IReadOnlyList<Hold>> HeldAsync(this TestStorage storage, string reason) =>
        [.. (await SampleRun.ListAsync<Hold>(storage)).Where(hold => hold.Reason.Code == reason).OrderBy(hold => hold.Activity.ToString(), StringComparer.Ordinal)];

    private static Action<IServiceCollection> At(StorageRequests? requests, TestStorage? storage) => services =>
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FakeTimeProvider(Now)));
        if (requests is not null)
            services.AddSingleton(_ => requests.On(storage!.Configuration));
    };
}
