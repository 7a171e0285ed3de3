using System.Text.Json.Serialization;

namespace MspBilling.App.Capture;

/// <summary>What is asked of a pull.</summary>
/// <param name="Feed">One feed; null for all of them.</param>
/// <param name="Full">Whether all is pulled, and not only what was changed.</param>
/// <param name="Sweep">Whether it is looked for deletions, and not only when that is due.</param>
public sealed record PullRequest(string? Feed = null, bool Full = false, bool Sweep = false)
{
    /// <summary>Whether feeds that are asked less often than the timer ticks are left until they are due.</summary>
    [JsonIgnore]
    public bool OnlyDue { get; init; }
}

/// <summary>What came of a pull.</summary>
public sealed record PullReport(string Source, IReadOnlyList<FeedReport> Feeds)
{
    public bool HasFailed => Feeds.Any(feed => feed.Problem is not null);
}

/// <param name="Pages">Those that held anything.</param>
/// <param name="Unreadable">Records of the pages that cannot be read.</param>
/// <param name="Deleted">Found deleted at the source.</param>
/// <param name="Restored">Deleted, and found again.</param>
/// <param name="Problem">Why it failed, or what is suspicious; null when all went well.</param>
public sealed record FeedReport(
    string Feed, int Pages = 0, int Added = 0, int Changed = 0, int Unchanged = 0, int Unreadable = 0, int Deleted = 0, int Restored = 0, string? Problem = null);
