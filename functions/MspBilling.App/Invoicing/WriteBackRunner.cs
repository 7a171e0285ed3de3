using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Writes back in this process, one period at a time, and in the background of a close, which neither waits for a vendor nor fails with it.</summary>
public sealed partial class WriteBackRunner(WriteBackJob job, ILogger<WriteBackRunner> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _background = new();

    /// <inheritdoc cref="WriteBackJob.Of(ClientBill, IReadOnlyList{IssuedInvoice})" />
    public IReadOnlyList<WriteBack> Of(ClientBill bill, IReadOnlyList<IssuedInvoice> invoices) => job.Of(bill, invoices);

    /// <summary>Begins with a period; what is left when the process ends is gone on with by the timer.</summary>
    public void Start(Period period)
    {
        if (job.Writers.Count == 0)
        {
            return;
        }

        var task = Task.Run(() => BackgroundAsync(period));
        _background[task] = true;
        _ = task.ContinueWith(ended => _background.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <inheritdoc cref="WriteBackJob.RunAsync" />
    public async Task RunAsync(Period period, string? source, bool again, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await job.RunAsync(period, source, again, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_background.Keys).ConfigureAwait(false);
        _stopping.Dispose();
        _one.Dispose();
    }

    private async Task BackgroundAsync(Period period)
    {
        try
        {
            await RunAsync(period, null, again: false, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_stopping.IsCancellationRequested)
            {
                LogFailed(e, period.ToString());
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Writing back the invoice numbers of {Period} failed; the timer goes on with it")]
    private partial void LogFailed(Exception exception, string period);
}
