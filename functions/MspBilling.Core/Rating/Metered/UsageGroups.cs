using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Sorts the activities of a usage line into its groups, in one pass, and settles what cannot be priced.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A cost in another currency without a rate for its day is held, and so is a count where cost is priced, and a record without a subject
/// where subjects are counted.</item>
/// <item>The provider's own tax is passed on as it is where the cost is; else it is covered: a price per unit holds it already.</item>
/// <item>Records of different units are never added, unless the line says what the unit is.</item>
/// </list>
/// </remarks>
internal sealed class UsageGroups(AgreementPart part, UsageLine line)
{
    private readonly Dictionary<SlotKey, UsageSlot> _slots = [];
    private readonly Dictionary<UsageGroupKey, UsageGroup> _groups = [];
    private SlotKey _lastKey;
    private UsageSlot? _last;
    private readonly Conversions _conversions = new(line.Conversions, part.Currency);

    /// <summary>Those with something in them, in the order in which their lines are printed.</summary>
    /// <remarks>A line that is not grouped is a group even without any use: its first tier's flat amount is due, once in a period.</remarks>
    public IReadOnlyList<UsageGroup> All(RatingOutput output)
    {
        var used = _groups.Values.Where(group => group.Records > 0).ToList();
        return used.Count == 0 && line.GroupBy == UsageGrouping.None && IsDueWithoutUse(output)
            ? [new UsageGroup(part, line, new UsageGroupKey("", "", "", null))]
            : [.. used.OrderBy(group => group.Key.Provider, StringComparer.Ordinal).ThenBy(group => group.Key.Item, StringComparer.Ordinal)];
    }

    // A sum goes on over the versions in the period; what is no sum is priced by each for its days.
    private bool IsDueWithoutUse(RatingOutput output) =>
        (line.Aggregation != Aggregation.Sum && !line.Pricing.IsOfCost) || (UsageLimits.IsLast(part, line) && !output.Knows(UsageCharge.Priced(part, line)));

    /// <returns>Where it is counted; null when it is settled.</returns>
    public UsageSlot? Take(in Matched matched, RatingOutput output)
    {
        var slot = SlotOf(matched);
        var group = slot.Group;
        var usage = matched.Activity as UsageRecord;
        var count = matched.Activity as Count;
        var (day, quantity, subject) = usage is not null ? (usage.Day, usage.Quantity, usage.Subject) : (count!.Day, count.Quantity, count.Subject);
        if (slot.IsTax && group.Model is not (CostMarkup or TieredMarkup or PassThrough))
        {
            output.Covered(matched, Reason.ProviderTax);
            return null;
        }

        if (!group.Model.IsOfCost)
        {
            if (line.Aggregation == Aggregation.Unique && subject is null)
            {
                output.Held(matched, Reason.MissingSubject);
                return null;
            }

            group.Measure(slot, day, quantity, subject);
            return slot;
        }

        if (usage?.Currency is not { } currency)
        {
            output.Held(matched, Reason.MissingCost);
            return null;
        }

        if (!_conversions.TryConvert(usage.Cost, currency, day, out var cost, out var rate))
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{currency} on {day:yyyy-MM-dd}.");
            output.Held(matched, Reason.MissingConversion, detail, Worth.Of(usage, part.Case));
            return null;
        }

        if (rate >= 0)
        {
            group.Converted(rate, _conversions.Count);
        }

        group.Charge(slot, day, quantity, cost);
        return slot;
    }

    private UsageSlot SlotOf(in Matched matched)
    {
        var key = matched.Activity switch
        {
            UsageRecord usage => new SlotKey(
                line.GroupBy == UsageGrouping.None ? "" : usage.Provider,
                line.GroupBy switch { UsageGrouping.Service => usage.Service, UsageGrouping.Sku => usage.Sku, UsageGrouping.Account => usage.SubAccountId, _ => "" },
                usage.SubAccountId, usage.SubAccountName, usage.Description, usage.Category, usage.Unit, matched.Effects),
            Count count => new SlotKey(
                "", line.GroupBy is UsageGrouping.Service or UsageGrouping.Sku ? count.Sku : "",
                count.Sku, null, count.Description, null, line.Unit, matched.Effects),
            _ => throw new InvalidOperationException($"{matched.Activity.GetType().Name} is no use."),
        };

        // Records of a row mostly stand together: their ids are made of what they are of.
        if (_last is not null && key.IsSame(_lastKey))
        {
            return _last;
        }

        if (!_slots.TryGetValue(key, out var slot))
        {
            _slots.Add(key, slot = Open(key, matched.Activity));
        }

        (_lastKey, _last) = (key, slot);
        return slot;
    }

    private UsageSlot Open(SlotKey key, Activity activity)
    {
        var isOfCost = line.Pricing.IsOfCost && key.Effects?.Price is null;
        var unit = isOfCost || line.Unit is not null || line.Aggregation == Aggregation.Unique ? "" : key.Unit ?? "";
        var groupKey = new UsageGroupKey(key.Provider, key.Subject, unit, key.Effects);
        if (!_groups.TryGetValue(groupKey, out var group))
        {
            _groups.Add(groupKey, group = new UsageGroup(part, line, groupKey));
        }

        var account = key.AccountName ?? key.Account;
        var name = (line.GroupBy, activity) switch
        {
            (UsageGrouping.Service, UsageRecord) => NameOf(key.Provider, key.Subject),
            (UsageGrouping.Account, UsageRecord) => account,
            (UsageGrouping.Service or UsageGrouping.Sku, _) => key.Description,
            _ => null,
        };
        return group.Open(name, account, key.Description, key.Category, key.Unit);
    }

    // Microsoft's service "Microsoft Sentinel" is not called "Microsoft Microsoft Sentinel".
    private static string NameOf(string provider, string service) => service.StartsWith(provider + " ", StringComparison.Ordinal) ? service : $"{provider} {service}";

    /// <summary>Everything that tells two rows of detail, or two groups, apart. Most texts are the same objects, which compares fast.</summary>
    private readonly record struct SlotKey(
        string Provider, string Subject, string Account, string? AccountName, string Description, string? Category, string? Unit, PriceEffects? Effects)
    {
        /// <summary>Whether the texts are the same objects, as far as that goes.</summary>
        public bool IsSame(in SlotKey other) =>
            ReferenceEquals(Subject, other.Subject) && ReferenceEquals(Description, other.Description) && ReferenceEquals(Account, other.Account)
            && ReferenceEquals(AccountName, other.AccountName) && ReferenceEquals(Category, other.Category) && ReferenceEquals(Unit, other.Unit)
            && ReferenceEquals(Provider, other.Provider) && ReferenceEquals(Effects, other.Effects);

        // Three of the eight tell nearly all rows apart; hashing the others would cost more than it saves.
        public override int GetHashCode() => HashCode.Combine(
            Subject.GetHashCode(StringComparison.Ordinal), Account.GetHashCode(StringComparison.Ordinal), Description.GetHashCode(StringComparison.Ordinal));
    }
}
