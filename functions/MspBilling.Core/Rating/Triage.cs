using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Core.Rating;

/// <summary>What is settled before any agreement is looked at: deleted, internal, marked and unapproved work, and what the PSA has billed.</summary>
/// <remarks>
/// Time or an expense that is not approved is held, even where an agreement would cover it: it may still change. A device is of the
/// period when it was installed before the period's end; one not active or not marked for billing is not billed.
/// </remarks>
internal static class Triage
{
    // ConnectWise's words for time and expenses that its own invoicing has dealt with (contract notes, section 4).
    private const string BilledByPsa = "Billed";
    private const string CoveredByPsa = "BilledAgreement";
    private const string WrittenOffByPsa = "WrittenOff";

    public static Settlement? Settle(Activity activity, RatingCase @case) => activity switch
    {
        { DeletedAt: not null } => new Settlement(DispositionKind.NonBillable, Reason.Deleted),
        UsageRecord { IsWithdrawn: true } => new Settlement(DispositionKind.NonBillable, Reason.Withdrawn),
        _ when @case.Client.IsInternal => new Settlement(DispositionKind.NonBillable, Reason.Internal),
        TimeEntry { Option: BillingOption.BilledElsewhere } or Addition { Option: BillingOption.BilledElsewhere } or Milestone { Option: BillingOption.BilledElsewhere } or Expense { Option: BillingOption.BilledElsewhere } => new Settlement(DispositionKind.NonBillable, Reason.BilledElsewhere),
        TimeEntry time => Settle(time, @case),
        Expense { Status: { } status } when SettledByPsa(status) is { } settled => settled,
        Addition { Option: BillingOption.DoNotBill } or Milestone { Option: BillingOption.DoNotBill } or Expense { Option: BillingOption.DoNotBill } => new Settlement(DispositionKind.NonBillable, Reason.DoNotBill),
        Addition { Option: BillingOption.NoCharge } or Milestone { Option: BillingOption.NoCharge } or Expense { Option: BillingOption.NoCharge } => new Settlement(DispositionKind.NonBillable, Reason.NoCharge),
        Expense { Status: { } status } expense when !@case.Directory.Settings.ApprovedTimeStatuses.Contains(status) =>
            new Settlement(DispositionKind.Held, Reason.UnapprovedExpense, $"The status is {status}.", Worth.Of(expense, @case)),
        Milestone { CompletedOn: null } milestone => new Settlement(DispositionKind.Held, Reason.MissingCompletionDate, milestone.Name, Worth.Of(milestone, @case)),
        Device { IsActive: false } or Device { IsBilled: false } => new Settlement(DispositionKind.NonBillable, Reason.Inactive),
        _ => null,
    };

    private static Settlement? SettledByPsa(string status) => status switch
    {
        WrittenOffByPsa => new Settlement(DispositionKind.WrittenOff, Reason.WrittenOffInPsa),
        BilledByPsa or CoveredByPsa => new Settlement(DispositionKind.NonBillable, Reason.BilledElsewhere),
        _ => null,
    };

    private static Settlement? Settle(TimeEntry time, RatingCase @case)
    {
        if (SettledByPsa(time.Status) is { } settled)
        {
            return settled;
        }

        if (time.Option is BillingOption.DoNotBill or BillingOption.NoCharge)
        {
            return new Settlement(DispositionKind.NonBillable, time.Option == BillingOption.DoNotBill ? Reason.DoNotBill : Reason.NoCharge);
        }

        if (!@case.Directory.Settings.ApprovedTimeStatuses.Contains(time.Status))
        {
            return new Settlement(DispositionKind.Held, Reason.UnapprovedTime, $"The status is {time.Status}.", TimeRates.Estimate(time, @case));
        }

        if (time.Hours < 0)
        {
            return new Settlement(DispositionKind.Held, Reason.NegativeHours);
        }

        if (time.Hours == 0)
        {
            return new Settlement(DispositionKind.NonBillable, Reason.NoTime);
        }

        if (time.ProjectId is not { } id)
        {
            return null;
        }

        // A project that is not known may be one at a fixed price, whose time is paid already. Another client's project is not among
        // the records behind this client's bill, and so must not decide it.
        if (@case.Directory.Project(id) is not { } project || Client.IdOf(project.CompanyId) != @case.Client.Id)
        {
            return new Settlement(DispositionKind.Held, Reason.UnknownProject, $"Project {time.ProjectName ?? id}.", TimeRates.Estimate(time, @case));
        }

        return project.IsFixedFee ? new Settlement(DispositionKind.Covered, Reason.FixedFeeProject, project.Name) : null;
    }
}
