using Microsoft.Extensions.Logging;
using MspBilling.App.Capture;

namespace MspBilling.Local.Hosting;

/// <summary>Feeds the webhook handler, when webhooks leave it the time.</summary>
internal sealed class WebhookWorker(WebhookStart start, WebhookArrivals arrivals, WebhookPump pump, TimeProvider clock, ILogger<WebhookWorker> logger) : QueueWorker("webhook", clock, logger)
{
    // The server listens when this is done.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await start.RunAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task<int> PumpOnceAsync(CancellationToken cancellationToken)
    {
        await arrivals.QuietAsync(cancellationToken).ConfigureAwait(false);
        return await pump.PumpOnceAsync(cancellationToken).ConfigureAwait(false);
    }
}
