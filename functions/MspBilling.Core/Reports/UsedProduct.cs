using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Reports;

/// <summary>What one source says is in use at a client of one product: its last count in the period, or the devices that are active.</summary>
/// <param name="Source">Of the counts; <see cref="DeviceCounts.Source"/> for devices.</param>
/// <param name="Sku">The source's; a device's type.</param>
/// <param name="Invoiced">Of it, what an agreement bills by the count.</param>
/// <param name="Since">As <see cref="VendorProduct.Since"/>.</param>
public sealed record UsedProduct(string Source, string Sku, string Name, decimal Quantity, decimal Invoiced, DateOnly? Since)
{
    internal static IReadOnlyList<UsedProduct> Of(ClientBill bill, IReadOnlyCollection<Activity> activities, ReconciliationSettings settings, ReconciliationShares shares)
    {
        var counts = activities.OfType<Count>().Where(count => count.DeletedAt is null && settings.VendorOf(count.Id.Source) is null)
            .GroupBy(count => (count.Id.Source, Sku: count.Sku.ToUpperInvariant())).Select(group => Of(bill, [.. group], shares)).ToList();
        var counted = counts.Where(count => count.Source == DeviceCounts.Source).ToDictionary(count => count.Sku, StringComparer.OrdinalIgnoreCase);

        // A snapshot says how it was in the period, devices how it is now; what is priced is either.
        var devices = activities.OfType<Device>().Where(device => device is { DeletedAt: null, IsActive: true, IsBilled: true } && ActivityPeriod.Counts(device, bill.Period))
            .GroupBy(device => device.DeviceType, StringComparer.OrdinalIgnoreCase)
            .Select(group => (Type: group.Select(device => device.DeviceType).Min(StringComparer.Ordinal)!, Number: group.Count(), Invoiced: group.Sum(device => shares.Of(device).Invoiced)))
            .Select(type => counted.Remove(type.Type, out var snapshot)
                ? snapshot with { Invoiced = snapshot.Invoiced + type.Invoiced }
                : new UsedProduct(DeviceCounts.Source, type.Type, type.Type, type.Number, type.Invoiced, null)).ToList();
        return
        [
            .. counts.Where(count => count.Source != DeviceCounts.Source).Concat(counted.Values).Concat(devices)
                .OrderBy(used => used.Source, StringComparer.Ordinal).ThenBy(used => used.Sku, StringComparer.Ordinal),
        ];
    }

    private static UsedProduct Of(ClientBill bill, List<Count> counts, ReconciliationShares shares)
    {
        var level = new CountedLevel([.. counts.Select(count => (count.Day, count.Quantity))]);
        var sku = counts.Select(count => count.Sku).Min(StringComparer.Ordinal)!;
        var isBilled = counts.Exists(count => shares.Of(count).Invoiced != 0);

        // A line of its own tells what the counts came to, such as their largest; one for several products does not tell it of each.
        var lines = isBilled ? bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => line.Explanation.Rule == nameof(CountCharges) && line.Adjusts is null && IsOf(line, sku)).ToList() : [];
        return new UsedProduct(
            counts[0].Id.Source,
            sku,
            counts.Select(count => count.Description).Min(StringComparer.Ordinal)!,
            level.Last,
            lines.Count > 0 ? lines.Sum(line => line.Quantity) : counts.Where(count => count.Day == level.LastDay).Sum(count => shares.Of(count).Invoiced),
            level.Since);
    }

    private static bool IsOf(RatedLine line, string sku) => line.Item == sku || line.Item.StartsWith(sku + "@", StringComparison.Ordinal);
}
