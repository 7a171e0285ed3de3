using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Feeds the handler from the Storage queue.</summary>
public sealed partial class WebhookPump(WebhookQueue queue, WebhookHandler handler, ILogger<WebhookPump> logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>Handles what is visible now, together.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> PumpOnceAsync(CancellationToken cancellationToken)
    {
        var batch = await queue.ReceiveAsync(cancellationToken).ConfigureAwait(false);
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

        foreach (var (received, pause) in batch.Zip(again))
        {
            await (pause is { } after ? queue.RetryAsync(received, TimeSpan.FromSeconds(Math.Ceiling(after.TotalSeconds)), cancellationToken) : queue.CompleteAsync(received, cancellationToken)).ConfigureAwait(false);
        }

        return batch.Count;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} webhook messages could not be handled; they are tried again")]
    private partial void LogFailed(Exception exception, int count);
}
