using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace MspBilling.Adapters.Storage;

/// <summary>Who stores records does so alone, over all processes: a lease on a blob, renewed while it is held.</summary>
/// <remarks>
/// Within a process those who wait take their turns in the order in which they came. A process that ends without giving the lease
/// back loses it when it runs out, and at once where it was on this machine: the blob says whose it is. Who loses a lease that it still
/// works under is told to stop. What it has sent by then may still be written, which does no harm, because storing a record twice does none.
/// </remarks>
public sealed partial class StorageLease(BillingStorage storage, TimeSpan duration, TimeProvider clock, ILogger<StorageLease> logger) : IDisposable
{
    private const string HolderKey = "holder";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // After this long, who waits is told for what.
    private const int PausesUntilTold = 8;

    // The start of a process is reckoned from the time since its machine was started, a little otherwise by each who asks.
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(10);

    /// <summary>Who of this process holds a lease: one that is signed by another of it was lost on the way.</summary>
    private static readonly ConcurrentDictionary<string, bool> HeldHere = new();

    private readonly TimeSpan _duration = duration;
    private readonly TimeProvider _clock = clock;
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly BlobClient _blob = storage.Leases.GetBlobClient("records");
    private object? _lastOwner;
    private ETag _lastTag;

    /// <summary>How long a lease is held without being renewed.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits until nobody else stores records.</summary>
    /// <param name="owner">Who asks, to be told whether anybody else had it since.</param>
    public async Task<Held> AcquireAsync(object owner, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            HeldHere[_name] = true;
            var (client, tag) = await LeaseAsync(cancellationToken).ConfigureAwait(false);
            var isUndisturbed = tag == _lastTag && ReferenceEquals(owner, _lastOwner);
            (_lastOwner, _lastTag) = (owner, tag);
            return new Held(this, client, isUndisturbed);
        }
        catch
        {
            HeldHere.TryRemove(_name, out _);
            _one.Release();
            throw;
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<(BlobLeaseClient Client, ETag Tag)> LeaseAsync(CancellationToken cancellationToken)
    {
        var client = _blob.GetBlobLeaseClient();
        for (var pauses = 0; ; pauses++)
        {
            try
            {
                BlobLease lease = await client.AcquireAsync(_duration, cancellationToken: cancellationToken).ConfigureAwait(false);

                // Who had it last need not say so again. Until this is written the lease may be taken for that of the last one who had it, and be
                // ended with it: then this is refused, and the lease is asked for once more.
                return (client, lease.ETag == _lastTag && _lastTag != default ? lease.ETag : await SignAsync(client.LeaseId, cancellationToken).ConfigureAwait(false));
            }
            catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                await CreateAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                if (pauses == PausesUntilTold)
                {
                    LogWaiting();
                }

                if (!await BrokeAsync(cancellationToken).ConfigureAwait(false))
                {
                    await Task.Delay(Pause, _clock, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<ETag> SignAsync(string leaseId, CancellationToken cancellationToken)
    {
        return (await _blob.SetMetadataAsync(Signature(), new BlobRequestConditions { LeaseId = leaseId }, cancellationToken).ConfigureAwait(false)).Value.ETag;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = Signature(), Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another was first, and may hold it already.
        }
    }

    /// <summary>Ends the lease of a process that is no more.</summary>
    private async Task<bool> BrokeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await _blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            if (properties.LeaseState != LeaseState.Leased || !properties.Metadata.TryGetValue(HolderKey, out var holder) || !IsGone(holder))
            {
                return false;
            }

            await _blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, new RequestConditions { IfMatch = properties.ETag }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private Dictionary<string, string> Signature() => new()
    {
        [HolderKey] = string.Create(CultureInfo.InvariantCulture, $"{Machine} {Environment.ProcessId} {StartOf(Environment.ProcessId)} {_name}"),
    };

    private static string Machine => Uri.EscapeDataString(Environment.MachineName);

    // Signed by this one, which does not hold it, it is of a lease that was lost on the way here, or of one that is not signed yet.
    private bool IsGone(string holder) => holder.Split(' ') is [var machine, var process, var start, var name]
        && machine == Machine
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && (StartOf(number) is not { } began || Math.Abs(began - ticks) > SameStart.Ticks || (number == Environment.ProcessId && (name == _name || !HeldHere.ContainsKey(name))));

    /// <summary>When a process of this machine began, in ticks; a process that is gone may have left its number to another.</summary>
    private static long? StartOf(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Another process stores records; this one waits until it is done, or until its lease runs out because it was ended")]
    private partial void LogWaiting();

    /// <summary>A lease that is held until it is disposed of.</summary>
    public sealed class Held : IAsyncDisposable
    {
        private readonly StorageLease _lease;
        private readonly BlobLeaseClient _client;
        private readonly CancellationTokenSource _lost = new();
        private readonly CancellationTokenSource _done = new();
        private readonly Task _renewing;

        internal Held(StorageLease lease, BlobLeaseClient client, bool isUndisturbed)
        {
            (_lease, _client, IsUndisturbed) = (lease, client, isUndisturbed);
            _renewing = RenewAsync();
        }

        /// <summary>Whether nobody else had it since the owner had it last, in this process or another.</summary>
        public bool IsUndisturbed { get; }

        /// <summary>Cancelled when another may store records from now on.</summary>
        public CancellationToken Lost => _lost.Token;

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync().ConfigureAwait(false);
            await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!_lost.IsCancellationRequested)
                {
                    await _client.ReleaseAsync().ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                // The storage is away, or the lease was lost: it runs out by itself.
                _lease._lastTag = default;
            }
            finally
            {
                HeldHere.TryRemove(_lease._name, out _);
                _lost.Dispose();
                _done.Dispose();
                _lease._one.Release();
            }
        }

        private async Task RenewAsync()
        {
            var renewed = _lease._clock.GetTimestamp();
            while (true)
            {
                await Task.Delay(_lease._duration / 3, _lease._clock, _done.Token).ConfigureAwait(false);
                try
                {
                    await _client.RenewAsync(cancellationToken: _done.Token).ConfigureAwait(false);
                    renewed = _lease._clock.GetTimestamp();
                }
                catch (Exception e) when (e is RequestFailedException or AggregateException)
                {
                    if (e is RequestFailedException { Status: 404 or 409 or 412 } || _lease._clock.GetElapsedTime(renewed) > _lease._duration)
                    {
                        await _lost.CancelAsync().ConfigureAwait(false);
                        return;
                    }
                }
            }
        }
    }
}
