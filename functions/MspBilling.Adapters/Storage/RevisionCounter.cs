using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>Decides which of two revisions stays, and counts what came of each record of a file.</summary>
internal sealed class RevisionCounter
{
    private int _added;
    private int _changed;
    private int _unchanged;

    public RecordStore.Stored Result => new(_added, _changed, _unchanged);

    /// <summary>Whether the record that came replaces the one that is known.</summary>
    public bool Take((DateTimeOffset? Revision, string Hash)? known, DateTimeOffset? revision, string hash)
    {
        if (known is null)
        {
            _added++;
            return true;
        }

        var newer = IsNewer(known.Value, revision, hash);
        _ = newer && known.Value.Hash != hash ? _changed++ : _unchanged++;
        return newer;
    }

    /// <summary>Each record once, at its newest revision: a file may hold one twice, as two pages of a list that overlap do.</summary>
    public IReadOnlyCollection<(T Record, string Hash, string Payload)> Newest<T>(IEnumerable<Sourced<T>> records)
        where T : CapturedRecord
    {
        var newest = new Dictionary<RecordId, (T Record, string Hash, string Payload)>();
        foreach (var (record, payload) in records)
        {
            var hash = RecordJson.ContentHash(record);
            if (!newest.TryGetValue(record.Id, out var other))
            {
                newest.Add(record.Id, (record, hash, payload));
                continue;
            }

            _unchanged++;
            if (IsNewer((other.Record.Revision, other.Hash), record.Revision, hash))
            {
                newest[record.Id] = (record, hash, payload);
            }
        }

        return newest.Values;
    }

    // A source that touched a record without changing it has said that it is still so: an older change must not come after it.
    public static bool IsNewer((DateTimeOffset? Revision, string Hash) known, DateTimeOffset? revision, string hash) => (revision, known.Revision) switch
    {
        ({ } now, { } before) => now > before || (now == before && string.CompareOrdinal(hash, known.Hash) > 0),
        _ => hash != known.Hash,
    };
}
