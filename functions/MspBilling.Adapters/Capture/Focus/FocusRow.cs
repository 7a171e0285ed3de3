namespace MspBilling.Adapters.Capture.Focus;

/// <summary>One line of a provider's bill, as far as it is read; its texts are valid until the next row.</summary>
internal readonly ref struct FocusRow
{
    private static readonly string[] Categories = ["Usage", "Purchase", "Tax", "Credit", "Adjustment"];

    public required ReadOnlySpan<char> Provider { get; init; }

    public required ReadOnlySpan<char> BillingAccount { get; init; }

    /// <summary>The billing account, where a charge has no sub-account.</summary>
    public required ReadOnlySpan<char> SubAccount { get; init; }

    public required ReadOnlySpan<char> SubAccountName { get; init; }

    public required ReadOnlySpan<char> Category { get; init; }

    public required ReadOnlySpan<char> Service { get; init; }

    public required ReadOnlySpan<char> Sku { get; init; }

    public required ReadOnlySpan<char> Unit { get; init; }

    public required ReadOnlySpan<char> Currency { get; init; }

    public required ReadOnlySpan<char> Description { get; init; }

    /// <summary>First day of the provider's billing period: a correction of last month stands in this month's.</summary>
    public required DateOnly BillingPeriod { get; init; }

    /// <summary>The UTC day on which the charge period starts.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What the provider prices (<c>PricingQuantity</c>); where it has none, what was consumed; else 0.</summary>
    public required decimal Quantity { get; init; }

    public required decimal Cost { get; init; }

    public static FocusRow Read(FocusCells cells, FocusColumns columns)
    {
        var billingStart = cells.Time(columns.BillingPeriodStart);
        if (cells.Time(columns.BillingPeriodEnd) < billingStart)
            cells.Problem(columns.BillingPeriodEnd, "a time not before BillingPeriodStart");

        var chargeStart = cells.Time(columns.ChargePeriodStart);
        if (cells.Time(columns.ChargePeriodEnd) < chargeStart)
            cells.Problem(columns.ChargePeriodEnd, "a time not before ChargePeriodStart");

        var billingAccount = cells.Text(columns.BillingAccountId);
        var subAccount = cells.OptionalText(columns.SubAccountId);
        var priced = cells.OptionalNumber(columns.PricingQuantity);
        var consumed = cells.OptionalNumber(columns.ConsumedQuantity);
        return new FocusRow
        {
            Provider = cells.Text(columns.ProviderName),
            BillingAccount = billingAccount,
            SubAccount = subAccount.IsEmpty ? billingAccount : subAccount,
            SubAccountName = cells.OptionalText(columns.SubAccountName),
            Category = cells.Word(columns.ChargeCategory, Categories),
            Service = cells.Text(columns.ServiceName),
            Sku = cells.OptionalText(columns.SkuId),
            Unit = cells.OptionalText(priced is null ? columns.ConsumedUnit : columns.PricingUnit),
            Currency = cells.Currency(columns.BillingCurrency),
            Description = cells.OptionalText(columns.ChargeDescription),
            BillingPeriod = DateOnly.FromDateTime(billingStart.UtcDateTime),
            Day = DateOnly.FromDateTime(chargeStart.UtcDateTime),
            Quantity = priced ?? consumed ?? 0,
            Cost = cells.Number(columns.BilledCost),
        };
    }
}
