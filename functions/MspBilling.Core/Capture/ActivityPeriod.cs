using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>Whether something that stands until it is ended counts in a period.</summary>
/// <remarks>
/// An addition counts when it is in force on a day of the period, which for an agreement that bills longer cycles begins with the first day that is due; a device when it was installed before the period's end. A milestone
/// counts in the period in which it is completed, and in none while it is open; one that is completed on no known day counts in each, so that it is
/// seen. Other dated activities were put into their period when they were captured.
/// </remarks>
public static class ActivityPeriod
{
    public static bool Counts(Activity activity, Period period) => activity switch
    {
        Addition addition => addition.InForce.Overlap(period) is not null,
        Device device => device.InstalledOn is not { } day || day < period.End,
        Milestone milestone => milestone.CompletedOn is { } day ? period.Contains(day) : milestone.IsCompleted,
        _ => true,
    };
}
