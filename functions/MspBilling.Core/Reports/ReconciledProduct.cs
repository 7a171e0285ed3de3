namespace MspBilling.Core.Reports;

/// <summary>The four sides of one product of one client in a period, beside each other.</summary>
/// <remarks>
/// Of one vendor, seats go before what is billed; several vendors are added up. Of several sources that say what is in use the largest holds, as they see the same. What is
/// not known is null and is not compared: no vendor's word is not a vendor's 0.
/// </remarks>
/// <param name="Product">Our SKU; else <c>Vendor:SKU</c> or <c>source:SKU</c> of what nobody has mapped.</param>
/// <param name="IsOurs">Whether it is a SKU of ours, by an agreement or by a confirmed mapping.</param>
/// <param name="Bought">Licences of the vendors.</param>
/// <param name="Agreed">What is in force on the period's last day.</param>
/// <param name="Invoiced">What the bill has, or would have if its cycle were due.</param>
/// <param name="Held">What an agreement has and the bill holds.</param>
public sealed record ReconciledProduct(
    string Product, string Name, bool IsOurs, decimal? Bought, decimal? InUse, decimal? Agreed, decimal Invoiced, decimal Held,
    IReadOnlyList<VendorProduct> Vendors, IReadOnlyList<UsedProduct> Used, IReadOnlyList<AgreedProduct> Items)
{
    /// <summary>What is compared with: the vendor's word, else what is in use.</summary>
    internal decimal? Reference => There(Bought) ?? There(InUse);

    /// <summary>What is given back beyond what was bought in the period is none that there is.</summary>
    internal static decimal? There(decimal? quantity) => quantity is { } known ? Math.Max(0, known) : null;

    internal IReadOnlyList<AgreedProduct> Standing => [.. Items.Where(item => item.IsInForce)];

    /// <summary>The item whose quantity would be changed: the largest that stands.</summary>
    internal AgreedProduct? Main => Standing.OrderByDescending(item => item.Quantity).ThenBy(item => item.Item, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>What one costs at the vendor that bills most of it.</summary>
    internal UnitPrice? UnitCost => Vendors.Where(vendor => vendor.UnitCost is not null).OrderByDescending(vendor => vendor.Quantity).ThenBy(vendor => vendor.Vendor, StringComparer.Ordinal).FirstOrDefault()?.UnitCost;

    /// <summary>Since when the quantity that is compared with is what it is; null for the whole period.</summary>
    internal DateOnly? Since => Bought is not null ? Vendors.Max(vendor => vendor.Since) : Used.Where(used => used.Quantity == InUse).Max(used => used.Since);

    /// <param name="isBilled">Whether the bill was made; of one that was not, what would price a purchase itself is not known, and an item goes before it.</param>
    /// <param name="isSoldByVendor">Whether a vendor is known to sell it, to whomever.</param>
    internal static ReconciledProduct Of(
        string product, bool isOurs, bool isSoldByVendor, bool isBilled, IReadOnlyList<VendorProduct> vendors, IReadOnlyList<UsedProduct> used, IReadOnlyList<AgreedProduct> items)
    {
        var standing = items.Where(item => item.IsInForce).ToList();
        return new ReconciledProduct(
            product,
            items.Select(item => item.Name).Concat(vendors.Select(vendor => vendor.Name)).Concat(used.Select(one => one.Name)).First(),
            isOurs,
            vendors.Count > 0 ? vendors.GroupBy(vendor => vendor.Vendor).Sum(Licences) : isSoldByVendor ? 0 : null,
            used.Count > 0 ? used.GroupBy(one => one.Source).Max(source => source.Sum(one => one.Quantity)) : null,
            standing.Count > 0 ? standing.Sum(item => item.Quantity) : null,
            standing.Sum(item => item.Invoiced) + (isBilled || standing.Count == 0 ? vendors.Sum(vendor => vendor.Invoiced) + used.Sum(one => one.Invoiced) : 0),
            standing.Sum(item => item.Held),
            vendors,
            used,
            items);
    }

    private static decimal Licences(IEnumerable<VendorProduct> vendor) =>
        vendor.Any(product => product.Seats is not null) ? vendor.Sum(product => product.Seats ?? 0) : vendor.Sum(product => product.Billed);
}
