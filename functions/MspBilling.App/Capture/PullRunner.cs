using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;

namespace MspBilling.App.Capture;

/// <summary>Pulls in this process, one at a time of a source: who asks for one that is running gets that one.</summary>
public sealed partial class PullRunner(PullJob job, ILogger<PullRunner> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<PullReport>>> _running = new(StringComparer.Ordinal);

    public Task<PullReport> Start(IRecordSource source, PullRequest request)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _running.GetOrAdd(source.Name, _ => new Lazy<Task<PullReport>>(() => Task.Run(() => RunAsync(source, request)))).Value;
    }

    public bool IsRunning(string source) => _running.ContainsKey(source);

    private async Task<PullReport> RunAsync(IRecordSource source, PullRequest request)
    {
        try
        {
            return await job.RunAsync(source, request, default).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Who started it through the API is not there to see the exception.
            LogFailed(e, source.Name);
            throw;
        }
        finally
        {
            _running.TryRemove(source.Name, out _);
        }
    }

    [LoggerMessage(LogLevel.Error, "The pull of {Source} failed")]
    private partial void LogFailed(Exception exception, string source);
}
