using Azure.Data.Tables;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Captured records at their newest revision: references by kind, activities by client and month.</summary>
/// <remarks>
/// Storing is idempotent and the order of arrival does not matter: of two revisions of a record the one changed later at its source
/// stays, of two changed at the same time the one with the larger hash. Where a source tells no revision, what arrives last stays.
/// An activity that moves to another client or month leaves the old place before it takes the new one, so a store that is cut
/// short and done again never leaves it in both.
/// </remarks>
public sealed class RecordStore(BillingStorage storage)
{
    private const int Parallel = 8;

    /// <summary>Where an activity is, and at which version.</summary>
    private sealed record Location(string Partition, DateTimeOffset? Revision, string Hash, string Payload);

    public sealed record Stored(int Added, int Changed, int Unchanged)
    {
        public static Stored operator +(Stored left, Stored right) => new(left.Added + right.Added, left.Changed + right.Changed, left.Unchanged + right.Unchanged);
    }

    private sealed record Versioned(CapturedRecord Record, string Hash, string Payload);

    /// <summary>All reference records: settings, companies, agreements, rates, roles, technicians, tickets, projects.</summary>
    public async Task<IReadOnlyList<CapturedRecord>> ReferencesAsync(CancellationToken cancellationToken)
    {
        var rows = await JsonRow.ListAsync(storage.References, "", cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => JsonRow.Value<Versioned>(row).Record)];
    }

    /// <summary>Reference records of one kind.</summary>
    public async Task<IReadOnlyList<CapturedRecord>> ReferencesAsync(RecordKind kind, CancellationToken cancellationToken)
    {
        var rows = await JsonRow.ListPartitionAsync(storage.References, Keys.ReferencePartition(kind), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => JsonRow.Value<Versioned>(row).Record)];
    }

    /// <summary>A client's activities of a month and those that stand.</summary>
    public async Task<IReadOnlyList<Activity>> ActivitiesAsync(string clientId, Period month, CancellationToken cancellationToken)
    {
        var partitions = new[] { Keys.ActivityPartition(clientId, month), Keys.ActivityPartition(clientId, null) };
        var rows = await Task.WhenAll(partitions.Select(p => JsonRow.ListPartitionAsync(storage.Activities, p, cancellationToken))).ConfigureAwait(false);
        return [.. rows.SelectMany(r => r).Select(row => (Activity)JsonRow.Value<CapturedRecord>(row))];
    }

    /// <summary>Activities that no client is known for, of every month.</summary>
    public async Task<IReadOnlyList<Activity>> UnassignedAsync(CancellationToken cancellationToken)
    {
        var (from, to) = Keys.UnassignedPartitions();
        var rows = await JsonRow.ListAsync(storage.Activities, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (Activity)JsonRow.Value<CapturedRecord>(row))];
    }

    /// <summary>Stores reference records of one payload.</summary>
    public async Task<Stored> StoreReferencesAsync(IReadOnlyCollection<CapturedRecord> records, string payload, CancellationToken cancellationToken)
    {
        var known = new Dictionary<RecordId, Versioned>();
        foreach (var kind in records.Select(r => Keys.ReferencePartition(r.Id.Kind)).Distinct())
        {
            foreach (var row in await JsonRow.ListPartitionAsync(storage.References, kind, cancellationToken).ConfigureAwait(false))
            {
                var value = JsonRow.Value<Versioned>(row);
                known[value.Record.Id] = value;
            }
        }

        var counts = new Counter();
        var writes = new List<TableTransactionAction>();
        foreach (var record in records)
        {
            var hash = RecordJson.ContentHash(record);
            if (counts.Take(known.TryGetValue(record.Id, out var old) ? (old.Record.Revision, old.Hash) : null, record.Revision, hash))
            {
                writes.Add(Upsert(JsonRow.Of(Keys.ReferencePartition(record.Id.Kind), Keys.ReferenceRow(record.Id), new Versioned(record, hash, payload))));
            }
        }

        await JsonRow.SubmitAsync(storage.References, writes, Parallel, cancellationToken).ConfigureAwait(false);
        return counts.Result;
    }

    /// <summary>Stores activities of one payload, each where the directory says it belongs.</summary>
    public async Task<Stored> StoreActivitiesAsync(
        IReadOnlyCollection<Activity> activities, ClientDirectory directory, string payload, CancellationToken cancellationToken)
    {
        var known = await LocationsAsync(activities.Select(a => a.Id), cancellationToken).ConfigureAwait(false);
        var counts = new Counter();
        var moves = new List<Move>();
        foreach (var activity in activities)
        {
            var hash = RecordJson.ContentHash(activity);
            var place = PlaceOf(activity, directory);
            var old = known.GetValueOrDefault(activity.Id);
            var newer = counts.Take(old is null ? null : (old.Revision, old.Hash), activity.Revision, hash);

            // What is unchanged may still lie where its client was not known yet.
            if (newer || (old!.Hash == hash && old.Partition != place))
            {
                moves.Add(new Move(activity, new Location(place, activity.Revision, hash, newer ? payload : old!.Payload), old));
            }
        }

        await MoveAsync(moves, cancellationToken).ConfigureAwait(false);
        return counts.Result;
    }

    /// <summary>Puts activities that nobody was known for where they belong by now.</summary>
    /// <returns>How many found their client.</returns>
    public async Task<int> AssignAsync(ClientDirectory directory, CancellationToken cancellationToken)
    {
        var unassigned = await UnassignedAsync(cancellationToken).ConfigureAwait(false);
        var found = unassigned.Where(a => directory.Attribute(a).ClientId != Client.Unknown).ToList();
        var locations = await LocationsAsync(found.Select(a => a.Id), cancellationToken).ConfigureAwait(false);
        await MoveAsync([.. found.Select(a => new Move(a, locations[a.Id] with { Partition = PlaceOf(a, directory) }, locations[a.Id]))], cancellationToken).ConfigureAwait(false);
        return found.Count;
    }

    private sealed record Move(Activity Activity, Location To, Location? From);

    private async Task MoveAsync(IReadOnlyCollection<Move> moves, CancellationToken cancellationToken)
    {
        foreach (var move in moves.Where(m => m.From is { } from && from.Partition != m.To.Partition))
        {
            await storage.Activities.DeleteEntityAsync(move.From!.Partition, Keys.ActivityRow(move.Activity.Id), cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        await JsonRow.SubmitAsync(
            storage.Activities, moves.Select(m => Upsert(JsonRow.Of<CapturedRecord>(m.To.Partition, Keys.ActivityRow(m.Activity.Id), m.Activity))), Parallel, cancellationToken).ConfigureAwait(false);
        await JsonRow.SubmitAsync(
            storage.Locations, moves.Select(m => Upsert(JsonRow.Of(Keys.LocationPartition(m.Activity.Id), Keys.LocationRow(m.Activity.Id), m.To))), Parallel, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Dictionary<RecordId, Location>> LocationsAsync(IEnumerable<RecordId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RecordId, Location>();
        var partitions = ids.ToLookup(Keys.LocationPartition);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            partitions,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (partition, token) =>
            {
                var rows = (await JsonRow.ListPartitionAsync(storage.Locations, partition.Key, token).ConfigureAwait(false)).ToDictionary(row => row.RowKey);
                lock (found)
                {
                    foreach (var id in partition)
                    {
                        if (rows.TryGetValue(Keys.LocationRow(id), out var row))
                        {
                            found[id] = JsonRow.Value<Location>(row);
                        }
                    }
                }
            }).ConfigureAwait(false);
        return found;
    }

    private static string PlaceOf(Activity activity, ClientDirectory directory)
    {
        var attribution = directory.Attribute(activity);
        return Keys.ActivityPartition(attribution.ClientId, attribution.Month);
    }

    private static TableTransactionAction Upsert(TableEntity entity) => new(TableTransactionActionType.UpsertReplace, entity);

    private sealed class Counter
    {
        private int _added;
        private int _changed;
        private int _unchanged;

        public Stored Result => new(_added, _changed, _unchanged);

        /// <summary>Whether the record that came replaces the one that is known.</summary>
        public bool Take((DateTimeOffset? Revision, string Hash)? known, DateTimeOffset? revision, string hash)
        {
            if (known is null)
            {
                _added++;
                return true;
            }

            var (oldRevision, oldHash) = known.Value;
            var newer = oldHash != hash && (revision, oldRevision) switch
            {
                ({ } now, { } before) => now > before || (now == before && string.CompareOrdinal(hash, oldHash) > 0),
                _ => true,
            };
            _ = newer ? _changed++ : _unchanged++;
            return newer;
        }
    }
}
