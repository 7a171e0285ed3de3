using System.Text.Json;
using Azure.Storage.Queues.Models;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>Webhook messages on a Storage queue: seen again after a while if they are not completed.</summary>
/// <remarks>How often a record was tried is noted with the record, so that no message is ever set aside; one that cannot be read is removed.</remarks>
public sealed class WebhookQueue(BillingStorage storage) : IWebhookQueue
{
    // A source that is slow to answer keeps a batch for minutes.
    private static readonly TimeSpan Invisible = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public sealed record Received(WebhookMessage Message, string Id, string Receipt);

    public Task SendAsync(WebhookMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        storage.WebhookMessages.SendMessageAsync(BinaryData.FromBytes(RecordJson.Serialize(message)), delay, Forever, cancellationToken);

    /// <summary>What is visible now.</summary>
    /// <param name="most">1 to 32 messages.</param>
    public async Task<IReadOnlyList<Received>> ReceiveAsync(int most, CancellationToken cancellationToken)
    {
        QueueMessage[] messages = await storage.WebhookMessages.ReceiveMessagesAsync(most, Invisible, cancellationToken).ConfigureAwait(false);
        var received = new List<Received>();
        foreach (var message in messages)
        {
            if (Read(message.Body) is { } readable)
            {
                received.Add(new Received(readable, message.MessageId, message.PopReceipt));
                continue;
            }

            await storage.WebhookMessages.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken).ConfigureAwait(false);
        }

        return received;
    }

    public Task CompleteAsync(Received received, CancellationToken cancellationToken) =>
        QueueReceipts.IfStillOursAsync(() => storage.WebhookMessages.DeleteMessageAsync(received.Id, received.Receipt, cancellationToken));

    /// <summary>Makes it visible again after a while.</summary>
    public Task RetryAsync(Received received, TimeSpan after, CancellationToken cancellationToken) =>
        QueueReceipts.IfStillOursAsync(() => storage.WebhookMessages.UpdateMessageAsync(received.Id, received.Receipt, visibilityTimeout: after, cancellationToken: cancellationToken));

    private static WebhookMessage? Read(BinaryData body)
    {
        try
        {
            return RecordJson.Deserialize<WebhookMessage>(body) is { Source: not null, Records: not null } message ? message : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
