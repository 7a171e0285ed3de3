using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

public enum ImportState
{
    Imported,

    /// <summary>These very bytes were imported before; nothing was done.</summary>
    AlreadyImported,

    /// <summary>Something is wrong with the file; nothing of it was stored.</summary>
    Refused,
}

/// <param name="Assigned">Activities that belong to another client or month through this file, most of them to nobody known before.</param>
/// <param name="IsConflict">Whether it was refused for being at odds with what is stored.</param>
public sealed record ImportReport(
    string FileName, string Format, ImportState State, int Added, int Changed, int Unchanged, int Assigned, IReadOnlyList<ImportProblem> Problems, bool MoreProblems, bool IsConflict = false);

/// <summary>Takes a file in: whole or not at all, its bytes kept, its records stored once.</summary>
/// <remarks>
/// The import is noted before its records are stored and again after, so that one that is cut short is finished before the next
/// close, and before the next import: where a source tells no revision, what arrived last stays. Imports wait for each other,
/// because an activity may move while it is stored.
/// </remarks>
public sealed partial class ImportJob(
    RawPayloadStore payloads, RecordStore records, ClosedPeriods closed, AgreementAdmission agreements, TimeProvider clock, ILogger<ImportJob> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <param name="content">A stream that can be read twice.</param>
    public async Task<ImportReport> RunAsync(string fileName, string? format, Stream content, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var hash = await HashAsync(content, cancellationToken).ConfigureAwait(false);
            var noted = await payloads.FindAsync(hash, cancellationToken).ConfigureAwait(false);
            if (noted is { IsStored: true } done && !await WasReplacedAsync(done, cancellationToken).ConfigureAwait(false))
            {
                return new ImportReport(fileName, done.Format, ImportState.AlreadyImported, 0, 0, done.Records, 0, [], false);
            }

            var read = ImportReader.Read(fileName, format, content);
            if (read.Problems.Count > 0)
            {
                return Refused(fileName, read, read.Problems);
            }

            await FinishAllAsync(import => import.Hash != hash, cancellationToken).ConfigureAwait(false);
            var (refusals, isConflict) = await agreements.CheckAsync(fileName, read.Records, cancellationToken).ConfigureAwait(false);
            if (refusals.Count > 0)
            {
                return Refused(fileName, read, refusals, isConflict);
            }

            content.Position = 0;
            await payloads.PutAsync(hash, content, cancellationToken).ConfigureAwait(false);
            var import = new RawPayloadStore.Import(hash, fileName, read.Format, clock.GetUtcNow(), read.Records.Count, IsStored: false);
            return await StoreAsync(import, read, wasCutShort: noted is not null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Finishes imports that were cut short.</summary>
    public async Task FinishPendingAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FinishAllAsync(_ => true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private ImportReport Refused(string fileName, ImportResult read, IReadOnlyList<ImportProblem> problems, bool isConflict = false)
    {
        LogRefused(fileName, problems.Count);
        return new ImportReport(fileName, read.Format, ImportState.Refused, 0, 0, 0, 0, problems, read.MoreProblems, isConflict);
    }

    // Settings and agreements carry no revision: who imports an earlier file of them again goes back to it, as far as that is allowed.
    private async Task<bool> WasReplacedAsync(RawPayloadStore.Import import, CancellationToken cancellationToken) =>
        import.Format is ImportReader.SettingsFormat or ImportReader.AgreementsFormat
        && (await payloads.ListAsync(cancellationToken).ConfigureAwait(false))
            .Any(other => other.Format == import.Format && other.Hash != import.Hash && other.ImportedAt >= import.ImportedAt);

    private async Task FinishAllAsync(Func<RawPayloadStore.Import, bool> which, CancellationToken cancellationToken)
    {
        foreach (var import in (await payloads.ListAsync(cancellationToken).ConfigureAwait(false)).Where(import => !import.IsStored && which(import)))
        {
            var bytes = await payloads.FindContentAsync(import.Hash, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The import of {import.FileName} was cut short, and its bytes are not in the storage any more. Import the file again.");
            using var content = new MemoryStream(bytes);
            await StoreAsync(import, ImportReader.Read(import.FileName, import.Format, content), wasCutShort: true, cancellationToken).ConfigureAwait(false);
            LogFinished(import.FileName);
        }
    }

    private async Task<ImportReport> StoreAsync(RawPayloadStore.Import import, ImportResult read, bool wasCutShort, CancellationToken cancellationToken)
    {
        await payloads.RecordAsync(import, cancellationToken).ConfigureAwait(false);
        var references = read.Records.Where(r => r is not Activity).ToList();
        var activities = read.Records.OfType<Activity>().ToList();
        var stored = new RecordStore.Stored(0, 0, 0);
        IReadOnlyList<CapturedRecord> before = [];
        if (references.Count > 0)
        {
            before = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
            stored += await records.StoreReferencesAsync(references, import.Hash, cancellationToken).ConfigureAwait(false);
        }

        var now = await records.ReferencesAsync(cancellationToken).ConfigureAwait(false);
        var directory = ClientDirectory.Of(now);
        var touching = await closed.OpenAsync(import.Hash, cancellationToken).ConfigureAwait(false);
        if (activities.Count > 0)
        {
            stored += await records.StoreActivitiesAsync(activities, directory, import.Hash, touching, cancellationToken).ConfigureAwait(false);
        }

        var assigned = 0;
        if (references.Count > 0)
        {
            // One that was cut short may have stored the references before: what they said until then is not known any more.
            assigned = wasCutShort || ActivityPlaces.HaveMoved(before, now)
                ? await records.RelocateAsync(directory, touching, cancellationToken).ConfigureAwait(false)
                : await records.AssignAsync(directory, touching, cancellationToken).ConfigureAwait(false);
        }

        await payloads.RecordAsync(import with { IsStored = true }, cancellationToken).ConfigureAwait(false);
        return new ImportReport(import.FileName, import.Format, ImportState.Imported, stored.Added, stored.Changed, stored.Unchanged, assigned, [], false);
    }

    private static async Task<string> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        var hash = await System.Security.Cryptography.SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        return Convert.ToHexStringLower(hash);
    }

    [LoggerMessage(LogLevel.Warning, "{FileName} was refused: {Problems} problems")]
    private partial void LogRefused(string fileName, int problems);

    [LoggerMessage(LogLevel.Information, "The import of {FileName} had been cut short and is finished now")]
    private partial void LogFinished(string fileName);
}
