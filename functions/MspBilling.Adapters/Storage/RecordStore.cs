using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Captured records at their newest revision: references by kind, activities by client and month.</summary>
/// <remarks>
/// Storing is idempotent and the order of arrival does not matter: of two revisions of a record the one changed later at its source
/// stays, of two changed at the same time the one with the larger hash. Where a source tells no revision, what arrives last stays.
/// An activity that is stored in another month or for another client leaves the old place before it takes the new one, so that it is
/// never in two; its file has it when that is cut short. What is moved because references changed takes the new place first, because
/// no file has it. Either way, cut short and done again it ends in one place.
/// </remarks>
public sealed class RecordStore(BillingStorage storage)
{
    private const int Parallel = 8;

    private readonly LocationTable _locations = new(storage.Locations);

    public sealed record Stored(int Added, int Changed, int Unchanged)
    {
        public static Stored operator +(Stored left, Stored right) => new(left.Added + right.Added, left.Changed + right.Changed, left.Unchanged + right.Unchanged);
    }

    /// <summary>All reference records: settings, companies, agreements, rates, roles, technicians, tickets, projects.</summary>
    public async Task<IReadOnlyList<CapturedRecord>> ReferencesAsync(CancellationToken cancellationToken) =>
        (await ReferenceSetAsync(cancellationToken).ConfigureAwait(false)).Records;

    /// <summary>All reference records, for who stores more of them.</summary>
    public async Task<ReferenceSet> ReferenceSetAsync(CancellationToken cancellationToken) =>
        new((await JsonRow.ListAsync(storage.References, "", cancellationToken).ConfigureAwait(false)).Select(JsonRow.Value<Versioned>));

    /// <summary>Reference records of one kind.</summary>
    public async Task<IReadOnlyList<CapturedRecord>> ReferencesAsync(RecordKind kind, CancellationToken cancellationToken)
    {
        var rows = await JsonRow.ListPartitionAsync(storage.References, Keys.ReferencePartition(kind), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => JsonRow.Value<Versioned>(row).Record)];
    }

    /// <summary>A client's activities of the months of a period and those that stand; a row that cannot be read does not stop who bills the others.</summary>
    public async Task<ClientActivities> ActivitiesAsync(string clientId, Period period, CancellationToken cancellationToken)
    {
        var places = period.Months().Select(month => new ActivityPlace(clientId, month)).Append(new ActivityPlace(clientId, null));
        var rows = await Task.WhenAll(places.Select(place => JsonRow.ListPartitionAsync(storage.Activities, place.Partition, cancellationToken))).ConfigureAwait(false);
        var read = rows.SelectMany(r => r).Select(row => (row.RowKey, Activity: ActivityOf(row))).ToList();
        return new ClientActivities(
            [.. read.Select(r => r.Activity).OfType<Activity>()],
            [.. read.Where(r => r.Activity is null).Select(r => r.RowKey)]);
    }

    /// <summary>Stores reference records.</summary>
    /// <param name="known">What is stored of them; has them when this is done.</param>
    /// <returns>What was done, and what was written.</returns>
    public async Task<(Stored Stored, IReadOnlyList<CapturedRecord> Written)> StoreReferencesAsync(
        IReadOnlyCollection<Sourced<CapturedRecord>> records, ReferenceSet known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        var counts = new RevisionCounter();
        var written = new List<Versioned>();
        foreach (var (record, hash, payload) in counts.Newest(records))
        {
            var old = known.Find(record.Id);
            if (counts.Take(old is null ? null : (old.Record.Revision, old.Hash), record.Revision, hash))
            {
                written.Add(new Versioned(record, hash, payload));
            }
        }

        var writes = written.Select(v => Upsert(JsonRow.Of(Keys.ReferencePartition(v.Record.Id.Kind), Keys.ReferenceRow(v.Record.Id), v)));
        await JsonRow.SubmitAsync(storage.References, writes, Parallel, cancellationToken).ConfigureAwait(false);
        written.ForEach(known.Put);
        return (counts.Result, [.. written.Select(v => v.Record)]);
    }

    /// <summary>Which of some activities are stored, wherever they are.</summary>
    public async Task<KnownActivities> KnownAsync(IEnumerable<RecordId> ids, CancellationToken cancellationToken)
    {
        var asked = ids.ToHashSet();
        return new KnownActivities(asked, await _locations.FindAsync(asked, Parallel, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Stores activities, each where the directory says it belongs.</summary>
    /// <param name="known">What is known of them; the others are asked for.</param>
    public async Task<Stored> StoreActivitiesAsync(
        IReadOnlyCollection<Sourced<Activity>> activities, ClientDirectory directory, KnownActivities known, Touching touching, CancellationToken cancellationToken)
    {
        var found = await _locations.FindAsync(activities.Select(a => a.Record.Id).Where(id => !known.Tells(id)), Parallel, cancellationToken).ConfigureAwait(false);
        var counts = new RevisionCounter();
        var moves = new List<Move>();
        foreach (var (activity, hash, payload) in counts.Newest(activities))
        {
            var place = PlaceOf(activity, directory);
            var old = known.Find(activity.Id) ?? found.GetValueOrDefault(activity.Id);
            var newer = counts.Take(old is null ? null : (old.Revision, old.Hash), activity.Revision, hash);

            // What is unchanged may still lie where its client was not known yet.
            if (newer)
            {
                moves.Add(new Move(activity, new Location(place, activity.Revision, hash, payload), old));
            }
            else if (old!.Hash == hash && old.Place != place)
            {
                moves.Add(new Move(activity with { Revision = old.Revision }, old with { Place = place }, old));
            }
        }

        // What a source has only touched changes nothing.
        var touched = moves.Where(m => m.From is not { } from || from.Hash != m.To.Hash || from.Place != m.To.Place)
            .SelectMany(m => Touched(m.Activity, m.From?.Place, m.To.Place, isNew: m.From is null)).ToList();
        await touching(touched).ConfigureAwait(false);
        await MoveAsync(moves, cancellationToken).ConfigureAwait(false);
        await touching(touched).ConfigureAwait(false);
        return counts.Result;
    }

    /// <summary>Where activities lie, and the hashes of their contents; what is not stored is left out.</summary>
    public async Task<IReadOnlyDictionary<RecordId, (ActivityPlace Place, string Hash)>> FindAsync(IEnumerable<RecordId> ids, CancellationToken cancellationToken) =>
        (await _locations.FindAsync(ids, Parallel, cancellationToken).ConfigureAwait(false)).ToDictionary(found => found.Key, found => (found.Value.Place, found.Value.Hash));

    /// <summary>Activities of one kind and source that lie in places.</summary>
    public Task<IReadOnlyList<Activity>> ActivitiesAsync(string source, RecordKind kind, IEnumerable<ActivityPlace> places, CancellationToken cancellationToken) =>
        ActivitiesAsync(Keys.ActivityRowsOf(source, kind), places, cancellationToken);

    /// <summary>Those of them whose ids begin alike.</summary>
    public async Task<IReadOnlyList<Activity>> ActivitiesAsync(string source, RecordKind kind, string idPrefix, IEnumerable<ActivityPlace> places, CancellationToken cancellationToken) =>
    [
        .. (await ActivitiesAsync(Keys.ActivityRowsOf(source, kind, idPrefix), places, cancellationToken).ConfigureAwait(false))
            .Where(activity => activity.Id.ExternalId.StartsWith(idPrefix, StringComparison.Ordinal)),
    ];

    private async Task<IReadOnlyList<Activity>> ActivitiesAsync((string From, string To) range, IEnumerable<ActivityPlace> places, CancellationToken cancellationToken)
    {
        var (from, to) = range;
        var found = new List<Activity>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            places,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (place, token) =>
            {
                var filter = TableClient.CreateQueryFilter($"PartitionKey eq {place.Partition} and RowKey ge {from} and RowKey lt {to}");
                var rows = await JsonRow.ListAsync(storage.Activities, filter, token).ConfigureAwait(false);
                lock (found)
                {
                    found.AddRange(rows.Select(ActivityOf).OfType<Activity>());
                }
            }).ConfigureAwait(false);
        return [.. found.OrderBy(activity => activity.Id.ExternalId, StringComparer.Ordinal)];
    }

    /// <summary>Activities that nobody is known for.</summary>
    public async Task<IReadOnlyList<Activity>> UnassignedAsync(CancellationToken cancellationToken) =>
        [.. (await UnassignedRowsAsync(cancellationToken).ConfigureAwait(false)).Select(ActivityOf).OfType<Activity>()];

    /// <summary>A client's activities of the months after one, and those that stand.</summary>
    /// <param name="month">Null for all months.</param>
    public async Task<IReadOnlyList<Activity>> ActivitiesAfterAsync(string clientId, Period? month, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.ActivityPartitionsAfter(clientId, month);
        var rows = await JsonRow.ListAsync(storage.Activities, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(ActivityOf).OfType<Activity>()];
    }

    /// <summary>A few activities by their ids, wherever they lie.</summary>
    public async Task<IReadOnlyList<Activity>> ActivitiesAsync(IReadOnlyCollection<RecordId> ids, CancellationToken cancellationToken)
    {
        var locations = await _locations.FindAsync(ids, Parallel, cancellationToken).ConfigureAwait(false);
        var found = new List<Activity>();
        foreach (var few in locations.Chunk(Parallel))
        {
            var rows = await Task.WhenAll(few.Select(each =>
                storage.Activities.GetEntityIfExistsAsync<TableEntity>(each.Value.Place.Partition, Keys.ActivityRow(each.Key), cancellationToken: cancellationToken))).ConfigureAwait(false);
            found.AddRange(rows.Where(row => row.HasValue).Select(row => ActivityOf(row.Value!)).OfType<Activity>());
        }
        return found;
    }

    /// <summary>Puts activities that nobody was known for where they belong by now.</summary>
    /// <returns>How many found their client.</returns>
    public async Task<int> AssignAsync(ClientDirectory directory, Touching touching, CancellationToken cancellationToken)
    {
        var rows = await UnassignedRowsAsync(cancellationToken).ConfigureAwait(false);
        return await RelocateAsync(rows, directory, touching, cancellationToken).ConfigureAwait(false);
    }

    private Task<List<TableEntity>> UnassignedRowsAsync(CancellationToken cancellationToken)
    {
        var (from, to) = Keys.UnassignedPartitions();
        return JsonRow.ListAsync(storage.Activities, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), cancellationToken);
    }

    /// <summary>Puts every activity where it belongs by now, after references have changed that tell whose an activity is and when.</summary>
    /// <remarks>Reads all activities, a client at a time; a row that cannot be read stays where it is.</remarks>
    /// <returns>How many moved.</returns>
    public async Task<int> RelocateAsync(ClientDirectory directory, Touching touching, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var clientId in directory.ClientIds)
        {
            var (from, to) = Keys.RowsOf(clientId);
            var rows = await JsonRow.ListAsync(storage.Activities, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), cancellationToken).ConfigureAwait(false);
            moved += await RelocateAsync(rows, directory, touching, cancellationToken).ConfigureAwait(false);
        }

        return moved + await AssignAsync(directory, touching, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> RelocateAsync(IEnumerable<TableEntity> rows, ClientDirectory directory, Touching touching, CancellationToken cancellationToken)
    {
        var moves = new List<(Activity Activity, string From, ActivityPlace To)>();
        foreach (var row in rows)
        {
            if (ActivityOf(row) is { } activity && PlaceOf(activity, directory) is var place && place.Partition != row.PartitionKey)
            {
                moves.Add((activity, row.PartitionKey, place));
            }
        }

        var locations = await _locations.FindAsync(moves.Select(m => m.Activity.Id), Parallel, cancellationToken).ConfigureAwait(false);
        Location Of(Activity activity, ActivityPlace place) => locations.TryGetValue(activity.Id, out var known)
            ? known with { Place = place }
            : new Location(place, activity.Revision, RecordJson.ContentHash(activity), "");

        var touched = moves.SelectMany(m => Touched(m.Activity, locations.GetValueOrDefault(m.Activity.Id)?.Place, m.To, isNew: false)).ToList();
        await touching(touched).ConfigureAwait(false);
        await WriteAsync([.. moves.Select(m => new Move(m.Activity, Of(m.Activity, m.To), null))], cancellationToken).ConfigureAwait(false);
        await DeleteAsync([.. moves.Select(m => new TableEntity(m.From, Keys.ActivityRow(m.Activity.Id)))], cancellationToken).ConfigureAwait(false);
        await touching(touched).ConfigureAwait(false);
        return moves.Count;
    }

    private async Task DeleteAsync(IReadOnlyCollection<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            var deletes = rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            await JsonRow.SubmitAsync(storage.Activities, deletes, Parallel, cancellationToken).ConfigureAwait(false);
        }
        catch (TableTransactionFailedException e) when (e.Status == 404)
        {
            // Another process moves them too, and was first with one of them, which stopped its whole transaction.
            foreach (var row in rows)
            {
                await storage.Activities.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static Activity? ActivityOf(TableEntity row)
    {
        try
        {
            return (Activity)JsonRow.Value<CapturedRecord>(row);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidCastException or ArgumentException)
        {
            return null;
        }
    }

    private sealed record Move(Activity Activity, Location To, Location? From);

    private async Task MoveAsync(IReadOnlyCollection<Move> moves, CancellationToken cancellationToken)
    {
        await System.Threading.Tasks.Parallel.ForEachAsync(
            moves.Where(m => m.From is { } from && from.Place != m.To.Place),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (move, token) => await storage.Activities.DeleteEntityAsync(move.From!.Place.Partition, Keys.ActivityRow(move.Activity.Id), cancellationToken: token).ConfigureAwait(false)).ConfigureAwait(false);

        await WriteAsync(moves, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(IReadOnlyCollection<Move> moves, CancellationToken cancellationToken)
    {
        var rows = moves.Select(m => Upsert(JsonRow.Of<CapturedRecord>(m.To.Place.Partition, Keys.ActivityRow(m.Activity.Id), m.Activity)));
        await JsonRow.SubmitAsync(storage.Activities, rows, Parallel, cancellationToken).ConfigureAwait(false);
        await _locations.WriteAsync(moves.Select(m => (m.Activity.Id, m.To)), Parallel, cancellationToken).ConfigureAwait(false);
    }

    private static ActivityPlace PlaceOf(Activity activity, ClientDirectory directory)
    {
        var attribution = directory.Attribute(activity);
        return new ActivityPlace(attribution.ClientId, attribution.Month);
    }

    private static IEnumerable<TouchedPlace> Touched(Activity activity, ActivityPlace? from, ActivityPlace to, bool isNew)
    {
        if (from is not null && from != to)
        {
            yield return new TouchedPlace(from, activity, IsNew: false);
        }

        // Where it was not before it is as good as new.
        yield return new TouchedPlace(to, activity, isNew || (from is not null && from != to));
    }

    private static TableTransactionAction Upsert(TableEntity entity) => new(TableTransactionActionType.UpsertReplace, entity);
}
