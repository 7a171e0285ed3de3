using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>Which of some activities are stored, where, and at which revision: who stores them need not ask again, as long as nobody else has stored any in between.</summary>
public sealed class KnownActivities
{
    private readonly HashSet<RecordId> _asked;
    private readonly Dictionary<RecordId, Location> _found;

    internal KnownActivities(HashSet<RecordId> asked, Dictionary<RecordId, Location> found) => (_asked, _found) = (asked, found);

    /// <summary>For who has asked for none.</summary>
    public static KnownActivities None { get; } = new([], []);

    /// <summary>The revision that is stored and the hash of its content; null where none is.</summary>
    public (DateTimeOffset? Revision, string Hash)? Version(RecordId id) => _found.TryGetValue(id, out var location) ? (location.Revision, location.Hash) : null;

    internal bool Tells(RecordId id) => _asked.Contains(id);

    internal Location? Find(RecordId id) => _found.GetValueOrDefault(id);
}
