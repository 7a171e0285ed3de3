using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Agreements;
using MspBilling.App.Invoicing;
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
    string FileName, string Format, ImportState State, int Added, int Changed, int Unchanged, int Assigned, IReadOnlyList<ImportProblem> Problems, bool MoreProblems, bool IsConflict = false)
{
    /// <summary>What is to be known of single rows that were taken, with their lines; null for nothing.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>Takes a file in: whole or not at all, its bytes kept, its records stored once.</summary>
public sealed partial class ImportJob(RawPayloadStore payloads, ImportSessions sessions, AgreementAdmission agreements, CountSnapshots counts, PaymentImport payments, TimeProvider clock, ILogger<ImportJob> logger)
{
    /// <param name="content">A stream that can be read twice.</param>
    public Task<ImportReport> RunAsync(string fileName, string? format, Stream content, CancellationToken cancellationToken) => RunAsync(fileName, format, content, UsageOrigin.None, cancellationToken);

    /// <param name="content">A stream that can be read twice.</param>
    /// <param name="origin">What is known of an export of usage beside its bytes.</param>
    public async Task<ImportReport> RunAsync(string fileName, string? format, Stream content, UsageOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(origin);
        var hash = await HashAsync(content, cancellationToken).ConfigureAwait(false);
        if (await FindAsync(hash, format, cancellationToken).ConfigureAwait(false) is ({ } done, true))
        {
            return Done(fileName, done);
        }

        var read = ImportReader.Read(fileName, format, content);
        if (read.Problems.Count > 0)
        {
            return Refused(fileName, read, read.Problems);
        }

        if (ImportReader.IsOfPayments(read.Format))
        {
            return await payments.RunAsync(fileName, read, cancellationToken).ConfigureAwait(false);
        }

        var session = sessions.Open();
        var report = await session.AloneAsync(hash, token => StoreAsync(session, fileName, hash, content, read, origin, token), cancellationToken).ConfigureAwait(false);
        if (report.State == ImportState.Imported && read.Records.Any(record => record is Device))
        {
            await counts.TakeAsync(session, cancellationToken).ConfigureAwait(false);
        }

        return report;
    }

    private async Task<ImportReport> StoreAsync(ImportSession session, string fileName, string hash, Stream content, ImportResult read, UsageOrigin origin, CancellationToken cancellationToken)
    {
        // Another may have stored it, or what replaces it, while this one waited.
        var (noted, isDone) = await FindAsync(hash, read.Format, cancellationToken).ConfigureAwait(false);
        if (isDone)
        {
            return Done(fileName, noted!);
        }

        var (refusals, isConflict) = await agreements.CheckAsync(fileName, read.Records, cancellationToken).ConfigureAwait(false);
        if (refusals.Count > 0)
        {
            return Refused(fileName, read, refusals, isConflict);
        }

        if (OnePsa.Of(read.Format) is { } source && OnePsa.Refusal(source, await session.DirectoryAsync(cancellationToken).ConfigureAwait(false)) is { } expected)
        {
            return Refused(fileName, read, [new ImportProblem(fileName, 0, 0, null, source, expected)], isConflict: true);
        }

        var at = origin.ExportedAt ?? UsageFile.TimeIn(fileName);
        var import = new RawPayloadStore.Import(hash, fileName, read.Format, clock.GetUtcNow(), read.Records.Count, IsStored: false, ExportedAt: UsageFile.Formats.Contains(read.Format) ? at : null);
        if (noted is { IsStored: false } && UsageFile.Formats.Contains(read.Format))
        {
            // An export is as old as when it came first: what it has stored of its records by then is of that time.
            import = import with { ImportedAt = noted.ImportedAt, ExportedAt = noted.ExportedAt };
        }

        var payload = new Payload(import, UsageRestatement.Dated(import, read.Records));
        if (await UsageAdmission.CheckAsync(session, payload, origin, cancellationToken).ConfigureAwait(false) is { Count: > 0 } problems)
        {
            return Refused(fileName, read, problems, isConflict: true);
        }

        content.Position = 0;
        await payloads.PutAsync(hash, content, cancellationToken).ConfigureAwait(false);
        var (stored, assigned) = await session.StoreAsync([payload], wereCutShort: noted is not null, cancellationToken).ConfigureAwait(false);
        return new ImportReport(fileName, read.Format, ImportState.Imported, stored.Added, stored.Changed, stored.Unchanged, assigned, [], false);
    }

    private ImportReport Refused(string fileName, ImportResult read, IReadOnlyList<ImportProblem> problems, bool isConflict = false)
    {
        LogRefused(fileName, problems.Count);
        return new ImportReport(fileName, read.Format, ImportState.Refused, 0, 0, 0, 0, problems, read.MoreProblems, isConflict);
    }

    private static ImportReport Done(string fileName, RawPayloadStore.Import import) =>
        new(fileName, import.Format, ImportState.AlreadyImported, 0, 0, import.Records, 0, [], false);

    /// <summary>The import of these very bytes, and whether nothing is left to do for them.</summary>
    /// <remarks>Settings and agreements carry no revision: who imports an earlier file of them again goes back to it, as far as that is allowed.</remarks>
    private async Task<(RawPayloadStore.Import? Import, bool IsDone)> FindAsync(string hash, string? format, CancellationToken cancellationToken)
    {
        var import = await payloads.FindAsync(hash, format, cancellationToken).ConfigureAwait(false);
        if (import is not { IsStored: true })
        {
            return (import, false);
        }

        var wasReplaced = HasNoRevision(import.Format)
            && (await payloads.ListAsync(cancellationToken).ConfigureAwait(false))
                .Any(other => IsAlike(other.Format, import.Format) && other != import && other.ImportedAt >= import.ImportedAt);
        return (import, !wasReplaced);
    }

    private static bool HasNoRevision(string format) => format == ImportReader.SettingsFormat || ImportReader.IsOfAgreements(format);

    private static bool IsAlike(string format, string other) => format == other || (ImportReader.IsOfAgreements(format) && ImportReader.IsOfAgreements(other));

    private static async Task<string> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        var hash = await System.Security.Cryptography.SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        return Convert.ToHexStringLower(hash);
    }

    [LoggerMessage(LogLevel.Warning, "{FileName} was refused: {Problems} problems")]
    private partial void LogRefused(string fileName, int problems);
}
