using MspBilling.Core.Capture;

namespace MspBilling.Core.Reports;

/// <summary>What a vendor bills a client of one of its products in a period.</summary>
/// <remarks>
/// A purchase is a movement and purchases are added up: 40 on the 1st, 5 more on the 14th and 2 given back on the 20th are 43 (Partner Center's cycleCharge, addQuantity
/// and removeQuantity). Use that is measured in licences, seats or users is a level: the last day's holds. So do the seats that a marketplace counts, and they go before
/// what is billed: an order that was paid a year ago is billed no more and still there. Other use, credits and taxes are no licences.
/// </remarks>
/// <param name="Vendor">The provider, such as <c>Microsoft</c>.</param>
/// <param name="Sku">The vendor's.</param>
/// <param name="Billed">Licences that are billed.</param>
/// <param name="Seats">Licences that the vendor counts; null where it counts none.</param>
/// <param name="Costs">What is billed for them, unrounded, by currency.</param>
/// <param name="UnitCost">What one costs on the largest charge; null where nothing was charged.</param>
/// <param name="Invoiced">Of the quantity, what an agreement bills as the purchase that it is.</param>
/// <param name="Since">The day of the period since which it is what it is; null for all of it.</param>
public sealed record VendorProduct(
    string Vendor, string Sku, string Name, decimal Billed, decimal? Seats, IReadOnlyList<VendorCost> Costs, UnitPrice? UnitCost, decimal Invoiced, DateOnly? Since)
{
    private const string Purchase = "Purchase";
    private const string Usage = "Usage";

    private static readonly HashSet<string> LicenceUnits = new(StringComparer.OrdinalIgnoreCase) { "license", "licenses", "licence", "licences", "seat", "seats", "user", "users" };

    public decimal Quantity => Seats ?? Billed;

    /// <summary>One for each product of each vendor, in the order of their names.</summary>
    internal static IReadOnlyList<VendorProduct> Of(IEnumerable<Activity> activities, ReconciliationSettings settings, ReconciliationShares shares) =>
    [
        .. activities.Where(activity => activity.DeletedAt is null)
            .Where(activity => KeyOf(activity, settings) is not null)
            .GroupBy(activity => KeyOf(activity, settings)!.Value)
            .OrderBy(group => group.Key.Vendor, StringComparer.Ordinal).ThenBy(group => group.Key.Sku, StringComparer.Ordinal)
            .Select(group => Of(group.Key.Vendor, [.. group.OrderBy(activity => activity.Id.ToString(), StringComparer.Ordinal)], shares)),
    ];

    private static (string Vendor, string Sku)? KeyOf(Activity activity, ReconciliationSettings settings) => activity switch
    {
        UsageRecord usage when IsLicence(usage) => (usage.Provider, usage.Sku.ToUpperInvariant()),
        Count count when settings.VendorOf(count.Id.Source) is { } vendor => (vendor, count.Sku.ToUpperInvariant()),
        _ => null,
    };

    private static VendorProduct Of(string vendor, List<Activity> activities, ReconciliationShares shares)
    {
        var (charges, counts) = (activities.OfType<UsageRecord>().ToList(), activities.OfType<Count>().ToList());
        var (bought, used) = (charges.Where(charge => charge.Category == Purchase).ToList(), charges.Where(charge => charge.Category == Usage).ToList());
        var seats = counts.Count == 0 ? null : new CountedLevel([.. counts.Select(count => (count.Day, count.Quantity))]);
        var level = used.Count == 0 ? null : new CountedLevel([.. used.Select(charge => (charge.Day, charge.Quantity))]);
        var largest = charges.Where(charge => charge is { Quantity: > 0, Cost: > 0, Currency: not null }).MaxBy(charge => charge.Quantity);
        var named = activities.Select(NameOf).Where(name => name.Length > 0).Min(StringComparer.Ordinal);
        var sku = activities.Select(activity => activity is UsageRecord usage ? usage.Sku : ((Count)activity).Sku).Min(StringComparer.Ordinal)!;
        return new VendorProduct(
            vendor,
            sku,
            named ?? sku,
            bought.Sum(charge => charge.Quantity) + (level?.Last ?? 0),
            seats?.Last,
            [.. charges.Where(charge => charge.Currency is not null).GroupBy(charge => charge.Currency!.Value).OrderBy(group => group.Key.Code, StringComparer.Ordinal).Select(group => new VendorCost(group.Key, group.Sum(charge => charge.Cost)))],
            largest is null ? null : new UnitPrice(largest.Cost / largest.Quantity, largest.Currency!.Value),
            bought.Sum(charge => shares.Of(charge).Invoiced)
                + used.Where(charge => charge.Day == level!.LastDay).Sum(charge => shares.Of(charge).Invoiced)
                + counts.Where(count => count.Day == seats!.LastDay).Sum(count => shares.Of(count).Invoiced),
            seats is not null ? seats.Since : level is not null ? level.Since : SinceOf(bought));
    }

    // The first day that something was bought on is the day of the order, which may be years ago, and not of a change.
    private static DateOnly? SinceOf(List<UsageRecord> bought)
    {
        var days = bought.Where(charge => charge.Quantity != 0).Select(charge => charge.Day).Distinct().Order().ToList();
        return days.Count < 2 ? null : days[^1];
    }

    private static string NameOf(Activity activity) => activity is UsageRecord usage ? usage.Description : ((Count)activity).Description;

    private static bool IsLicence(UsageRecord usage) => usage.Category == Purchase || (usage.Category == Usage && usage.Unit is { } unit && LicenceUnits.Contains(unit.TrimStart('0', '1', ' ')));
}

/// <param name="Amount">Unrounded.</param>
public sealed record VendorCost(Currency Currency, decimal Amount);

/// <summary>What was counted day by day: how much at last, and since when.</summary>
internal sealed class CountedLevel
{
    public CountedLevel(IReadOnlyCollection<(DateOnly Day, decimal Quantity)> readings)
    {
        var days = readings.GroupBy(reading => reading.Day).OrderBy(group => group.Key).Select(group => (Day: group.Key, Quantity: group.Sum(reading => reading.Quantity))).ToList();
        (LastDay, Last) = days[^1];
        var change = days.FindLastIndex(day => day.Quantity != Last);
        Since = change < 0 ? null : days[change + 1].Day;
    }

    public DateOnly LastDay { get; }

    /// <summary>All of the last day, as several are counted one by one.</summary>
    public decimal Last { get; }

    /// <summary>Null where it was the same on each day that was looked at.</summary>
    public DateOnly? Since { get; }
}
