using MspBilling.Core;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>Why something is taken off or added, by code, which needs no language.</summary>
internal static class AllowanceReasons
{
    /// <summary>UNTDID 5189.</summary>
    public const string Discount = "95";

    /// <summary>UNTDID 7161, agreed between the two: a discount that is taken back.</summary>
    private const string TakenBack = "ZZZ";

    /// <param name="allowance">Below 0 for what is added.</param>
    public static string Of(Money allowance) => allowance.IsNegative ? TakenBack : Discount;
}
