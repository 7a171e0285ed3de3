using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Core.Rating;

/// <summary>What is settled before any agreement is looked at: internal, marked and unapproved work, and what the PSA has billed.</summary>
/// <remarks>
/// Time that is not approved is held, even where an agreement would cover it: its hours may still change. A device is of the
/// period when it was installed before the period's end; one not active or not marked for billing is not billed.
/// </remarks>
internal static class Triage
{
    // ConnectWise's words for time that its own invoicing has dealt with (contract notes, section 4).
    private static readonly string[] BilledByPsa = ["Billed", "BilledAgreement"];
    private const string WrittenOffByPsa = "WrittenOff";

    public static Disposition? Settle(Activity activity, RatingCase @case) => activity switch
    {
        _ when @case.Client.IsInternal => Disposition.NonBillable(activity, Reason.Internal),
        TimeEntry time => Settle(time, @case),
        Addition { Option: BillingOption.DoNotBill } or Milestone { Option: BillingOption.DoNotBill } or Expense { Option: BillingOption.DoNotBill } => Disposition.NonBillable(activity, Reason.DoNotBill),
        Addition { Option: BillingOption.NoCharge } or Milestone { Option: BillingOption.NoCharge } or Expense { Option: BillingOption.NoCharge } => Disposition.NonBillable(activity, Reason.NoCharge),
        Milestone { CompletedOn: null } milestone => Disposition.Held(milestone, Reason.MissingCompletionDate, milestone.Name, Worth.Of(milestone, @case)),
        Device { IsActive: false } or Device { IsBilled: false } => Disposition.NonBillable(activity, Reason.Inactive),
        _ => null,
    };

    private static Disposition? Settle(TimeEntry time, RatingCase @case)
    {
        if (time.Status == WrittenOffByPsa)
        {
            return new Disposition(time.Id, DispositionKind.WrittenOff, Reason.WrittenOffInPsa, null, time.Captured);
        }

        if (BilledByPsa.Contains(time.Status))
        {
            return Disposition.NonBillable(time, Reason.BilledElsewhere);
        }

        if (time.Option is BillingOption.DoNotBill or BillingOption.NoCharge)
        {
            return Disposition.NonBillable(time, time.Option == BillingOption.DoNotBill ? Reason.DoNotBill : Reason.NoCharge);
        }

        if (!@case.Directory.Settings.ApprovedTimeStatuses.Contains(time.Status))
        {
            return Disposition.Held(time, Reason.UnapprovedTime, $"The status is {time.Status}.", TimeRates.Estimate(time, @case));
        }

        if (time.Hours < 0)
        {
            return Disposition.Held(time, Reason.NegativeHours);
        }

        if (time.Hours == 0)
        {
            return Disposition.NonBillable(time, Reason.NoTime);
        }

        if (time.ProjectId is not { } id)
        {
            return null;
        }

        // A project that is not known may be one at a fixed price, whose time is paid already. Another client's project is not among
        // the records behind this client's bill, and so must not decide it.
        if (@case.Directory.Project(id) is not { } project || Client.IdOf(project.CompanyId) != @case.Client.Id)
        {
            return Disposition.Held(time, Reason.UnknownProject, $"Project {time.ProjectName ?? id}.", TimeRates.Estimate(time, @case));
        }

        return project.IsFixedFee ? Disposition.Covered(time, Reason.FixedFeeProject, project.Name) : null;
    }
}
