using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Core.Rating;

/// <summary>What is settled before any agreement is looked at: deleted, internal, written off and marked work, what the source has billed, and what is not approved.</summary>
/// <remarks>
/// What a source has settled itself its connector tells by <see cref="BillingOption"/>, whatever the source's own word for it. Time or an expense
/// that is not approved is held, even where an agreement would cover it: it may still change. Somebody may release it. A device is of the
/// period when it was installed before the period's end; one not active or not marked for billing is not billed.
/// </remarks>
internal static class Triage
{
    public static Settlement? Settle(Activity activity, RatingCase @case)
    {
        if (activity.DeletedAt is not null)
        {
            return new Settlement(DispositionKind.NonBillable, Reason.Deleted);
        }

        if (activity is UsageRecord { IsWithdrawn: true })
        {
            return new Settlement(DispositionKind.NonBillable, Reason.Withdrawn);
        }

        if (@case.Client.IsInternal)
        {
            return new Settlement(DispositionKind.NonBillable, Reason.Internal);
        }

        if (@case.Decisions?.WholeWriteOff(activity.Id) is { } decision)
        {
            return new Settlement(DispositionKind.WrittenOff, Reason.WrittenOff, decision.Words, decision.Value ?? Worth.Of(activity, @case));
        }

        return activity switch
        {
            TimeEntry time => SettledBySource(time.Option) ?? Settle(time, @case),
            Addition addition => SettledBySource(addition.Option),
            Milestone milestone => SettledBySource(milestone.Option) ?? Settle(milestone, @case),
            Expense expense => SettledBySource(expense.Option) ?? Settle(expense, @case),
            Device { IsActive: false } or Device { IsBilled: false } => new Settlement(DispositionKind.NonBillable, Reason.Inactive),
            _ => null,
        };
    }

    private static Settlement? SettledBySource(BillingOption option) => option switch
    {
        BillingOption.BilledElsewhere => new Settlement(DispositionKind.NonBillable, Reason.BilledElsewhere),
        BillingOption.WrittenOffElsewhere => new Settlement(DispositionKind.WrittenOff, Reason.WrittenOffInPsa),
        BillingOption.DoNotBill => new Settlement(DispositionKind.NonBillable, Reason.DoNotBill),
        BillingOption.NoCharge => new Settlement(DispositionKind.NonBillable, Reason.NoCharge),
        _ => null,
    };

    private static Settlement? Settle(Milestone milestone, RatingCase @case) => milestone.CompletedOn is null
        ? new Settlement(DispositionKind.Held, Reason.MissingCompletionDate, milestone.Name, Worth.Of(milestone, @case))
        : null;

    private static Settlement? Settle(Expense expense, RatingCase @case) =>
        expense.Status is { } status && !IsApproved(status, @case) && @case.Decisions?.Release(expense.Id, Reason.UnapprovedExpense) is null
            ? new Settlement(DispositionKind.Held, Reason.UnapprovedExpense, $"The status is {status}.", Worth.Of(expense, @case))
            : null;

    private static Settlement? Settle(TimeEntry time, RatingCase @case)
    {
        if (!IsApproved(time.Status, @case) && @case.Decisions?.Release(time.Id, Reason.UnapprovedTime) is null)
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
            return @case.Decisions?.Release(time.Id, Reason.UnknownProject) is not null
                ? null
                : new Settlement(DispositionKind.Held, Reason.UnknownProject, $"Project {time.ProjectName ?? id}.", TimeRates.Estimate(time, @case));
        }

        return project.IsFixedFee ? new Settlement(DispositionKind.Covered, Reason.FixedFeeProject, project.Name) : null;
    }

    private static bool IsApproved(string status, RatingCase @case) => @case.Directory.Settings.ApprovedTimeStatuses.Contains(status);
}
