using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>Has fetched what waits beyond its time, and forgets events that are old.</summary>
public sealed class WebhookTimer(IEnumerable<IWebhookSource> sources, WebhookInbox inbox, WebhookStore store, WebhookOptions options, TimeProvider clock) : IScheduledJob
{
    // Longer than a message is invisible while it is handled.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    public string Name => "webhooks";

    public string Schedule => "*/10 * * * *";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await inbox.SendAgainAsync(source.Name, Grace, givenUpToo: false, cancellationToken).ConfigureAwait(false);
            await store.ForgetAsync(source.Name, clock.GetUtcNow().AddDays(-options.KeepDays), cancellationToken).ConfigureAwait(false);
        }
    }
}
