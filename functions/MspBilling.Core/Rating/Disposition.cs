using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>What became of an activity, or of a part of it.</summary>
public enum DispositionKind
{
    Billed,
    Covered,
    NonBillable,
    Held,
    WrittenOff,
}

/// <summary>One share of an activity and what became of it; an activity's shares add up to what was captured of it.</summary>
/// <param name="Activity">Which activity.</param>
/// <param name="Kind">What became of the share.</param>
/// <param name="Reason">Why it is not billed; null when it is.</param>
/// <param name="Detail">What it is about: the line that billed it, the role without a rate; null where the reason says it all.</param>
/// <param name="Quantity">The share: hours, units and cost as captured.</param>
/// <param name="Value">What it would have been billed at, where that is known; null for what is billed.</param>
public readonly record struct Disposition(
    RecordId Activity, DispositionKind Kind, Reason? Reason, string? Detail, CapturedQuantity Quantity, Money? Value = null)
{
    public static Disposition Billed(Activity activity, string? line = null) => new(activity.Id, DispositionKind.Billed, null, line, activity.Captured);

    public static Disposition Held(Activity activity, Reason reason, string? detail = null, Money? value = null) =>
        new(activity.Id, DispositionKind.Held, reason, detail, activity.Captured, value);

    public static Disposition NonBillable(Activity activity, Reason reason, string? detail = null) =>
        new(activity.Id, DispositionKind.NonBillable, reason, detail, activity.Captured);

    public static Disposition Covered(Activity activity, Reason reason, string? detail = null) =>
        new(activity.Id, DispositionKind.Covered, reason, detail, activity.Captured);
}
