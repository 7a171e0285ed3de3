using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>What gets an invoice line of its own: the same provider and service, SKU or account, the same unit where units are priced, and changed by the same custom rules.</summary>
/// <param name="Unit">As the records tell it; empty where the agreement line names the unit, and for prices on cost.</param>
internal readonly record struct UsageGroupKey(string Provider, string Subject, string Unit, PriceEffects? Effects)
{
    /// <summary>For <see cref="RatedLine.Item"/>: <c>Azure/Storage</c>. A slash within a part is escaped, so that no two groups share a name.</summary>
    public string Item => string.Join('/', new[] { Escaped(Provider), Escaped(Subject), Escaped(Unit), Rules }.Where(part => part.Length > 0));

    private string Rules => Effects is null ? "" : "rules=" + string.Join('+', Effects.Ids.Select(Escaped));

    private static string Escaped(string part) => part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}

/// <summary>One row of a line's detail, and the way from an activity to its group.</summary>
internal sealed class UsageSlot(UsageGroup group, string? account, string description, string? category, string? unit)
{
    private const string Tax = "Tax";

    public UsageGroup Group => group;

    /// <summary>The account's name as printed, or the SKU of a count.</summary>
    public string? Account => account;

    public string Description => description;

    public string? Category => category;

    public string? Unit => unit;

    /// <summary>The provider's own tax, which is never marked up and is no use.</summary>
    public bool IsTax { get; } = category == Tax;

    public int Records { get; private set; }

    public decimal Quantity { get; private set; }

    public void Count(decimal quantity) => (Records, Quantity) = (Records + 1, Quantity + quantity);
}

/// <summary>The use of one group, added up over the days of the part.</summary>
internal sealed class UsageGroup
{
    private readonly Tally _tally;
    private readonly List<UsageSlot> _slots = [];
    private bool[]? _rates;

    public UsageGroup(AgreementPart part, UsageLine line, UsageGroupKey key)
    {
        Key = key;
        Model = PriceModels.Times(key.Effects is { Price: { } price } ? new PerUnitPrice(price) : line.Pricing, key.Effects?.Factor ?? 1);
        _tally = new Tally(Model.IsOfCost ? Aggregation.Sum : line.Aggregation, part.InForce);
    }

    public UsageGroupKey Key { get; }

    /// <summary>The line's, with what custom rules make of it: a price they set is per unit, whatever the model was.</summary>
    public PriceModel Model { get; }

    /// <summary>What the group is called; of several names the first in ordinal order.</summary>
    public string? Name { get; private set; }

    public IReadOnlyList<UsageSlot> Slots => _slots;

    public int Records { get; private set; }

    public DateOnly First { get; private set; } = DateOnly.MaxValue;

    public DateOnly Last { get; private set; } = DateOnly.MinValue;

    /// <summary>As aggregated.</summary>
    public decimal Quantity => _tally.Quantity;

    public int DaysRead => _tally.DaysRead;

    /// <summary>In the agreement's currency, without the provider's tax.</summary>
    public decimal Cost { get; private set; }

    public decimal Tax { get; private set; }

    /// <summary>Which of the line's conversion rates were used; null for none.</summary>
    public bool[]? Rates => _rates;

    public UsageSlot Open(string? name, string? account, string description, string? category, string? unit)
    {
        Name = Name is null || (name is not null && string.CompareOrdinal(name, Name) < 0) ? name : Name;
        var slot = new UsageSlot(this, account, description, category, unit);
        _slots.Add(slot);
        return slot;
    }

    public void Measure(UsageSlot slot, DateOnly day, decimal quantity, string? subject)
    {
        Count(slot, day, quantity);
        _tally.Add(day, quantity, subject);
    }

    public void Charge(UsageSlot slot, DateOnly day, decimal quantity, decimal cost)
    {
        Count(slot, day, quantity);
        if (slot.IsTax)
        {
            Tax += cost;
        }
        else
        {
            Cost += cost;
            _tally.Add(day, quantity, null);
        }
    }

    public void Converted(int rate, int rates) => (_rates ??= new bool[rates])[rate] = true;

    private void Count(UsageSlot slot, DateOnly day, decimal quantity)
    {
        slot.Count(quantity);
        Records++;
        First = day < First ? day : First;
        Last = day > Last ? day : Last;
    }
}
