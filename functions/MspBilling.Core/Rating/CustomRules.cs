using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The MSP's own exceptions: ordered, dated rules that match an activity and change what becomes of it.</summary>
/// <remarks>
/// The agreement's rules are tried in order, then those of the settings; each sees the activity as the ones before it reclassified it. The
/// later of two prices holds, factors are multiplied. Waiving and holding settle the activity, and nothing after them is tried.
/// </remarks>
internal static class CustomRules
{
    /// <summary>What the rules make of an activity.</summary>
    /// <param name="Activity">As reclassified.</param>
    /// <param name="Effects">On its price; null for none.</param>
    /// <param name="Settled">When a rule waives or holds it.</param>
    internal readonly record struct Outcome(Activity Activity, PriceEffects? Effects, Disposition? Settled);

    public static Outcome Apply(Activity activity, AgreementPart part, Dictionary<string, PriceEffects> known)
    {
        var (own, shared) = (part.Version.Rules, part.Case.Directory.Settings.Rules);
        if (own.Count == 0 && shared.Count == 0)
        {
            return new Outcome(activity, null, null);
        }

        var day = Conditions.DayOf(activity, part.Client) ?? part.Period.LastDay;
        var classified = activity;
        decimal? price = null;
        var factor = 1m;
        var applied = new List<CustomRule>();
        foreach (var rule in own.Concat(shared))
        {
            if (!rule.InForce.Contains(day) || !classified.Meets(rule.Match, part.Case))
            {
                continue;
            }

            switch (rule.Effect)
            {
                case SetPrice set:
                    price = set.Price;
                    break;
                case MultiplyPrice multiply:
                    factor *= multiply.Factor;
                    break;
                case CapAmount:
                    break;
                case Waive:
                    return new Outcome(classified, null, Disposition.NonBillable(activity, Reason.Waived, rule.Name));
                case HoldIt hold:
                    return new Outcome(classified, null, Disposition.Held(activity, Reason.HeldByRule, $"{rule.Name}: {hold.Because}", Worth.Of(activity, part.Case)));
                case Reclassify to:
                    classified = As(classified, to);
                    break;
                default:
                    throw new InvalidOperationException($"{rule.Effect.GetType().Name} is an effect that no rule foresees.");
            }

            if (rule.Effect is not Reclassify)
            {
                applied.Add(rule);
            }

            if (rule.Ends)
            {
                break;
            }
        }

        return new Outcome(classified, applied.Count == 0 ? null : Known(price, factor, applied, known), null);
    }

    // One object for one set of rules: lines are grouped by it.
    private static PriceEffects Known(decimal? price, decimal factor, List<CustomRule> applied, Dictionary<string, PriceEffects> known)
    {
        var key = string.Join('\n', applied.Select(rule => rule.Id));
        if (!known.TryGetValue(key, out var effects))
        {
            known.Add(key, effects = new PriceEffects(price, factor, applied));
        }

        return effects;
    }

    private static Activity As(Activity activity, Reclassify to) => activity switch
    {
        TimeEntry time => time with { RoleId = to.Role is null ? time.RoleId : null, RoleName = to.Role ?? time.RoleName, WorkType = to.WorkType ?? time.WorkType },
        Addition addition => addition with { Sku = to.Sku ?? addition.Sku },
        UsageRecord usage => usage with { Sku = to.Sku ?? usage.Sku },
        Expense expense => expense with { Sku = to.Sku ?? expense.Sku },
        Count count => count with { Sku = to.Sku ?? count.Sku },
        Device device => device with { DeviceType = to.DeviceType ?? device.DeviceType },
        _ => activity,
    };
}
