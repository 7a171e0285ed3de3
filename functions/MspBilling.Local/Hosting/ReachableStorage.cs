using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using MspBilling.Local.Azurite;

namespace MspBilling.Local.Hosting;

/// <summary>Asks a storage whether it is there before any work begins: a wrong address is told in seconds, not after every retry.</summary>
internal static class ReachableStorage
{
    private const string WayOut = "Check Storage__ConnectionString, or remove it to use the storage emulator.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="BadInputException">The connection string is none.</exception>
    /// <exception cref="LocalStorageException">The storage does not answer, or does not let us in.</exception>
    public static async Task RequireAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            var tables = new TableServiceClient(connectionString, Hurried(new TableClientOptions()));
            var blobs = new BlobServiceClient(connectionString, Hurried(new BlobClientOptions()));
            var queues = new QueueServiceClient(connectionString, Hurried(new QueueClientOptions()));
            await Task.WhenAll(
                tables.GetPropertiesAsync(cancellationToken), blobs.GetPropertiesAsync(cancellationToken), queues.GetPropertiesAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new BadInputException($"The storage's connection string cannot be read. {WayOut}");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LocalStorageException($"The storage does not answer: {ReasonOf(e)}. {WayOut}");
        }
    }

    /// <summary>What a storage client met, in a few words: its own text repeats itself for every retry.</summary>
    public static string ReasonOf(Exception failure)
    {
        var first = failure is AggregateException all ? all.Flatten().InnerExceptions[0] : failure;
        return first is RequestFailedException { Status: > 0 } refused
            ? $"{refused.Status} {refused.ErrorCode}"
            : first.GetBaseException().Message.Split('\n')[0].TrimEnd('.', '\r');
    }

    private static T Hurried<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        options.Retry.NetworkTimeout = Patience;
        return options;
    }
}
