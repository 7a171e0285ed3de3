using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.Core.Reports;

/// <summary>Compares, client by client and product by product, what vendors bill, what is in use, what the agreements say and what is about to be invoiced.</summary>
/// <remarks>
/// A pure function of the reference records, a bill and the activities that it was made of. Products are the same by a confirmed mapping or by the same SKU, without regard to
/// case; what is only called alike is asked about and compared with nothing. No mapping changes what a vendor bills: it only says under which product that stands.
/// </remarks>
public sealed class Reconciliation
{
    private static readonly Dictionary<string, string> Platforms = new(StringComparer.Ordinal) { ["connectwise"] = "ConnectWise PSA", ["autotask"] = "Autotask PSA", ["halopsa"] = "HaloPSA" };

    private readonly ClientDirectory _directory;
    private readonly Mappings _mappings;
    private readonly ReconciliationSettings _settings;
    private readonly ILookup<string, Acceptance> _accepted;
    private readonly IReadOnlyList<AgreementDocument> _documents;
    private readonly HashSet<string> _ours;
    private readonly HashSet<string> _soldByVendors;
    private readonly ReconciliationLimits _limits;

    private Reconciliation(ClientDirectory directory, IReadOnlyCollection<CapturedRecord> references)
    {
        _directory = directory;
        _mappings = new Mappings(references);
        _settings = directory.HasSettings ? directory.Settings.Reconciliation ?? ReconciliationSettings.Default : ReconciliationSettings.Default;
        _accepted = references.OfType<Acceptance>().ToLookup(acceptance => acceptance.ClientId, StringComparer.Ordinal);
        _documents = [.. references.OfType<AgreementDocument>()];
        var providers = directory.HasSettings ? directory.Settings.CloudAccounts.Select(account => account.Provider) : [];
        var vendors = providers.Concat(_mappings.All.Where(mapping => mapping.What == MappedThing.Account).Select(mapping => mapping.Source)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _ours = _mappings.All.Where(mapping => mapping.What == MappedThing.Product).Select(mapping => mapping.To!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _soldByVendors = _mappings.All.Where(mapping => mapping.What == MappedThing.Product && (vendors.Contains(mapping.Source) || _settings.IsVendor(mapping.Source)))
            .Select(mapping => mapping.To!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _limits = new ReconciliationLimits(_settings.Thresholds, directory);
    }

    /// <summary>Whether a client with open discrepancies waits until they are settled.</summary>
    public bool HoldsClients => _settings.HoldUntilReconciled;

    public static Reconciliation Of(ClientDirectory directory, IReadOnlyCollection<CapturedRecord> references)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return new Reconciliation(directory, references);
    }

    /// <param name="activities">Those that the bill was made of, in any order.</param>
    public ClientReconciliation Client(ClientBill bill, IReadOnlyCollection<Activity> activities)
    {
        ArgumentNullException.ThrowIfNull(bill);
        if (!_directory.IsBilled(bill.ClientId) || _directory.ClientOf(bill.ClientId).Client is not { } client)
        {
            return ClientReconciliation.None(bill);
        }

        var shares = new ReconciliationShares(bill);
        var items = AgreedProduct.Of(client, _directory, bill, activities, shares);
        var rows = Rows(bill.Problem is null, items, VendorProduct.Of(activities, _settings, shares), UsedProduct.Of(bill, activities, _settings, shares));
        var documents = _documents.Where(document => items.Any(item => item.AgreementId == document.BilledAs)).ToDictionary(document => document.BilledAs, StringComparer.Ordinal);
        var found = rows.SelectMany(row => Discrepancies(bill, row, rows, items, documents)).ToList();
        var open = found.Where(item => !IsAccepted(item, bill)).ToList();
        return new ClientReconciliation(
            bill.Period, bill.ClientId, bill.ClientName, rows,
            [.. open.Where(_limits.Reaches)],
            [.. open.Where(item => !_limits.Reaches(item))],
            [.. found.Where(item => IsAccepted(item, bill)).Select(item => new AcceptedDiscrepancy(item, AcceptanceOf(item)!))]);
    }

    private IReadOnlyList<ReconciledProduct> Rows(bool isBilled, IReadOnlyList<AgreedProduct> items, IReadOnlyList<VendorProduct> vendors, IReadOnlyList<UsedProduct> used)
    {
        var ours = items.Select(item => item.Sku).Concat(_ours).ToHashSet(StringComparer.OrdinalIgnoreCase);
        (string Product, bool IsOurs) Of(IEnumerable<string> sources, string sku) => sources.Select(source => _mappings.Find(MappedThing.Product, source, sku)).FirstOrDefault(to => to is not null) is { } mapped ? (mapped, true)
            : ours.Contains(sku) ? (sku, true)
            : ($"{sources.First()}:{sku}", false);
        var sold = vendors.Select(vendor => (Key: Of(_settings.NamesOf(vendor.Vendor), vendor.Sku), Vendor: vendor)).ToLookup(item => item.Key.Product, StringComparer.OrdinalIgnoreCase);
        var seen = used.Select(one => (Key: Of([one.Source], one.Sku), Used: one)).ToLookup(item => item.Key.Product, StringComparer.OrdinalIgnoreCase);
        var agreed = items.ToLookup(item => item.Sku, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. agreed.Select(group => group.Select(item => item.Sku).Min(StringComparer.Ordinal)!)
                .Concat(sold.Select(group => group.First().Key.Product)).Concat(seen.Select(group => group.First().Key.Product))
                .Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(product => product, StringComparer.OrdinalIgnoreCase)
                .Select(product => ReconciledProduct.Of(
                    product,
                    agreed.Contains(product) || sold[product].Any(item => item.Key.IsOurs) || seen[product].Any(item => item.Key.IsOurs),
                    _soldByVendors.Contains(product),
                    isBilled,
                    [.. sold[product].Select(item => item.Vendor)],
                    [.. seen[product].Select(item => item.Used)],
                    [.. agreed[product]])),
        ];
    }

    private IEnumerable<Discrepancy> Discrepancies(
        ClientBill bill, ReconciledProduct row, IReadOnlyList<ReconciledProduct> rows, IReadOnlyList<AgreedProduct> items, IReadOnlyDictionary<string, AgreementDocument> documents)
    {
        var suggestions = row.IsOurs ? [] : Suggestions(row, rows, items);
        var actions = new SettlingActions(row, bill.Period, _directory.Psa is { } psa ? Platforms.GetValueOrDefault(psa, psa) : "the PSA", documents);
        return Reports.Discrepancies.Of(row, suggestions.Count > 0).Select(found =>
        {
            var priced = found.Surplus ?? row.Main ?? row.Items.OrderByDescending(item => item.Until).ThenBy(item => item.Item, StringComparer.Ordinal).FirstOrDefault();
            var side = Discrepancy.SideOf(found.Kind);
            var more = found.Beyond ?? found.Difference;
            return new Discrepancy(
                bill.ClientId, bill.ClientName, row.Product, row.Name, found.Kind, side, row.Bought, row.InUse, row.Agreed, row.Invoiced, found.Difference,
                found.Larger == 0 ? 0 : Rounding.ToPlaces(100 * found.Difference / found.Larger, 2),
                more == 0 || side == DiscrepancySide.Waste ? null : priced?.Worth(side == DiscrepancySide.OverBilling ? -more : more, priced.IsInForce ? actions.DayOf(priced) : priced.Until ?? bill.Period.LastDay),
                row.UnitCost?.Extend(found.Difference),
                actions.Of(found, suggestions),
                found.Kind == DiscrepancyKind.ToConfirm ? suggestions : []);
        });
    }

    /// <summary>What of the client's agreements is called alike; for what is in use, that of which nobody says how much is.</summary>
    private static IReadOnlyList<Suggestion> Suggestions(ReconciledProduct row, IReadOnlyList<ReconciledProduct> rows, IReadOnlyList<AgreedProduct> items)
    {
        var known = row.Vendors.Count > 0 ? [] : rows.Where(other => other.Used.Count > 0).Select(other => other.Product).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ProductNames.Best(
            [.. row.Vendors.SelectMany(vendor => new[] { vendor.Name, vendor.Sku }).Concat(row.Used.SelectMany(used => new[] { used.Name, used.Sku })).Distinct()],
            items.Where(item => !known.Contains(item.Sku)).OrderByDescending(item => item.IsInForce).ThenBy(item => item.Item, StringComparer.Ordinal)
                .DistinctBy(item => item.Sku, StringComparer.OrdinalIgnoreCase).Select(item => (item.Sku, item.Name)));
    }

    private bool IsAccepted(Discrepancy discrepancy, ClientBill bill) => AcceptanceOf(discrepancy)?.Covers(discrepancy.Difference, bill.Period.LastDay) == true;

    private Acceptance? AcceptanceOf(Discrepancy discrepancy) =>
        _accepted[discrepancy.ClientId].FirstOrDefault(acceptance => acceptance.Id == Acceptance.IdOf(discrepancy.ClientId, discrepancy.Product, discrepancy.Kind));
}
