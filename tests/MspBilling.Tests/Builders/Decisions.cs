using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>What Ann Lee decides about held work, in September 2024 unless a test says otherwise.</summary>
internal static class Decisions
{
    public static Decision Release(Activity activity, Reason reason, string? detail = null, int number = 0) => Of(DecisionKind.Release, activity, reason, number) with { Detail = detail };

    public static Decision WriteOff(Activity activity, Reason reason, int number = 0) => Of(DecisionKind.WriteOff, activity, reason, number);

    public static Decision Withdraw(Decision decision, int number = 1) => decision with
    {
        Id = Decision.IdOf(decision.Activity, number),
        Kind = DecisionKind.Withdraw,
        Withdraws = decision.Id.ExternalId,
        At = At(number),
    };

    /// <summary>As the list of holds gives it: about all that is held of an activity.</summary>
    public static Decision About(DecisionKind kind, Activity activity, IReadOnlyList<Disposition> held, Period period, int number = 0) => Of(kind, activity, held[^1].Reason!, number) with
    {
        Period = period,
        Detail = held[^1].Detail,
        Value = held[^1].Value,
        OfPart = held.Aggregate(default(CapturedQuantity), (sum, share) => sum + share.Quantity) != activity.Captured,
    };

    private static Decision Of(DecisionKind kind, Activity activity, Reason reason, int number) => new()
    {
        Id = Decision.IdOf(activity.Id, number),
        Kind = kind,
        Activity = activity.Id,
        ActivityHash = RecordJson.ContentHash(activity),
        ClientId = Records.ClientId,
        Period = Days.September,
        Reason = reason.Code,
        By = "Ann Lee",
        Why = "goodwill",
        At = At(number),
    };

    private static DateTimeOffset At(int number) => Days.At("2024-10-03T09:00Z").AddMinutes(number);
}
