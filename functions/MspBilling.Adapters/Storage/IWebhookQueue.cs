using MspBilling.Adapters.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>That records of a source wait to be fetched, because webhooks told of them.</summary>
public sealed record WebhookMessage(string Source, IReadOnlyList<WebhookRecord> Records);

/// <summary>Where those messages go: a Storage queue in the local host, Service Bus in Azure.</summary>
/// <remarks>A message says only where to look: one that is lost or comes twice does no harm.</remarks>
public interface IWebhookQueue
{
    /// <param name="delay">How long nobody sees it.</param>
    Task SendAsync(WebhookMessage message, TimeSpan delay, CancellationToken cancellationToken);
}
