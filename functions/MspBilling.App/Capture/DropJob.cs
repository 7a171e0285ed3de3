using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <param name="Again">Whether what was refused is tried again although it is as it was.</param>
/// <param name="Whole">The name of a file that is all of its export.</param>
public sealed record DropRequest(bool Again = false, string? Whole = null);

/// <param name="Waiting">Files that are left for the next look, and what each waits for.</param>
public sealed record DropReport(IReadOnlyList<ImportReport> Imports, IReadOnlyList<DropWaiting> Waiting)
{
    public bool HasRefused => Imports.Any(import => import.State == ImportState.Refused);
}

/// <param name="For">What it waits for.</param>
public sealed record DropWaiting(string Name, string For);

/// <summary>Imports what was put into the drop, each file and each export once.</summary>
/// <remarks>
/// Nothing is moved or deleted: a cloud's export may write the same file again, which is then another version that is looked at. What was refused is listed and left
/// until it is changed. A file that is leased, empty or changed a moment ago is still being written, and left for the next look, as is an export whose parts are not all there.
/// Cut short between the import and its note, a file is found imported the next time.
/// </remarks>
public sealed partial class DropJob(DropStore drop, ImportJob imports, DropOptions options, TimeProvider clock, ILogger<DropJob> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<DropReport> RunAsync(DropRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await LookAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<DropReport> LookAsync(DropRequest request, CancellationToken cancellationToken)
    {
        var blobs = await drop.ListAsync(cancellationToken).ConfigureAwait(false);
        var known = (await drop.StatesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(state => state.Name, StringComparer.Ordinal);
        var manifests = new Dictionary<string, UsageManifest>(StringComparer.Ordinal);
        foreach (var blob in blobs.Where(blob => blob.Name == UsageFile.ManifestName || blob.Name.EndsWith('/' + UsageFile.ManifestName, StringComparison.Ordinal)))
        {
            using var content = await drop.OpenAsync(blob, cancellationToken).ConfigureAwait(false);
            if (content is not null && UsageManifest.Find(content) is { } manifest)
            {
                manifests[blob.Name] = manifest;
            }
        }

        var (reports, waiting) = (new List<ImportReport>(), new List<DropWaiting>());
        foreach (var item in DropItem.Of(blobs, manifests))
        {
            var isAsked = item.Name == request.Whole;
            if (known.TryGetValue(item.Name, out var before) && before.Tag == item.Tag && !(before.State == DropState.Refused && (request.Again || isAsked)))
            {
                continue;
            }

            if (((isAsked ? null : item.Waits) ?? StillWritten(item)) is { } reason)
            {
                waiting.Add(new DropWaiting(item.Name, reason));
            }
            else if (await ImportAsync(item, isAsked, cancellationToken).ConfigureAwait(false) is { } report)
            {
                reports.Add(report);
            }
            else
            {
                waiting.Add(new DropWaiting(item.Name, "its end: it was changed while it was read"));
            }
        }

        return new DropReport(reports, waiting);
    }

    private string? StillWritten(DropItem item)
    {
        var settled = clock.GetUtcNow().AddSeconds(-options.SettleSeconds);
        return item.Blobs.Any(blob => blob.IsLeased || blob.Length == 0 || blob.Changed > settled) ? "its end: it is empty, held by somebody, or was changed a moment ago" : null;
    }

    /// <returns>Null when a file was changed since it was listed.</returns>
    private async Task<ImportReport?> ImportAsync(DropItem item, bool isWhole, CancellationToken cancellationToken)
    {
        using var content = item.IsExport
            ? await UsageBundle.CreateAsync(item.Blobs.Select(blob => (PartName(blob), new Func<Task<Stream?>>(() => drop.OpenAsync(blob, cancellationToken)))), cancellationToken).ConfigureAwait(false)
            : await drop.OpenAsync(item.Blobs[0], cancellationToken).ConfigureAwait(false);
        if (content is null)
        {
            return null;
        }

        var report = await imports.RunAsync(
            item.IsExport ? item.Name + ".zip" : item.Name, null, content, new UsageOrigin(item.IsExport || isWhole, item.ExportedAt), cancellationToken).ConfigureAwait(false);
        var state = report.State == ImportState.Refused ? DropState.Refused : DropState.Imported;
        await drop.WriteAsync(new Dropped(item.Name, item.Tag, state, clock.GetUtcNow(), [.. report.Problems.Select(problem => problem.ToString())]), cancellationToken).ConfigureAwait(false);
        if (state == DropState.Refused)
        {
            LogRefused(item.Name);
        }

        return report;
    }

    private static string PartName(DroppedBlob blob) => blob.Name[(blob.Name.LastIndexOf('/') + 1)..];

    [LoggerMessage(LogLevel.Warning, "{Name} of the drop was refused; GET /api/sources tells why")]
    private partial void LogRefused(string name);
}

/// <summary>Looks at the drop.</summary>
public sealed class DropTimer(DropJob job) : IScheduledJob
{
    public string Name => "drop";

    public string Schedule => "*/5 * * * *";

    public Task RunAsync(CancellationToken cancellationToken) => job.RunAsync(new DropRequest(), cancellationToken);
}
