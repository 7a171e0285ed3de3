namespace MspBilling.Core.Capture;

/// <summary>What of a reconciliation is worth a look, and whether a client waits for it.</summary>
/// <param name="Thresholds">The one that says most holds: of a client's product, else of the client, else of the product, else of all.</param>
/// <param name="HoldUntilReconciled">Whether a client with open discrepancies is not billed until they are settled.</param>
/// <param name="Vendors">Beside those that are known.</param>
public sealed record ReconciliationSettings(IReadOnlyList<ReconciliationThreshold> Thresholds, bool HoldUntilReconciled, IReadOnlyList<VendorSource> Vendors)
{
    /// <summary>Everything is raised, and nobody waits.</summary>
    public static ReconciliationSettings Default { get; } = new([], false, []);

    private static readonly VendorSource[] Known = [new("partnercenter", "Microsoft"), new("pax8", "Pax8")];

    /// <summary>The vendor whose seats a source counts; null for one that counts what is in use.</summary>
    public string? VendorOf(string source) => Vendors.Concat(Known).FirstOrDefault(vendor => string.Equals(vendor.Source, source, StringComparison.OrdinalIgnoreCase))?.Provider;

    /// <summary>The names that a vendor's products may be mapped under: its own, and those of the sources that count for it.</summary>
    public IEnumerable<string> NamesOf(string provider) =>
        Vendors.Concat(Known).Where(vendor => string.Equals(vendor.Provider, provider, StringComparison.OrdinalIgnoreCase)).Select(vendor => vendor.Source).Prepend(provider).Distinct();

    /// <summary>Whether a name is a vendor's, or that of a source that counts for one.</summary>
    public bool IsVendor(string name) => Vendors.Concat(Known).Any(vendor =>
        string.Equals(vendor.Source, name, StringComparison.OrdinalIgnoreCase) || string.Equals(vendor.Provider, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>From where on a discrepancy is raised: when it reaches each limit that is given.</summary>
/// <param name="Client">The company's identifier or the client's id; null for all.</param>
/// <param name="Product">As the reconciliation names it; null for all.</param>
/// <param name="Quantity">Units of difference.</param>
/// <param name="Percent">Of the larger of the quantities that differ.</param>
/// <param name="Amount">What the difference is worth a month, in the currency that it is in.</param>
public sealed record ReconciliationThreshold(string? Client = null, string? Product = null, decimal? Quantity = null, decimal? Percent = null, decimal? Amount = null);

/// <param name="Source">Of counts, such as <c>partnercenter</c>.</param>
/// <param name="Provider">As its charges name it, such as <c>Microsoft</c>.</param>
public sealed record VendorSource(string Source, string Provider);
