using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>What exports of usage replace: an export's days are as it has them, and what it has no more is withdrawn.</summary>
/// <remarks>
/// <para>An export holds whole, for each sub-account and billing period that it has rows of, the days from the first to the last of those rows; one with a manifest the days
/// that it ran over, for all that it ran on. A stored record of such a day that is older than the export and not in it is marked as withdrawn: it is kept, not billed, and taken back
/// where it was invoiced. An export that has it again restores it.</para>
/// <para>Which of two exports is newer is told by when they were run: by the manifest, else by the name or the blob, else by when they came. What each export covers is kept, so that
/// one that comes late does not bring back what a newer one has dropped: the exports may come in any order. All of it follows from the payload that is under way, so what is cut short is done again with it.</para>
/// </remarks>
public sealed class UsageRestatement(RecordStore records, UsageCoverStore covers)
{
    /// <summary>Records with the time of their export, where they do not have one.</summary>
    public static IReadOnlyList<CapturedRecord> Dated(RawPayloadStore.Import import, IReadOnlyList<CapturedRecord> read)
    {
        ArgumentNullException.ThrowIfNull(import);
        return UsageFile.Formats.Contains(import.Format, StringComparer.Ordinal)
            ? [.. read.Select(record => record.Revision is null ? record with { Revision = import.ExportedAt ?? import.ImportedAt } : record)]
            : read;
    }

    /// <summary>What payloads restate; null where none of them is an export.</summary>
    public async Task<Restated?> OpenAsync(IReadOnlyList<Payload> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var own = ExportCovers.Of(batch.Where(payload => UsageFile.Formats.Contains(payload.Import.Format, StringComparer.Ordinal)));
        if (own.Count == 0)
        {
            return null;
        }

        var accounts = own.SelectMany(cover => new[] { UsageScope.NormalAccount(cover.Scope.SubAccountId), UsageScope.NormalAccount(cover.Scope.BillingAccountId) }).Where(account => account.Length > 0);
        return new Restated(own, await covers.ReadAsync(accounts, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Current records that the payloads' exports have no more, and how many current ones are of their days.</summary>
    public async Task<(IReadOnlyList<UsageRecord> Vanished, int Of)> VanishedAsync(
        Restated restated, IReadOnlyList<Payload> batch, ClientDirectory directory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restated);
        ArgumentNullException.ThrowIfNull(directory);
        var kept = batch.SelectMany(payload => payload.Records).OfType<UsageRecord>().Select(usage => usage.Id).ToHashSet();
        var (vanished, of) = (new List<UsageRecord>(), 0);
        foreach (var source in restated.Own.GroupBy(cover => cover.Scope.Source))
        {
            var places = PlacesOf(source, directory).ToList();
            foreach (var prefix in ExportCovers.PrefixesOf([.. source]))
            {
                var stored = await records.ActivitiesAsync(source.Key, RecordKind.Usage, prefix, places, cancellationToken).ConfigureAwait(false);
                var older = stored.OfType<UsageRecord>().Where(usage => !usage.IsWithdrawn && restated.NewestOwn(usage) is { } newest && !(usage.Revision >= newest)).ToList();
                of += older.Count;
                vanished.AddRange(older.Where(usage => !kept.Contains(usage.Id)));
            }
        }

        return (vanished.DistinctBy(usage => usage.Id).ToList(), of);
    }

    public Task WriteAsync(Restated restated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restated);
        return covers.WriteAsync(restated.Merged, cancellationToken);
    }

    private static IEnumerable<ActivityPlace> PlacesOf(IEnumerable<UsageCover> covers, ClientDirectory directory)
    {
        var months = covers.SelectMany(cover => cover.Days).SelectMany(days => MonthsOf(days.From, days.To)).Distinct().ToList();
        return directory.ClientIds.Append(Client.Unknown).SelectMany(client => months.Select(month => new ActivityPlace(client, month)));
    }

    private static IEnumerable<Period> MonthsOf(DateOnly from, DateOnly to)
    {
        for (var month = Period.MonthOf(from); month.Start <= to; month = Period.MonthOf(month.End))
        {
            yield return month;
        }
    }
}

/// <summary>What exports that are about to be stored cover, and what those cover that came before them.</summary>
public sealed class Restated
{
    private readonly Dictionary<UsageScope, UsageCover> _own;
    private readonly Dictionary<UsageScope, UsageCover> _merged;

    internal Restated(IReadOnlyCollection<UsageCover> own, IReadOnlyCollection<UsageCover> known)
    {
        _own = own.ToDictionary(cover => cover.Scope);
        _merged = known.ToDictionary(cover => cover.Scope);
        Known = known;
        foreach (var cover in own)
        {
            _merged[cover.Scope] = cover.Days.Aggregate(_merged.GetValueOrDefault(cover.Scope) ?? new UsageCover(cover.Scope, []), (merged, days) => merged.With(days));
        }
    }

    public IReadOnlyCollection<UsageCover> Own => _own.Values;

    /// <summary>Of those that came before.</summary>
    public IReadOnlyCollection<UsageCover> Known { get; }

    /// <summary>Of the scopes of the exports' own.</summary>
    public IEnumerable<UsageCover> Merged => _own.Keys.Select(scope => _merged[scope]);

    /// <summary>An activity as it is to be stored: withdrawn where a newer export of its day came before it and has it not.</summary>
    public Activity AsStored(Activity activity) =>
        activity is UsageRecord { Revision: { } revision } usage && Newest(_merged, usage) > revision ? usage.Withdrawn() : activity;

    internal DateTimeOffset? NewestOwn(UsageRecord usage) => Newest(_own, usage);

    private static DateTimeOffset? Newest(Dictionary<UsageScope, UsageCover> covers, UsageRecord usage)
    {
        if (UsageScope.Of(usage.Id) is not var (scope, day))
        {
            return null;
        }

        return ExportCovers.ScopesOf(scope).Select(of => covers.GetValueOrDefault(of)?.On(day)?.At).Max();
    }
}
