using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>Bytes whose records are stored.</summary>
public sealed record Payload(RawPayloadStore.Import Import, IReadOnlyList<CapturedRecord> Records)
{
    /// <summary>What somebody has asked for of its activities while nobody else stored records, as in <see cref="ImportSession.AloneAsync"/>.</summary>
    public KnownActivities Known { get; init; } = KnownActivities.None;
}

/// <summary>Stores the records of many files or pages, and reads what is stored only when somebody else has stored something in between.</summary>
/// <remarks>
/// Payloads are noted before their records are stored and again after, so that what is cut short is finished by the next who stores
/// anything, and before the next close: where a source tells no revision, what arrived last stays. One stores at a time, over all
/// processes, because an activity may move while it is stored.
/// </remarks>
public sealed partial class ImportSession(
    RawPayloadStore payloads, RecordStore records, UsageRestatement restatement, ClosedPeriods closed, StorageLease lease, ILogger<ImportSession> logger)
{
    private ReferenceSet? _references;
    private ClientDirectory? _directory;
    private bool _isFinished;

    /// <param name="Assigned">Activities that belong to another client or month through this, most of them to nobody known before.</param>
    public sealed record Outcome(RecordStore.Stored Stored, int Assigned);

    /// <summary>Does something while nobody else stores records, after what was cut short is finished.</summary>
    /// <param name="except">The payload that is about to be stored anyway, and is not finished before.</param>
    public async Task<T> AloneAsync<T>(string? except, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var held = await lease.AcquireAsync(this, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
            try
            {
                if (!held.IsUndisturbed)
                {
                    Forget();
                }

                if (!_isFinished)
                {
                    await FinishAsync(except, both.Token).ConfigureAwait(false);
                }

                return await work(both.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                Forget();
                throw new IOException("The storage did not answer for so long that another process may store records by now. Start again; nothing that was done is done twice.");
            }
            catch
            {
                Forget();
                throw;
            }
        }
    }

    /// <summary>Stores payloads in the order in which they came; only within <see cref="AloneAsync"/>.</summary>
    /// <param name="wereCutShort">Whether any of them was noted before.</param>
    public async Task<Outcome> StoreAsync(IReadOnlyList<Payload> batch, bool wereCutShort, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await payloads.RecordAsync([.. batch.Select(payload => payload.Import with { IsStored = false })], cancellationToken).ConfigureAwait(false);
        var references = batch.SelectMany(p => p.Records.Where(r => r is not Activity and not UsageExport).Select(r => new Sourced<CapturedRecord>(r, p.Import.Hash))).ToList();
        var restated = await restatement.OpenAsync(batch, cancellationToken).ConfigureAwait(false);
        var activities = batch.SelectMany(p => p.Records.OfType<Activity>().Select(a => new Sourced<Activity>(restated?.AsStored(a) ?? a, p.Import.Hash))).ToList();
        var stored = new RecordStore.Stored(0, 0, 0);
        IReadOnlyList<CapturedRecord> before = [];
        IReadOnlyList<CapturedRecord> written = [];
        if (references.Count > 0)
        {
            _references ??= await records.ReferenceSetAsync(cancellationToken).ConfigureAwait(false);
            before = _references.Records;
            await DecidedAsync().ConfigureAwait(false);
            (stored, written) = await records.StoreReferencesAsync(references, _references, cancellationToken).ConfigureAwait(false);
            _directory = written.Count > 0 ? null : _directory;
            await DecidedAsync().ConfigureAwait(false);
        }

        Task DecidedAsync() => closed.MarkAsync([.. references.Select(reference => reference.Record).OfType<Decision>()], batch[0].Import.Hash, cancellationToken);
        Task TouchAsync(IReadOnlyCollection<TouchedPlace> places) => closed.MarkAsync(places, batch[0].Import.Hash, cancellationToken);
        if (activities.Count > 0)
        {
            stored += await records.StoreActivitiesAsync(activities, await DirectoryAsync(cancellationToken).ConfigureAwait(false), batch.Count == 1 ? batch[0].Known : KnownActivities.None, TouchAsync, cancellationToken).ConfigureAwait(false);
        }

        if (restated is not null)
        {
            // What replaces records and what says that it does are of one payload: cut short between the two, both are done again.
            stored += await WithdrawAsync(restated, batch, TouchAsync, cancellationToken).ConfigureAwait(false);
        }

        var assigned = 0;
        if (references.Count > 0 && (wereCutShort || written.Any(ActivityPlaces.Tells)))
        {
            // One that was cut short may have stored the references before: what they said until then is not known any more.
            var directory = await DirectoryAsync(cancellationToken).ConfigureAwait(false);
            assigned = wereCutShort || ActivityPlaces.HaveMoved(before, _references!.Records)
                ? await records.RelocateAsync(directory, TouchAsync, cancellationToken).ConfigureAwait(false)
                : await records.AssignAsync(directory, TouchAsync, cancellationToken).ConfigureAwait(false);
        }

        await payloads.RecordAsync([.. batch.Select(payload => payload.Import with { IsStored = true })], cancellationToken).ConfigureAwait(false);
        return new Outcome(stored, assigned);
    }

    /// <summary>What payloads that are about to be stored would restate; only within <see cref="AloneAsync"/>.</summary>
    public async Task<(Restated Restated, IReadOnlyList<UsageRecord> Vanished, int Of)?> RestatedAsync(IReadOnlyList<Payload> batch, CancellationToken cancellationToken)
    {
        if (await restatement.OpenAsync(batch, cancellationToken).ConfigureAwait(false) is not { } restated)
        {
            return null;
        }

        var (vanished, of) = await restatement.VanishedAsync(restated, batch, await DirectoryAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return (restated, vanished, of);
    }

    private async Task<RecordStore.Stored> WithdrawAsync(Restated restated, IReadOnlyList<Payload> batch, Touching touching, CancellationToken cancellationToken)
    {
        var directory = await DirectoryAsync(cancellationToken).ConfigureAwait(false);
        var (vanished, _) = await restatement.VanishedAsync(restated, batch, directory, cancellationToken).ConfigureAwait(false);
        var withdrawn = vanished.Select(usage => new Sourced<Activity>(usage.Withdrawn(), batch[0].Import.Hash)).ToList();
        var stored = await records.StoreActivitiesAsync(withdrawn, directory, KnownActivities.None, touching, cancellationToken).ConfigureAwait(false);
        await restatement.WriteAsync(restated, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Who is who, as far as it is stored; only within <see cref="AloneAsync"/>.</summary>
    public async Task<ClientDirectory> DirectoryAsync(CancellationToken cancellationToken)
    {
        _references ??= await records.ReferenceSetAsync(cancellationToken).ConfigureAwait(false);
        return _directory ??= ClientDirectory.Of(_references.Records);
    }

    /// <summary>Finishes what was cut short.</summary>
    private async Task FinishAsync(string? except, CancellationToken cancellationToken)
    {
        var pending = await payloads.PendingAsync(cancellationToken).ConfigureAwait(false);
        foreach (var import in pending.Where(import => import.Hash != except))
        {
            using var bytes = await payloads.OpenAsync(import.Hash, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The import of {import.FileName} was cut short, and its bytes are not in the storage any more. Import the file again.");
            await StoreAsync([new Payload(import, ReadKept(import, bytes))], wereCutShort: true, cancellationToken).ConfigureAwait(false);
            LogFinished(import.FileName);
        }

        _isFinished = true;
    }

    /// <summary>The records of bytes that were kept, read as they were when they came.</summary>
    public static IReadOnlyList<CapturedRecord> ReadKept(RawPayloadStore.Import import, Stream content)
    {
        ArgumentNullException.ThrowIfNull(import);
        return import.IsPage
            ? ImportReader.ReadPage(import.FileName, import.Format, content).Records
            : UsageRestatement.Dated(import, ImportReader.Read(import.FileName, import.Format, content).Records);
    }

    private void Forget() => (_references, _directory, _isFinished) = (null, null, false);

    [LoggerMessage(LogLevel.Information, "The import of {FileName} had been cut short and is finished now")]
    private partial void LogFinished(string fileName);
}

/// <summary>Begins sessions.</summary>
public sealed class ImportSessions(
    RawPayloadStore payloads, RecordStore records, UsageRestatement restatement, ClosedPeriods closed, StorageLease lease, ILogger<ImportSession> logger)
{
    public ImportSession Open() => new(payloads, records, restatement, closed, lease, logger);

    /// <summary>Finishes imports and pulls that were cut short.</summary>
    public async Task FinishPendingAsync(CancellationToken cancellationToken)
    {
        if ((await payloads.PendingAsync(cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            await Open().AloneAsync(null, _ => Task.FromResult(0), cancellationToken).ConfigureAwait(false);
        }
    }
}
