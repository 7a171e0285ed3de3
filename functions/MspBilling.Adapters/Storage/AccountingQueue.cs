using System.Text.Json;
using Azure.Storage.Queues.Models;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>That an outbox entry is to be brought to the accounting system.</summary>
/// <param name="CreditNote">The number of a credit note; null for the invoice.</param>
/// <param name="Part">Which of the client's invoices in the currency; null for the only one.</param>
public sealed record AccountingMessage(Period Period, string ClientId, Currency Currency, string? CreditNote = null, string? Part = null);

/// <summary>Accounting messages on a Storage queue: seen again after a while if they are not completed, set aside after five tries.</summary>
public sealed class AccountingQueue(BillingStorage storage)
{
    private const int MostTries = 5;
    private static readonly TimeSpan Invisible = TimeSpan.FromMinutes(1);

    public sealed record Received(AccountingMessage Message, string Id, string Receipt, long Tries)
    {
        public bool IsLastTry => Tries >= MostTries;
    }

    public Task SendAsync(AccountingMessage message, CancellationToken cancellationToken) =>
        storage.Accounting.SendMessageAsync(BinaryData.FromBytes(RecordJson.Serialize(message)), cancellationToken: cancellationToken);

    /// <summary>What is visible now; a message that cannot be read is set aside and not among it.</summary>
    public async Task<IReadOnlyList<Received>> ReceiveAsync(CancellationToken cancellationToken)
    {
        QueueMessage[] messages = await storage.Accounting.ReceiveMessagesAsync(maxMessages: 32, Invisible, cancellationToken).ConfigureAwait(false);
        var received = new List<Received>();
        foreach (var message in messages)
        {
            if (Read(message.Body) is { } readable)
            {
                received.Add(new Received(readable, message.MessageId, message.PopReceipt, message.DequeueCount));
                continue;
            }

            await storage.AccountingPoison.SendMessageAsync(message.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
            await storage.Accounting.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken).ConfigureAwait(false);
        }

        return received;
    }

    public Task CompleteAsync(Received received, CancellationToken cancellationToken) =>
        QueueReceipts.IfStillOursAsync(() => storage.Accounting.DeleteMessageAsync(received.Id, received.Receipt, cancellationToken));

    /// <summary>Makes it visible again after a while.</summary>
    public Task RetryAsync(Received received, TimeSpan after, CancellationToken cancellationToken) =>
        QueueReceipts.IfStillOursAsync(() => storage.Accounting.UpdateMessageAsync(received.Id, received.Receipt, visibilityTimeout: after, cancellationToken: cancellationToken));

    /// <summary>Sets it aside for a person.</summary>
    public async Task DeadLetterAsync(Received received, CancellationToken cancellationToken)
    {
        await storage.AccountingPoison.SendMessageAsync(BinaryData.FromBytes(RecordJson.Serialize(received.Message)), cancellationToken: cancellationToken).ConfigureAwait(false);
        await CompleteAsync(received, cancellationToken).ConfigureAwait(false);
    }

    private static AccountingMessage? Read(BinaryData body)
    {
        try
        {
            return RecordJson.Deserialize<AccountingMessage>(body) is { ClientId: not null } message ? message : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
