using Azure;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Done before webhooks are listened to: what waits since the program ended is fetched now, and the first answer is as fast as the others.</summary>
public sealed partial class WebhookStart(IEnumerable<IWebhookSource> sources, WebhookInbox inbox, WebhookStore store, TimeProvider clock, ILogger<WebhookStart> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            try
            {
                await store.WarmUpAsync(source.Name, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                await inbox.SendAgainAsync(source.Name, TimeSpan.Zero, givenUpToo: false, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                LogFailed(e, source.Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What webhooks of {Source} told before the start is fetched later, because the storage did not answer")]
    private partial void LogFailed(Exception exception, string source);
}
