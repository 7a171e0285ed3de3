using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture;

/// <summary>A system that records are pulled from, such as a PSA platform.</summary>
/// <remarks>
/// A source knows its vendor's interface and nothing of storage: it hands over pages as the vendor sent them, which are kept as
/// they are and read by the reader of their feed's format, the same one that reads such a page from a file. Each call throws
/// <see cref="SourceException"/> for what the vendor refuses or fails to answer after the retries that its interface calls for, and never hands
/// over a page that is cut off or not all there.
/// </remarks>
public interface IRecordSource
{
    /// <summary>The source in the ids of its records, such as <c>connectwise</c>.</summary>
    string Name { get; }

    /// <summary>In the order in which they are pulled: what others refer to comes before them.</summary>
    IReadOnlyList<RecordFeed> Feeds { get; }

    /// <summary>What was added or changed since a moment, to the last page; everything where that is null or the feed tells no changes.</summary>
    IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, CancellationToken cancellationToken);

    /// <summary>One record as it is now, as a page of its feed; null when the source has it no more.</summary>
    Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken);

    /// <summary>The ids of all records of a feed that a sweep asks for: those dated in the days where its records are dated, else all.</summary>
    IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, CancellationToken cancellationToken);
}

/// <summary>One kind of record of a source.</summary>
/// <param name="Name">Its name within the source, such as <c>time-entries</c>.</param>
/// <param name="Format">The import format of its pages, such as <c>connectwise/time-entries</c>.</param>
public sealed record RecordFeed(string Name, string Format)
{
    /// <summary>By how much a pull reaches back before the newest change that was stored; null where the source tells no changes and all is pulled each time.</summary>
    public TimeSpan? Overlap { get; init; }

    /// <summary>Whether pages come in the order of change, so that the cursor may move with each page and not only after the last.</summary>
    public bool IsInOrderOfChange { get; init; }

    /// <summary>The kind of activity whose deletions only a sweep over the ids finds; null for none.</summary>
    public RecordKind? Swept { get; init; }

    /// <summary>
    /// Whether each pull tells all that is charged in the months it covers, so that a charge which it tells no more was replaced: it is swept after each pull, closed months
    /// too and however many are missing, unless all are.
    /// </summary>
    public bool IsRestated { get; init; }

    /// <summary>How often a vendor that has something new once a day is asked by the timer; null for each time.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>What the ids of its records begin with, where several feeds of a source have one kind of record: a sweep of one must not miss the others'.</summary>
    public string IdPrefix { get; init; } = "";
}

/// <summary>A page of a feed.</summary>
/// <param name="Name">As a file would be called, for messages: <c>time-entries@3.json</c>.</param>
/// <param name="Content">The bytes, in the feed's format.</param>
public sealed record RecordPage(string Name, ReadOnlyMemory<byte> Content);
