namespace MspBilling.Adapters.Capture.Focus;

/// <summary>Where the header has the columns that are read.</summary>
/// <remarks>
/// FOCUS 1.0 to 1.2 have them all by one name. 1.1 and 1.2 added columns that are not billed by (CapacityReservationId, CommitmentDiscountQuantity, InvoiceId,
/// PricingCurrency and its prices, SkuMeter, BillingAccountType and others); 1.3 names the provider ServiceProviderName and keeps ProviderName for a while. Columns that begin
/// with x_ are the provider's own. <see href="https://focus.finops.org/focus-specification/v1-2/">FOCUS 1.2</see>
/// </remarks>
internal sealed class FocusColumns
{
    private const string Provider = "ProviderName";
    private const string NewProvider = "ServiceProviderName";

    private readonly Dictionary<string, int> _places;

    private FocusColumns(Dictionary<string, int> places)
    {
        _places = places;
        BilledCost = Of("BilledCost");
        BillingCurrency = Of("BillingCurrency");
        BillingPeriodStart = Of("BillingPeriodStart");
        BillingPeriodEnd = Of("BillingPeriodEnd");
        ChargeCategory = Of("ChargeCategory");
        ChargePeriodStart = Of("ChargePeriodStart");
        ChargePeriodEnd = Of("ChargePeriodEnd");
        ProviderName = Of(places.ContainsKey(Provider) ? Provider : NewProvider);
        ServiceName = Of("ServiceName");
        BillingAccountId = Of("BillingAccountId");
        SubAccountId = Of("SubAccountId");
        SubAccountName = Of("SubAccountName");
        ChargeDescription = Of("ChargeDescription");
        SkuId = Of("SkuId");
        PricingQuantity = Of("PricingQuantity");
        PricingUnit = Of("PricingUnit");
        ConsumedQuantity = Of("ConsumedQuantity");
        ConsumedUnit = Of("ConsumedUnit");
        MeterCategory = Of("x_SkuMeterCategory");
        ServiceCategory = Of("ServiceCategory");
    }

    /// <summary>Required in the header; whether a cell may be empty is another matter.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
        "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit", "PricingQuantity",
        "PricingUnit", Provider, "ServiceName", "SkuId", "SubAccountId",
    ];

    public UsageColumn BilledCost { get; }

    public UsageColumn BillingCurrency { get; }

    public UsageColumn BillingPeriodStart { get; }

    public UsageColumn BillingPeriodEnd { get; }

    public UsageColumn ChargeCategory { get; }

    public UsageColumn ChargePeriodStart { get; }

    public UsageColumn ChargePeriodEnd { get; }

    public UsageColumn ProviderName { get; }

    public UsageColumn ServiceName { get; }

    public UsageColumn BillingAccountId { get; }

    public UsageColumn SubAccountId { get; }

    public UsageColumn SubAccountName { get; }

    public UsageColumn ChargeDescription { get; }

    public UsageColumn SkuId { get; }

    public UsageColumn PricingQuantity { get; }

    public UsageColumn PricingUnit { get; }

    public UsageColumn ConsumedQuantity { get; }

    public UsageColumn ConsumedUnit { get; }

    /// <summary>Microsoft's own.</summary>
    public UsageColumn MeterCategory { get; }

    public UsageColumn ServiceCategory { get; }

    /// <summary>The places of all that are read.</summary>
    public IEnumerable<int> Places =>
        new[]
        {
            BilledCost, BillingCurrency, BillingPeriodStart, BillingPeriodEnd, ChargeCategory, ChargePeriodStart, ChargePeriodEnd, ProviderName, ServiceName, BillingAccountId,
            SubAccountId, SubAccountName, ChargeDescription, SkuId, PricingQuantity, PricingUnit, ConsumedQuantity, ConsumedUnit, MeterCategory, ServiceCategory,
        }.Select(column => column.Place).Where(place => place >= 0);

    /// <summary>Reads the header, or says what is wrong with it and returns null.</summary>
    public static FocusColumns? In(UsageTable table, ProblemList problems)
    {
        var before = problems.Count;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, (name, place)) in table.Header.Index())
        {
            if (!places.TryAdd(name, index))
                problems.Add(place, null, name, "each column once in the header");
        }

        foreach (var missing in Required.Where(name => !places.ContainsKey(name) && !(name == Provider && places.ContainsKey(NewProvider))))
            problems.Add(new TextPlace(table.Line, 0), missing, null, "a column of this name in the header");
        return problems.Count == before ? new FocusColumns(places) : null;
    }

    private UsageColumn Of(string name) => new(name, _places.GetValueOrDefault(name, -1));
}
