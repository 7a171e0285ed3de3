using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Reports;

/// <summary>What a bill makes of each activity, in units.</summary>
/// <remarks>What the agreement pays for otherwise, or leaves free, counts as invoiced: the client has it by agreement. Of a bill that could not be made, what it holds counts as invoiced, too.</remarks>
internal sealed class ReconciliationShares
{
    private readonly Dictionary<RecordId, (decimal Invoiced, decimal Held)> _shares = [];

    public ReconciliationShares(ClientBill bill)
    {
        foreach (var disposition in bill.Dispositions)
        {
            var (invoiced, held) = _shares.GetValueOrDefault(disposition.Activity);
            _shares[disposition.Activity] = disposition.Kind switch
            {
                DispositionKind.Held when bill.Problem is null => (invoiced, held + disposition.Quantity.Units),
                DispositionKind.Billed or DispositionKind.Covered or DispositionKind.Held => (invoiced + disposition.Quantity.Units, held),
                DispositionKind.NonBillable when IsDecided(disposition.Reason) => (invoiced + disposition.Quantity.Units, held),
                _ => (invoiced, held),
            };
        }
    }

    public (decimal Invoiced, decimal Held) Of(Activity activity) => _shares.GetValueOrDefault(activity.Id);

    private static bool IsDecided(Reason? reason) => reason == Reason.NoCharge || reason == Reason.DoNotBill || reason == Reason.BilledElsewhere || reason == Reason.Waived;
}
