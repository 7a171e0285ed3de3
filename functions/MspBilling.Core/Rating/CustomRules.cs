using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The MSP's own exceptions: ordered, dated rules that match an activity and change what becomes of it.</summary>
/// <remarks>
/// The agreement's rules are tried in order, then those of the settings, without those whose id one of the agreement's has. Each sees the activity as
/// the ones before it reclassified and priced it: x 1.5 and then 100.00 is 100.00, 100.00 and then x 1.5 is 150.00. Waiving and holding settle
/// the activity, and nothing after them is tried. A rule that can match nothing of the client is left out beforehand.
/// </remarks>
internal sealed class CustomRules
{
    private readonly AgreementPart _part;
    private readonly CustomRule[][] _byKind;

    // Which effects a rule makes of those before it: one object for one sequence of rules, because lines are grouped by it.
    private readonly Dictionary<(int Before, CustomRule Rule), int> _next = new(ByIdentity.Instance);
    private readonly List<PriceEffects?> _effects = [null];

    public CustomRules(AgreementPart part)
    {
        _part = part;
        var own = part.Version.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var rules = part.Version.Rules.Concat(part.Case.Directory.Settings.Rules.Where(rule => !own.Contains(rule.Id)))
            .Where(rule => Conditions.IsOf(rule.Match, part.Client)).ToList();
        _byKind = [.. Enum.GetValues<ActivityKind>().Select(kind => rules.Where(rule => rule.Match.Kinds?.Contains(kind) ?? true).ToArray())];
    }

    /// <summary>What the rules make of an activity.</summary>
    /// <param name="Activity">As reclassified.</param>
    /// <param name="Effects">On its price; null for none.</param>
    /// <param name="Settled">When a rule waives or holds it.</param>
    internal readonly record struct Outcome(Activity Activity, PriceEffects? Effects, Settlement? Settled);

    /// <param name="day">The activity's own, on which a rule has to be in force; null for what stands, which is changed by the rules of the period's last day.</param>
    /// <param name="matching">Takes the rules that matched, for a dry run.</param>
    public Outcome Apply(Activity activity, ActivityKind kind, DateOnly? day, List<CustomRule>? matching = null)
    {
        var rules = _byKind[(int)kind];
        if (rules.Length == 0)
        {
            return new Outcome(activity, null, null);
        }

        var on = day ?? _part.Period.LastDay;
        var classified = activity;
        var effects = 0;
        foreach (var rule in rules)
        {
            if (!rule.InForce.Contains(on) || !classified.Meets(rule.Match, _part.Case))
            {
                continue;
            }

            matching?.Add(rule);
            switch (rule.Effect)
            {
                case Waive:
                    return new Outcome(classified, null, new Settlement(DispositionKind.NonBillable, Reason.Waived, rule.Name));
                case HoldIt hold when !IsReleased(activity, rule, hold):
                    return new Outcome(classified, null, new Settlement(DispositionKind.Held, Reason.HeldByRule, DetailOf(rule, hold), Worth.Of(activity, _part.Case)));
                case HoldIt:
                    break;
                case Reclassify to:
                    classified = As(classified, to);
                    break;
                default:
                    effects = Next(effects, rule);
                    break;
            }

            if (rule.Ends)
            {
                break;
            }
        }

        return new Outcome(classified, _effects[effects], null);
    }

    private static string DetailOf(CustomRule rule, HoldIt hold) => $"{rule.Name}: {hold.Because}";

    // Somebody has looked at what this rule names.
    private bool IsReleased(Activity activity, CustomRule rule, HoldIt hold) => _part.Case.Decisions?.Release(activity.Id, Reason.HeldByRule, DetailOf(rule, hold)) is not null;

    private int Next(int before, CustomRule rule)
    {
        if (!_next.TryGetValue((before, rule), out var next))
        {
            next = _effects.Count;
            _next.Add((before, rule), next);
            _effects.Add(After(_effects[before] ?? new PriceEffects(null, 1, []), rule));
        }

        return next;
    }

    private static PriceEffects After(PriceEffects before, CustomRule rule) => rule.Effect switch
    {
        // What an earlier rule made of the price is gone with it; its caps stay.
        SetPrice set => new PriceEffects(set.Price, 1, [.. before.Rules.Where(earlier => earlier.Effect is CapAmount), rule]),
        MultiplyPrice multiply => new PriceEffects(before.Price, before.Factor * multiply.Factor, [.. before.Rules, rule]),
        CapAmount => new PriceEffects(before.Price, before.Factor, [.. before.Rules, rule]),
        _ => throw new InvalidOperationException($"{rule.Effect.GetType().Name} is an effect that no rule foresees."),
    };

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

    // A rule is a record, whose own comparison reads all of it.
    private sealed class ByIdentity : IEqualityComparer<(int Before, CustomRule Rule)>
    {
        public static readonly ByIdentity Instance = new();

        public bool Equals((int Before, CustomRule Rule) x, (int Before, CustomRule Rule) y) => x.Before == y.Before && ReferenceEquals(x.Rule, y.Rule);

        public int GetHashCode((int Before, CustomRule Rule) key) => HashCode.Combine(key.Before, System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Rule));
    }
}
