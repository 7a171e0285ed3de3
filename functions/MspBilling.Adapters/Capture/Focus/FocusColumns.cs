using System.Globalization;

namespace MspBilling.Adapters.Capture.Focus;

/// <summary>Where the header has the columns that are read.</summary>
internal sealed class FocusColumns
{
    private readonly Dictionary<string, int> _places;

    private FocusColumns(Dictionary<string, int> places, int count)
    {
        (_places, Count) = (places, count);
        BilledCost = Of("BilledCost");
        BillingCurrency = Of("BillingCurrency");
        BillingPeriodStart = Of("BillingPeriodStart");
        BillingPeriodEnd = Of("BillingPeriodEnd");
        ChargeCategory = Of("ChargeCategory");
        ChargePeriodStart = Of("ChargePeriodStart");
        ChargePeriodEnd = Of("ChargePeriodEnd");
        ProviderName = Of("ProviderName");
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
    }

    /// <summary>Required in the header; whether a cell may be empty is another matter.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
        "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit", "PricingQuantity",
        "PricingUnit", "ProviderName", "ServiceName", "SkuId", "SubAccountId",
    ];

    public int Count { get; }

    public FocusColumn BilledCost { get; }

    public FocusColumn BillingCurrency { get; }

    public FocusColumn BillingPeriodStart { get; }

    public FocusColumn BillingPeriodEnd { get; }

    public FocusColumn ChargeCategory { get; }

    public FocusColumn ChargePeriodStart { get; }

    public FocusColumn ChargePeriodEnd { get; }

    public FocusColumn ProviderName { get; }

    public FocusColumn ServiceName { get; }

    public FocusColumn BillingAccountId { get; }

    public FocusColumn SubAccountId { get; }

    public FocusColumn SubAccountName { get; }

    public FocusColumn ChargeDescription { get; }

    public FocusColumn SkuId { get; }

    public FocusColumn PricingQuantity { get; }

    public FocusColumn PricingUnit { get; }

    public FocusColumn ConsumedQuantity { get; }

    public FocusColumn ConsumedUnit { get; }

    /// <summary>Reads the header, or says what is wrong with it and returns null.</summary>
    public static FocusColumns? In(CsvReader header, ProblemList problems)
    {
        if (header.Count == 1 && header[0].IndexOfAny(";\t|") >= 0)
        {
            problems.Add(header.PlaceOf(0), null, header[0].ToString(), "a header whose columns are separated by commas");
            return null;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var name = header[i].ToString();
            if (!places.TryAdd(name, i))
                problems.Add(header.PlaceOf(i), null, name, "each column once in the header");
        }

        foreach (var missing in Required.Where(name => !places.ContainsKey(name)))
            problems.Add(new TextPlace(header.Line, 0), missing, null, "a column of this name in the header");
        return problems.Count == 0 ? new FocusColumns(places, header.Count) : null;
    }

    public bool HasAllCells(CsvReader row, ProblemList problems)
    {
        if (row.Count == Count)
            return true;

        problems.Add(
            new TextPlace(row.Line, 0), null, string.Create(CultureInfo.InvariantCulture, $"{row.Count} cells"),
            string.Create(CultureInfo.InvariantCulture, $"{Count} cells, as many as the header has"));
        return false;
    }

    private FocusColumn Of(string name) => new(name, _places.GetValueOrDefault(name, -1));
}

/// <param name="Place">From 0; -1 when the header has no such column.</param>
internal readonly record struct FocusColumn(string Name, int Place);
