using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>Work of a period that belongs to nobody known: all of it held or written off, and counted like any client's.</summary>
public static class UnknownWork
{
    public static ClientBill Hold(ClientDirectory directory, Period period, DateOnly invoiceDate, IEnumerable<Activity> activities)
    {
        var counted = activities.Where(activity => ActivityPeriod.Counts(activity, period))
            .OrderBy(a => a.Id.Kind).ThenBy(a => a.Id.Source, StringComparer.Ordinal).ThenBy(a => a.Id.ExternalId, StringComparer.Ordinal).ToList();
        var dispositions = counted.Select(activity => activity switch
        {
            UsageRecord { IsWithdrawn: true } => Disposition.NonBillable(activity, Reason.Withdrawn),
            UsageRecord { Currency: { } currency } usage => Disposition.Held(usage, Reason.UnknownClient, directory.Attribute(usage).Unknown, Rounding.ToMoney(usage.Cost, currency)),
            _ => Disposition.Held(activity, Reason.UnknownClient, directory.Attribute(activity).Unknown),
        }).ToList();
        var ids = counted.Select(activity => activity.Id).ToHashSet();
        return new ClientBill(
            period, Client.Unknown, "Unknown client", invoiceDate, [], StandingDecisions.Of(directory, Client.Unknown, period, counted)?.Apply(dispositions) ?? dispositions,
            [.. counted.Concat<CapturedRecord>(directory.DecisionsOf(Client.Unknown).Where(decision => ids.Contains(decision.Activity))).Select(RecordVersion.Of)], null);
    }
}
