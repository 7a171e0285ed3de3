using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>BG-25.</summary>
public sealed record ElectronicLine
{
    /// <summary>BT-126.</summary>
    public required string Id { get; init; }

    /// <summary>BT-127.</summary>
    public string? Note { get; init; }

    /// <summary>BT-153.</summary>
    public required string Name { get; init; }

    /// <summary>BT-155.</summary>
    public string? Sku { get; init; }

    /// <summary>BT-130, of UN/ECE Recommendation 20.</summary>
    public required string UnitCode { get; init; }

    /// <summary>BT-129, BT-146 and BT-149.</summary>
    public required LinePrice Price { get; init; }

    /// <summary>Above 0 a BG-27, below 0 a BG-28: a discount that is taken back.</summary>
    public required Money Allowance { get; init; }

    /// <summary>BT-131.</summary>
    public required Money Net { get; init; }

    /// <summary>BG-26.</summary>
    public required Period Period { get; init; }

    /// <summary>BT-151 and BT-152.</summary>
    public required VatRate Vat { get; init; }
}

/// <summary>A VAT category (BT-151, BT-118, BT-95) with its rate (BT-152, BT-119, BT-96).</summary>
/// <param name="Percent">23 for 23 %; null outside the scope of VAT, which has no rate (rule BR-O-05).</param>
public sealed record VatRate(TaxCategory Category, decimal? Percent);

/// <summary>BG-23.</summary>
/// <param name="Rate">BT-118 and BT-119.</param>
/// <param name="Taxable">BT-116.</param>
/// <param name="Tax">BT-117.</param>
/// <param name="Reason">BT-120.</param>
/// <param name="ReasonCode">BT-121, of the Commission's VATEX list.</param>
public sealed record VatBreakdown(VatRate Rate, Money Taxable, Money Tax, string? Reason, string? ReasonCode)
{
    /// <summary>BT-119, which is 0 outside the scope of VAT: a line has none there, and XRechnung wants one here (rule BR-DE-14).</summary>
    public decimal Percent => Rate.Percent ?? 0;
}

/// <summary>BG-20, what a discount on the whole document takes off one VAT rate.</summary>
/// <param name="Amount">BT-92.</param>
/// <param name="Rate">BT-95 and BT-96.</param>
public sealed record DocumentAllowance(Money Amount, VatRate Rate);
