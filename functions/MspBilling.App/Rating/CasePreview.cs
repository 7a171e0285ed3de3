using MspBilling.Adapters.Rating;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Rating;

/// <summary>Prices a case by the function that closes a month; there is no storage in it.</summary>
public static class CasePreview
{
    public static PreviewedBill Price(BillingCase @case)
    {
        var directory = ClientDirectory.Of(@case.References);
        var inside = @case.Activities.Where(@case.IsInPeriod).ToList();
        var bill = PricedBill.Of(
            () => ClientBilling.Bill(directory, @case.ClientId, @case.Period, @case.Period.End, inside, carried: @case.Carried),
            problem => ClientBilling.Quarantine(directory, @case.ClientId, @case.Period, @case.Period.End, inside, problem));
        var counted = bill.Dispositions.Select(disposition => disposition.Activity).ToHashSet();
        return PreviewedBill.Of(bill, inside, [.. @case.Activities.Where(activity => !counted.Contains(activity.Id))]);
    }
}
