using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Feeds the handler from the Storage queue.</summary>
/// <remarks>
/// The records of what is handled together are stored together: more of them are fewer requests, but such as the storage emulator, which does one thing at a time, is
/// busy with for longer. So they are few while webhooks come in.
/// </remarks>
public sealed partial class WebhookPump(WebhookQueue queue, WebhookArrivals arrivals, WebhookHandler handler, ILogger<WebhookPump> logger)
{
    private const int MostRecords = 128;
    private const int FewRecords = WebhookArrivals.MostRecords;
    private const int MostMessages = 32;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>Handles what is visible now, together.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> PumpOnceAsync(CancellationToken cancellationToken)
    {
        await arrivals.SendAsync(cancellationToken).ConfigureAwait(false);
        var batch = await ReceiveAsync(arrivals.IsQuiet ? MostRecords : FewRecords, cancellationToken).ConfigureAwait(false);
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

        await Parallel.ForEachAsync(batch.Zip(again), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (each, token) =>
        {
            var (received, pause) = each;
            await (pause is { } after ? queue.RetryAsync(received, TimeSpan.FromSeconds(Math.Ceiling(after.TotalSeconds)), token) : queue.CompleteAsync(received, token)).ConfigureAwait(false);
        }).ConfigureAwait(false);

        return batch.Count;
    }

    /// <param name="records">As many or somewhat more, as whole messages have them.</param>
    private async Task<List<WebhookQueue.Received>> ReceiveAsync(int records, CancellationToken cancellationToken)
    {
        var (batch, got) = (new List<WebhookQueue.Received>(), 0);
        while (got < records)
        {
            var more = await queue.ReceiveAsync(Math.Clamp((records - got) / WebhookArrivals.MostRecords, 1, MostMessages), cancellationToken).ConfigureAwait(false);
            if (more.Count == 0)
            {
                break;
            }

            batch.AddRange(more);
            got += more.Sum(received => received.Message.Records.Count);
        }

        return batch;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} webhook messages could not be handled; they are tried again")]
    private partial void LogFailed(Exception exception, int count);
}
