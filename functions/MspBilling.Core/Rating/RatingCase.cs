using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Everything that decides what a client's period costs.</summary>
/// <param name="Client">Who is billed.</param>
/// <param name="Period">The days that are billed, in the client's time zone.</param>
/// <param name="Agreements">All of the client's agreements, in the order of their ids.</param>
/// <param name="Directory">Rates, projects and settings.</param>
/// <param name="Activities">What was captured for the client in the period, and what stands.</param>
public sealed record RatingCase(
    Client Client, Period Period, IReadOnlyList<Agreement> Agreements, ClientDirectory Directory, IReadOnlyList<Activity> Activities)
{
    /// <summary>What earlier periods left: balances of retainers, sums under caps.</summary>
    public CarriedState Carried { get; init; } = CarriedState.None;

    /// <summary>What people have decided about the activities as they were captured; null where they have not.</summary>
    internal StandingDecisions? Decisions { get; init; } = StandingDecisions.Of(Directory, Client.Id, Period, Activities);

    public Agreement? Agreement(string id)
    {
        // Asked for by each activity that names one.
        for (var i = 0; i < Agreements.Count; i++)
        {
            if (Agreements[i].Id == id)
            {
                return Agreements[i];
            }
        }

        return null;
    }
}
