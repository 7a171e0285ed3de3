namespace MspBilling.Adapters.Capture.CostManagement;

/// <summary>Where the header has the columns that are read; each agreement type and version names and spells them a little otherwise.</summary>
/// <remarks>
/// Cost and usage details of Enterprise Agreements, Microsoft Customer Agreements, partners (CSP) and pay-as-you-go
/// (learn.microsoft.com/azure/cost-management-billing/dataset-schema/cost-usage-details-ea and its neighbours; automate/understand-usage-details-fields). Names differ in
/// case, too: billingAccountId in one, BillingAccountId in the other.
/// </remarks>
internal sealed class CostManagementColumns
{
    private readonly Dictionary<string, int> _places;

    private CostManagementColumns(Dictionary<string, int> places)
    {
        _places = places;
        BillingAccountId = Of("BillingAccountId", "BillingAccountNumber", "EnrollmentNumber");
        SubscriptionId = Of("SubscriptionId", "SubscriptionGuid");
        SubscriptionName = Of("SubscriptionName");
        CustomerTenantId = Of("CustomerTenantId", "CustomerAzureTenantId");
        CustomerName = Of("CustomerName");
        ChargeType = Of("ChargeType");
        PricingModel = Of("PricingModel");
        Date = Of("Date", "UsageDate", "UsageDateTime");
        BillingPeriodStart = Of("BillingPeriodStartDate");
        MeterCategory = Of("MeterCategory");
        ConsumedService = Of("ConsumedService");
        PublisherName = Of("PublisherName");
        MeterId = Of("MeterId");
        ProductId = Of("ProductId", "PartNumber", "ProductOrderId");
        Product = Of("ProductName", "Product", "MeterName");
        MeterName = Of("MeterName");
        Unit = Of("UnitOfMeasure");
        Quantity = Of("Quantity", "UsageQuantity", "ConsumedQuantity");
        Cost = Of("CostInBillingCurrency", "PreTaxCost", "Cost");
        Currency = Of("BillingCurrency", "BillingCurrencyCode", "Currency");
    }

    public UsageColumn BillingAccountId { get; }

    public UsageColumn SubscriptionId { get; }

    public UsageColumn SubscriptionName { get; }

    public UsageColumn CustomerTenantId { get; }

    public UsageColumn CustomerName { get; }

    public UsageColumn ChargeType { get; }

    public UsageColumn PricingModel { get; }

    public UsageColumn Date { get; }

    public UsageColumn BillingPeriodStart { get; }

    public UsageColumn MeterCategory { get; }

    public UsageColumn ConsumedService { get; }

    public UsageColumn PublisherName { get; }

    public UsageColumn MeterId { get; }

    public UsageColumn ProductId { get; }

    public UsageColumn Product { get; }

    public UsageColumn MeterName { get; }

    public UsageColumn Unit { get; }

    public UsageColumn Quantity { get; }

    public UsageColumn Cost { get; }

    public UsageColumn Currency { get; }

    /// <summary>The places of all that are read.</summary>
    public IEnumerable<int> Places =>
        new[]
        {
            BillingAccountId, SubscriptionId, SubscriptionName, CustomerTenantId, CustomerName, ChargeType, PricingModel, Date, BillingPeriodStart, MeterCategory, ConsumedService,
            PublisherName, MeterId, ProductId, Product, MeterName, Unit, Quantity, Cost, Currency,
        }.Select(column => column.Place).Where(place => place >= 0);

    /// <summary>Whether a header is of such a file: it is metered, and costs in the billing currency.</summary>
    public static bool Are(IReadOnlyCollection<string> header)
    {
        bool Has(params string[] names) => names.Any(name => header.Contains(name, StringComparer.OrdinalIgnoreCase));
        return Has("MeterId") && Has("SubscriptionId", "SubscriptionGuid") && Has("CostInBillingCurrency", "PreTaxCost", "Cost");
    }

    /// <summary>Reads the header, or says what is wrong with it and returns null.</summary>
    public static CostManagementColumns? In(UsageTable table, ProblemList problems)
    {
        var before = problems.Count;
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, (name, place)) in table.Header.Index())
        {
            if (!places.TryAdd(name, index))
                problems.Add(place, null, name, "each column once in the header");
        }

        var columns = new CostManagementColumns(places);
        foreach (var missing in new[] { columns.BillingAccountId, columns.SubscriptionId, columns.ChargeType, columns.Date, columns.MeterId, columns.Quantity, columns.Cost, columns.Currency }.Where(column => column.Place < 0))
            problems.Add(new TextPlace(table.Line, 0), missing.Name, null, "a column of this name in the header");
        return problems.Count == before ? columns : null;
    }

    // The first of the names that there is; the first of all where none is.
    private UsageColumn Of(params string[] names)
    {
        var name = names.FirstOrDefault(_places.ContainsKey) ?? names[0];
        return new UsageColumn(name, _places.GetValueOrDefault(name, -1));
    }
}
