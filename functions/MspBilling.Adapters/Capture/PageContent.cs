using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>What a page of a feed holds: the records that can be read, and those that cannot.</summary>
/// <param name="Broken">Why nothing of it can be read; null when it is a page at all.</param>
public sealed record PageContent(IReadOnlyList<CapturedRecord> Records, IReadOnlyList<UnreadableRecord> Unreadable, ImportProblem? Broken);

/// <summary>A record of a page that cannot be read.</summary>
/// <param name="ExternalId">Its id, where it can be told.</param>
/// <param name="Key">The same for the same record of a later page, also where it has no id.</param>
/// <param name="Problem">The first thing that is wrong with it.</param>
public sealed record UnreadableRecord(string? ExternalId, string Key, ImportProblem Problem);
