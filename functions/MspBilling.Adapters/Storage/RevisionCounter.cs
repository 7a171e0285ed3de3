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

    /// <summary>Counts a record that its file holds once more.</summary>
    public void Repeat() => _unchanged++;

    // A source that touched a record without changing it has said that it is still so: an older change must not come after it.
    public static bool IsNewer((DateTimeOffset? Revision, string Hash) known, DateTimeOffset? revision, string hash) => (revision, known.Revision) switch
    {
        ({ } now, { } before) => now > before || (now == before && string.CompareOrdinal(hash, known.Hash) > 0),
        _ => hash != known.Hash,
    };
}
