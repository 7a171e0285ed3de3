namespace MspBilling.Adapters.Capture;

/// <summary>One line of a provider's bill, as far as it is read; its texts are valid until the next row.</summary>
internal readonly ref struct UsageRow
{
    /// <summary>What a charge may be, in the words of FOCUS.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["Usage", "Purchase", "Tax", "Credit", "Adjustment"];

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
}
