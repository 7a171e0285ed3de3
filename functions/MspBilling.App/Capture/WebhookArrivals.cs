using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>What webhooks told of and was answered: gathered for a moment, so that the records of many are one message, and seen by who fetches, so that answers come first.</summary>
/// <remarks>
/// An answer waits for the one request that keeps its event, and for nothing that is done here. Nothing depends on it either: the records wait in the storage, and what was
/// gathered when the process ended is found by <see cref="WebhookInbox.SendAgainAsync"/>.
/// </remarks>
public sealed class WebhookArrivals(IWebhookQueue queue, WebhookOptions options, TimeProvider clock)
{
    /// <summary>Of a message, which is as much as is fetched at once while webhooks come in.</summary>
    public const int MostRecords = 16;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Who sends on and on must not keep everything from being fetched.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly HashSet<(string Source, WebhookRecord Record)> _gathered = [];
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Whether nothing came for a moment.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_lock)
            {
                return clock.GetUtcNow() - _last >= Quiet;
            }
        }
    }

    public void Add(string source, IEnumerable<WebhookRecord> records)
    {
        lock (_lock)
        {
            _gathered.UnionWith(records.Select(record => (source, record)));
            _last = clock.GetUtcNow();
        }
    }

    /// <summary>Waits until nothing comes for a moment; not for ever.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetUtcNow();
        while (!IsQuiet && clock.GetUtcNow() - begun < Patience)
        {
            await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has fetched what was gathered, after the time that an event waits for others of its record.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        List<(string Source, WebhookRecord Record)> gathered;
        TimeSpan delay;
        lock (_lock)
        {
            gathered = [.. _gathered];
            _gathered.Clear();
            delay = _last + TimeSpan.FromSeconds(options.DelaySeconds) - clock.GetUtcNow();
        }

        try
        {
            foreach (var some in gathered.GroupBy(each => each.Source, each => each.Record).SelectMany(of => of.Chunk(MostRecords), (of, few) => new WebhookMessage(of.Key, few)))
            {
                await queue.SendAsync(some, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            lock (_lock)
            {
                _gathered.UnionWith(gathered);
            }

            throw;
        }
    }
}
