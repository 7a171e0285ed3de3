using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>An activity that waits for somebody: what it is, why it waits, what releases it.</summary>
/// <param name="Value">What it would bring, where that is known.</param>
/// <param name="Hash">Of the activity's content, for who decides about it; null where the activity is not there any more.</param>
/// <param name="OfPart">Whether the rest of it is billed or covered.</param>
public sealed record Hold(
    Period Period, string ClientId, string ClientName, RecordId Activity, Reason Reason, string? Detail, string Description, DateOnly? Date, decimal Hours, decimal Units, Money? Value, string? Hash = null, bool OfPart = false)
{
    /// <summary>One for each activity of which something is held.</summary>
    /// <param name="outcome">Whose, and of which period.</param>
    /// <param name="dispositions">Of the period.</param>
    /// <param name="activities">Its activities; one that has moved away is shown by its id.</param>
    public static IReadOnlyList<Hold> Of(ClientOutcome outcome, IEnumerable<Disposition> dispositions, IEnumerable<Activity> activities)
    {
        var byId = activities.ToDictionary(a => a.Id);
        return
        [
            .. from d in dispositions
               where d.Kind == DispositionKind.Held
               group d by d.Activity into held
               let last = held.Last()
               let activity = byId.GetValueOrDefault(held.Key)
               let quantity = held.Aggregate(default(CapturedQuantity), (sum, d) => sum + d.Quantity)
               select new Hold(
                   outcome.Period, outcome.ClientId, outcome.ClientName, held.Key, last.Reason!, last.Detail, activity is null ? held.Key.ToString() : ActivityWords.Describe(activity),
                   activity is null ? null : ActivityWords.DateOf(activity), quantity.Hours, quantity.Units, last.Value,
                   activity is null ? null : RecordJson.ContentHash(activity), activity is not null && quantity != activity.Captured),
        ];
    }
}
