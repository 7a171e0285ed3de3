using Azure;
using Azure.Storage.Queues.Models;

namespace MspBilling.Adapters.Storage;

/// <summary>Changes of messages that were received.</summary>
internal static class QueueReceipts
{
    public static async Task IfStillOursAsync<T>(Func<Task<T>> change)
    {
        try
        {
            await change().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404 || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // It took longer than the message was invisible: somebody else has it now, or is done with it.
        }
    }
}
