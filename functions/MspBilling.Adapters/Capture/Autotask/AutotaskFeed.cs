using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>A feed: what is queried, how it is put together to pages, and what reads them.</summary>
/// <param name="Name">Such as <c>time-entries</c>.</param>
/// <param name="List">The list in a page whose items are the feed's records.</param>
/// <param name="Entity">What they are queried as.</param>
/// <param name="Read">Null for an item that is nothing we bill by.</param>
internal sealed record AutotaskFeed(string Name, string List, string Entity, Func<AutotaskRow, AutotaskPage, CapturedRecord?> Read)
{
    /// <summary>By how much a pull reaches back: changes become visible a little after their time stamp.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>The fields that tell a change, of which any counts; none where Autotask has none, and all is pulled each time.</summary>
    public IReadOnlyList<string> Stamps { get; init; } = [];

    /// <summary>The fields that are asked for; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Where pages are put together around other rows than the records: what those are, such as the contracts of the units.</summary>
    public (string List, string Entity, string Reference)? Around { get; init; }

    /// <summary>The date of the rows that pages are put together around, of which those in the days that are swept are pulled; null pulls all.</summary>
    public string? SweptBy { get; init; }

    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>The picklists whose labels a page holds.</summary>
    public IReadOnlyList<(string Entity, string Field)> Labels { get; init; } = [];

    /// <summary>Put before the ids where several entities have ids of their own but are one kind of record to us.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary>The date of a record, by which its id is swept; null for all ids, of what stands until it is ended.</summary>
    public string? DatedBy { get; init; }

    /// <summary>Whose deletions a sweep over the ids finds.</summary>
    public RecordKind? Swept { get; init; }

    /// <summary>Whether records change when the tickets, tasks and projects that they refer to do.</summary>
    public bool FollowsTickets { get; init; }

    public string FileName => "autotask-" + Name;

    public RecordFeed Feed => new(Name, "autotask/" + Name) { Overlap = Stamps.Count > 0 ? Overlap : null, Swept = Swept, IdPrefix = IdPrefix };
}
