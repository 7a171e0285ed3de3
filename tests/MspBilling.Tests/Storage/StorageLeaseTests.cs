using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using Xunit;

namespace MspBilling.Tests.Storage;

/// <summary>One stores at a time, in one process or in many, and who ends without giving it back does not stop the others.</summary>
public sealed class StorageLeaseTests(AzuriteFixture azurite)
{
    // The shortest that the service takes.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acquire_ByManyOfTwoProcesses_IsHeldByOneAtATime()
    {
        await using var storage = await azurite.CreateAsync();
        using var one = Lease(storage);
        using var other = Lease(storage);
        var (inside, most, turns) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var held = await (i % 2 == 0 ? one : other).AcquireAsync(new object(), Token);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(5, Token);
            Interlocked.Decrement(ref inside);
            turns++;
        }));

        Assert.Equal((1, 20), (most, turns));
    }

    [Fact]
    public async Task Acquire_InAProcess_InTheOrderOfAsking()
    {
        await using var storage = await azurite.CreateAsync();
        using var lease = Lease(storage);
        var order = new List<int>();
        var first = await lease.AcquireAsync(this, Token);
        var others = Enumerable.Range(0, 5).Select(async i =>
        {
            await using var held = await lease.AcquireAsync(this, Token);
            order.Add(i);
        }).ToList();
        await first.DisposeAsync();
        await Task.WhenAll(others);

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    // Of a machine that is not this one: nothing but the time tells that its process is gone.
    [Fact]
    public async Task Acquire_HeldByAnotherMachineThatIsGone_WaitsUntilItRunsOutAndTellsWhy()
    {
        await using var storage = await azurite.CreateAsync();
        using (var before = Lease(storage))
            await (await before.AcquireAsync(this, Token)).DisposeAsync();
        var blob = storage.Get<BillingStorage>().Leases.GetBlobClient("records");
        await SignAsync(storage, "elsewhere 1 1 x");
        await blob.GetBlobLeaseClient().AcquireAsync(Shortest, cancellationToken: Token);
        var messages = new Messages();
        using var lease = new StorageLease(storage.Get<BillingStorage>(), Shortest, TimeProvider.System, messages);
        var start = TimeProvider.System.GetTimestamp();

        await using var held = await lease.AcquireAsync(this, Token);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 12, 40);
        Assert.Equal("Another process stores records; this one waits until it is done, or until its lease runs out because it was ended", Assert.Single(messages.Texts));
    }

    [Theory]
    [InlineData("{0} 999999999 1 x")] // no such process
    [InlineData("{0} {1} 1 x")] // another process had this one's number before
    [InlineData("{0} {1} {2} x")] // this one, which does not know of it any more
    public async Task Acquire_HeldByAProcessOfThisMachineThatIsGone_IsTakenOverAtOnce(string holder)
    {
        await using var storage = await azurite.CreateAsync();
        using (var before = Lease(storage))
            await (await before.AcquireAsync(this, Token)).DisposeAsync();
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        await SignAsync(storage, string.Format(System.Globalization.CultureInfo.InvariantCulture, holder, Uri.EscapeDataString(Environment.MachineName), Environment.ProcessId, self.StartTime.ToUniversalTime().Ticks));
        await storage.Get<BillingStorage>().Leases.GetBlobClient("records").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Token);
        using var lease = Lease(storage);
        var start = TimeProvider.System.GetTimestamp();

        await using var held = await lease.AcquireAsync(this, Token);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Held_LongerThanItLasts_IsRenewedAndStaysHeld()
    {
        await using var storage = await azurite.CreateAsync();
        using var lease = new StorageLease(storage.Get<BillingStorage>(), Shortest, TimeProvider.System, new Messages());
        await using var held = await lease.AcquireAsync(this, Token);

        await Task.Delay(Shortest + TimeSpan.FromSeconds(4), Token);

        Assert.Equal((LeaseState.Leased, false), ((await storage.Get<BillingStorage>().Leases.GetBlobClient("records").GetPropertiesAsync(cancellationToken: Token)).Value.LeaseState, held.Lost.IsCancellationRequested));
    }

    [Fact]
    public async Task Held_TakenAway_TellsWhoWorksUnderIt()
    {
        await using var storage = await azurite.CreateAsync();
        using var lease = new StorageLease(storage.Get<BillingStorage>(), Shortest, TimeProvider.System, new Messages());
        await using var held = await lease.AcquireAsync(this, Token);
        await storage.Get<BillingStorage>().Leases.GetBlobClient("records").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);

        await Task.Delay(Shortest / 2, held.Lost).ContinueWith(task => Assert.True(task.IsCanceled), Token, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task Acquire_AfterOthers_TellsThatTheyHadIt()
    {
        await using var storage = await azurite.CreateAsync();
        using var one = Lease(storage);
        using var other = Lease(storage);
        var (owner, second) = (new object(), new object());
        var undisturbed = new List<bool>();
        foreach (var (lease, who) in new[] { (one, owner), (one, owner), (one, second), (one, owner), (one, owner), (other, owner), (one, owner) })
        {
            await using var held = await lease.AcquireAsync(who, Token);
            undisturbed.Add(held.IsUndisturbed);
        }

        Assert.Equal([false, true, false, false, true, false, false], undisturbed);
    }

    private static StorageLease Lease(TestStorage storage) => new(storage.Get<BillingStorage>(), StorageLease.Usual, TimeProvider.System, new Messages());

    private static async Task SignAsync(TestStorage storage, string holder) => await storage.Get<BillingStorage>().Leases.GetBlobClient("records")
        .SetMetadataAsync(new Dictionary<string, string> { ["holder"] = holder }, cancellationToken: Token);

    private sealed class Messages : ILogger<StorageLease>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Texts.Add(formatter(state, exception));
    }
}
