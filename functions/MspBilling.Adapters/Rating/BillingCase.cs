using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Rating;

/// <summary>One client's period with everything that decides what it costs, as the same records that a close bills from.</summary>
/// <param name="Period">The days to bill.</param>
/// <param name="ClientId">Whom to bill.</param>
/// <param name="Zone">The client's, which decides the day of an instant.</param>
/// <param name="References">Settings, company, projects and agreements.</param>
/// <param name="Activities">In the order of the file, of any day.</param>
/// <param name="Carried">What the period before left.</param>
public sealed record BillingCase(
    Period Period, string ClientId, TimeZoneInfo Zone, IReadOnlyList<CapturedRecord> References, IReadOnlyList<Activity> Activities, CarriedState Carried)
{
    /// <summary>Whether it is of the case's period, or stands: a file may hold the work of several months, and be priced for each.</summary>
    public bool IsInPeriod(Activity activity) => activity switch
    {
        TimeEntry time => Period.Contains(LocalDates.In(Zone, time.Start)),
        UsageRecord usage => Period.Contains(usage.Day),
        Expense expense => Period.Contains(expense.Day),
        Count count => Period.Contains(count.Day),
        _ => true,
    };
}

/// <summary>What a case file held: the case, or what is wrong with the file and no case at all.</summary>
/// <param name="Case">Null when there are problems.</param>
/// <param name="Problems">The first problems in file order.</param>
/// <param name="MoreProblems">Whether there are more than these.</param>
public sealed record CaseReading(BillingCase? Case, IReadOnlyList<ImportProblem> Problems, bool MoreProblems);
