using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Accounting;

/// <summary>Feeds the handler from the Storage queue: retries with a growing pause, and sets aside what cannot be mended by trying again.</summary>
public sealed partial class AccountingPump(AccountingQueue queue, AccountingHandler handler, ILogger<AccountingPump> logger)
{
    /// <summary>Handles what is visible now.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> PumpOnceAsync(CancellationToken cancellationToken)
    {
        var batch = await queue.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            batch, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (m, token) => await HandleAsync(m, token).ConfigureAwait(false)).ConfigureAwait(false);
        return batch.Count;
    }

    private async Task HandleAsync(AccountingQueue.Received received, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync(received.Message, cancellationToken).ConfigureAwait(false);
            await queue.CompleteAsync(received, cancellationToken).ConfigureAwait(false);
        }
        catch (PermanentAccountingException)
        {
            await queue.DeadLetterAsync(received, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, received.Message.ClientId, received.Message.Period.ToString(), received.Tries);
            if (received.IsLastTry)
            {
                await handler.GiveUpAsync(received.Message, $"Given up after {received.Tries} tries: {e.Message.Split('\n')[0]} Send it again with: sync --period {received.Message.Period}.", cancellationToken).ConfigureAwait(false);
                await queue.DeadLetterAsync(received, cancellationToken).ConfigureAwait(false);
                return;
            }

            await queue.RetryAsync(received, TimeSpan.FromSeconds(Math.Pow(2, received.Tries)), cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Accounting of {ClientId} {Period} failed at try {Try}")]
    private partial void LogFailed(Exception exception, string clientId, string period, long @try);
}
