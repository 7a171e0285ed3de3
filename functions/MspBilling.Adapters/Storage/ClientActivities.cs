using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>What is stored for a client and a month.</summary>
/// <param name="Unreadable">Keys of rows that cannot be read.</param>
public sealed record ClientActivities(IReadOnlyList<Activity> Activities, IReadOnlyList<string> Unreadable);

/// <summary>Whose an activity is, and of which month; no month for what stands.</summary>
public sealed record ActivityPlace(string ClientId, Period? Month)
{
    internal string Partition => Keys.ActivityPartition(ClientId, Month);
}

/// <summary>A place in which an activity came, changed, or from which it left.</summary>
/// <param name="Activity">As it is now.</param>
/// <param name="IsNew">Whether nothing was known of it before.</param>
public sealed record TouchedPlace(ActivityPlace Place, Activity Activity, bool IsNew);

/// <summary>Told what an import touches, before anything of it is written and again after.</summary>
public delegate Task Touching(IReadOnlyCollection<TouchedPlace> places);
