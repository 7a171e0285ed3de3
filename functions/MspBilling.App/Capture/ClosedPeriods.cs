using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>Marks the closed periods that an import touches, so that the next close looks at them and at no others.</summary>
/// <remarks>
/// An activity of a month touches that month, and longer periods with it. An addition touches the periods from its start on; changed or gone, all of the client's, as it is not
/// known what it was. A device touches the month of its installation and no other: what else it says is how it is now. Open milestones touch nothing, because nothing was billed for them.
/// </remarks>
public sealed class ClosedPeriods(RunStore runs, TouchedPeriodStore touched)
{
    /// <summary>Called before anything is written and again after: a close that has begun in between is known by then.</summary>
    /// <param name="import">Names the import.</param>
    public async Task MarkAsync(IReadOnlyCollection<TouchedPlace> places, string import, CancellationToken cancellationToken)
    {
        if (places.Count == 0)
        {
            return;
        }

        var closed = (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).Select(run => run.Period).ToList();
        await touched.MarkAsync([.. places.SelectMany(place => MarksOf(place, closed)).Distinct()], import, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks the closed periods that decisions are about; of what stands from month to month, those after it, too.</summary>
    public async Task MarkAsync(IReadOnlyCollection<Decision> decisions, string import, CancellationToken cancellationToken)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        var closed = (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).Select(run => run.Period).ToList();
        var marks = from decision in decisions
                    where decision.ClientId != Client.Unknown
                    from period in closed
                    where period == decision.Period || (decision.Activity.Kind is RecordKind.Addition or RecordKind.Device && period.Start > decision.Period.Start)
                    select (decision.ClientId, period);
        await touched.MarkAsync([.. marks.Distinct()], import, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<(string ClientId, Period Period)> MarksOf(TouchedPlace touched, IReadOnlyList<Period> closed)
    {
        var (place, activity, isNew) = touched;
        return place.ClientId == Client.Unknown
            ? []
            : closed.Where(period => (place.Month, activity) switch
            {
                ({ } month, _) => month.Overlap(period) is not null,
                (null, Device device) => isNew && device.InstalledOn is { } day && period.Contains(day),
                (null, Milestone) => false,
                (null, Addition addition) => !isNew || period.End > addition.InForce.Start,
                (null, _) => true,
            }).Select(period => (place.ClientId, period));
    }
}
