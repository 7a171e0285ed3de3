using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>What is stored for a client and a month.</summary>
/// <param name="Unreadable">Keys of rows that cannot be read.</param>
public sealed record ClientActivities(IReadOnlyList<Activity> Activities, IReadOnlyList<MovedActivity> Moved, IReadOnlyList<string> Unreadable);

/// <summary>An activity that lay elsewhere before its client, its date or its time zone changed.</summary>
public sealed record MovedActivity(RecordId Activity, IReadOnlyList<ActivityPlace> From);

/// <summary>Whose an activity is, and of which month; no month for what stands.</summary>
public sealed record ActivityPlace(string ClientId, Period? Month)
{
    internal string Partition => Keys.ActivityPartition(ClientId, Month);
}
