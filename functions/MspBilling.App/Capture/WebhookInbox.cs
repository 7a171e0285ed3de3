using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>Keeps events that are known to be genuine, and has what they tell of fetched.</summary>
/// <remarks>
/// An event is kept with the records that it tells of before anybody is told to fetch them: where that is cut short, the records wait, and are found by
/// <see cref="WebhookTimer"/>.
/// </remarks>
public sealed class WebhookInbox(WebhookStore store, IWebhookQueue queue, WebhookOptions options, TimeProvider clock)
{
    // Of a message, which holds 48 KiB.
    private const int MostRecords = 100;

    /// <returns>Whether it is to be fetched: false for an event that was received before, or tells of nothing that is pulled.</returns>
    public async Task<bool> TakeAsync(IWebhookSource source, WebhookEvent told, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(told);
        var (now, delay) = (clock.GetUtcNow(), TimeSpan.FromSeconds(options.DelaySeconds));
        var isNew = await store.AddAsync(source.Name, told.Key ?? RecordJson.Hash(body.ToArray()), told, body, now, now + delay, cancellationToken).ConfigureAwait(false);
        if (!isNew || told.Records.Count == 0)
        {
            return false;
        }

        await SendAsync(source.Name, told.Records, delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Has what waits beyond its time fetched: its message was lost, or never sent.</summary>
    /// <param name="grace">How long beyond.</param>
    /// <param name="givenUpToo">Whether what waits for a person is tried again, because one has mended something.</param>
    /// <returns>How many records.</returns>
    public async Task<int> SendAgainAsync(string source, TimeSpan grace, bool givenUpToo, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var late = (await store.WaitingAsync(source, cancellationToken).ConfigureAwait(false))
            .Where(each => each.Waiting.IsGivenUp ? givenUpToo : each.Waiting.DueAt + grace <= now).ToList();
        foreach (var (waiting, tag) in late)
        {
            await store.ChangeAsync(source, waiting with { DueAt = now, Tries = waiting.IsGivenUp ? 0 : waiting.Tries, IsGivenUp = false }, tag, cancellationToken).ConfigureAwait(false);
        }

        await SendAsync(source, [.. late.Select(each => each.Waiting.Record)], TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return late.Count;
    }

    private async Task SendAsync(string source, IReadOnlyList<WebhookRecord> records, TimeSpan delay, CancellationToken cancellationToken)
    {
        foreach (var some in records.Chunk(MostRecords))
        {
            await queue.SendAsync(new WebhookMessage(source, some), delay, cancellationToken).ConfigureAwait(false);
        }
    }
}
