using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>What was pulled, stored as the program stores it: the newest revision of a record stays, of two of one time the one with the larger hash.</summary>
internal sealed class PulledRecords
{
    private readonly Dictionary<string, DateTimeOffset> _cursors = [];

    public Dictionary<RecordId, CapturedRecord> Records { get; } = [];

    /// <summary>All feeds once, each from its cursor.</summary>
    /// <param name="everything">Nested feeds from the beginning, as once a night.</param>
    public async Task PullAsync(IRecordSource source, bool everything, CancellationToken cancellationToken)
    {
        foreach (var feed in source.Feeds)
        {
            var isNested = feed.Name is "additions" or "agreement-work-roles" or "phases";
            DateTimeOffset? since = feed.Overlap is { } overlap && !(everything && isNested) && _cursors.TryGetValue(feed.Name, out var cursor) ? cursor - overlap : null;
            var newest = _cursors.GetValueOrDefault(feed.Name);
            await foreach (var page in source.PullAsync(feed, since, cancellationToken))
            {
                foreach (var record in ConnectedSource.Read(feed, page))
                {
                    Store(record);
                    newest = record.Revision > newest ? record.Revision.Value : newest;
                }

                if (feed.IsInOrderOfChange)
                    _cursors[feed.Name] = newest;
            }

            if (newest != default)
                _cursors[feed.Name] = newest;
        }
    }

    private void Store(CapturedRecord record)
    {
        if (!Records.TryGetValue(record.Id, out var stored)
            || record.Revision > stored.Revision
            || (record.Revision == stored.Revision && string.CompareOrdinal(RecordJson.ContentHash(record), RecordJson.ContentHash(stored)) > 0))
        {
            Records[record.Id] = record;
        }
    }
}
