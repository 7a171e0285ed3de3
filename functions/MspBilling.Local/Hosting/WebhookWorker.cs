using Microsoft.Extensions.Logging;
using MspBilling.App.Capture;

namespace MspBilling.Local.Hosting;

/// <summary>Feeds the webhook handler.</summary>
internal sealed class WebhookWorker(WebhookPump pump, TimeProvider clock, ILogger<WebhookWorker> logger) : QueueWorker("webhook", clock, logger)
{
    protected override Task<int> PumpOnceAsync(CancellationToken cancellationToken) => pump.PumpOnceAsync(cancellationToken);
}
