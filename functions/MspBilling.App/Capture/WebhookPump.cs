using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Feeds the handler from the Storage queue.</summary>
public sealed partial class WebhookPump(WebhookQueue queue, WebhookHandler handler, ILogger<WebhookPump> logger)
{
    // Their records are stored together.
    private const int MostMessages = 128;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>Handles what is visible now, together.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> PumpOnceAsync(CancellationToken cancellationToken)
    {
        var batch = new List<WebhookQueue.Received>();
        while (batch.Count < MostMessages && await queue.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } more)
        {
            batch.AddRange(more);
        }

        if (batch.Count == 0)
        {
            return 0;
        }

        IReadOnlyList<TimeSpan?> again;
        try
        {
            again = await handler.HandleAsync([.. batch.Select(received => received.Message)], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, batch.Count);
            again = [.. batch.Select(_ => (TimeSpan?)AfterFault)];
        }

        await Parallel.ForEachAsync(batch.Zip(again), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (each, token) =>
        {
            var (received, pause) = each;
            await (pause is { } after ? queue.RetryAsync(received, TimeSpan.FromSeconds(Math.Ceiling(after.TotalSeconds)), token) : queue.CompleteAsync(received, token)).ConfigureAwait(false);
        }).ConfigureAwait(false);

        return batch.Count;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} webhook messages could not be handled; they are tried again")]
    private partial void LogFailed(Exception exception, int count);
}
