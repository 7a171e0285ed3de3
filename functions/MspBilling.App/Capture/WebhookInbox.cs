using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>Keeps events that are known to be genuine, and has what they tell of fetched.</summary>
/// <remarks>
/// An event is kept with the records that it tells of before it is answered, in one request; that they are to be fetched is said after. Where that is cut short, the
/// records wait, and are found when the program starts again or by <see cref="WebhookTimer"/>.
/// </remarks>
public sealed class WebhookInbox(WebhookStore store, WebhookArrivals arrivals, WebhookOptions options, TimeProvider clock)
{
    /// <returns>Whether it is to be fetched: false for an event that was received before, or tells of nothing that is pulled.</returns>
    public async Task<bool> TakeAsync(IWebhookSource source, WebhookEvent told, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(told);
        var now = clock.GetUtcNow();
        var isNew = await store.AddAsync(source.Name, told.Key ?? RecordJson.Hash(body.ToArray()), told, body, now, now + TimeSpan.FromSeconds(options.DelaySeconds), cancellationToken).ConfigureAwait(false);
        if (!isNew || told.Records.Count == 0)
        {
            return false;
        }

        arrivals.Add(source.Name, told.Records);
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

        arrivals.Add(source, late.Select(each => each.Waiting.Record));
        await arrivals.SendAsync(cancellationToken).ConfigureAwait(false);
        return late.Count;
    }
}
