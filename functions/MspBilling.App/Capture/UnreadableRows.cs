using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>The records of a feed that cannot be read, from the pages that have them to those that bring them readable.</summary>
public sealed class UnreadableRows(string source, string feed, IEnumerable<UnreadableRow> known)
{
    private readonly Dictionary<string, UnreadableRow> _known = known.ToDictionary(row => NameOf(row.ExternalId, row.Key));
    private readonly HashSet<string> _seen = [];

    /// <summary>How many the pages had.</summary>
    public int Seen => _seen.Count;

    /// <summary>What pages say, in the order in which they came.</summary>
    /// <returns>Rows to write, and rows to remove.</returns>
    public (IReadOnlyList<UnreadableRow> Unreadable, IReadOnlyList<UnreadableRow> Readable) Take(IEnumerable<KeptPage> pages, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var (unreadable, readable) = (new Dictionary<string, UnreadableRow>(), new List<UnreadableRow>());
        foreach (var page in pages)
        {
            foreach (var record in page.Content.Records.Where(_ => _known.Count > 0))
            {
                var name = NameOf(record.Id.ExternalId, "");
                if (_known.Remove(name, out var row))
                {
                    readable.Add(row);
                    unreadable.Remove(name);
                    _seen.Remove(name);
                }
            }

            foreach (var record in page.Content.Unreadable)
            {
                var name = NameOf(record.ExternalId, record.Key);
                var first = _known.TryGetValue(name, out var before) ? before.FirstSeen : now;
                unreadable[name] = _known[name] = new UnreadableRow(source, feed, record.ExternalId, record.Key, record.Problem.ToString(), page.Import.Hash, first, now);
                readable.RemoveAll(row => NameOf(row.ExternalId, row.Key) == name);
                _seen.Add(name);
            }
        }

        return ([.. unreadable.Values], readable);
    }

    /// <summary>Those that no page had.</summary>
    public IReadOnlyList<UnreadableRow> NotSeen() => [.. _known.Where(row => !_seen.Contains(row.Key)).Select(row => row.Value)];

    private static string NameOf(string? externalId, string key) => externalId is null ? "x" + key : "i" + externalId;
}
