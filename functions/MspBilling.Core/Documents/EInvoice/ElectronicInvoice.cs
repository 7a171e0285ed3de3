using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>An invoice or credit note in the business terms of EN 16931, each with its number, before it becomes UBL or CII.</summary>
/// <remarks>Texts are on one line and free of characters that XML forbids; null for a term that is not stated.</remarks>
public sealed record ElectronicInvoice
{
    /// <summary>BT-24, the rules that it keeps.</summary>
    public required string Specification { get; init; }

    /// <summary>BT-23.</summary>
    public string? BusinessProcess { get; init; }

    /// <summary>BT-3 is 381 for a credit note, whose amounts are positive, and 380 for an invoice (UNTDID 1001).</summary>
    public required bool IsCreditNote { get; init; }

    /// <summary>BT-1.</summary>
    public required string Number { get; init; }

    /// <summary>BT-2.</summary>
    public required DateOnly IssueDate { get; init; }

    /// <summary>BT-9; of a credit note its own date.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>BT-5.</summary>
    public required Currency Currency { get; init; }

    /// <summary>BT-22, all notes in one, as Peppol allows one.</summary>
    public string? Note { get; init; }

    /// <summary>BT-10.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>BT-13.</summary>
    public string? PurchaseOrder { get; init; }

    /// <summary>BT-12.</summary>
    public string? Contract { get; init; }

    /// <summary>BT-25 and BT-26.</summary>
    public CreditedInvoice? Preceding { get; init; }

    /// <summary>BG-4.</summary>
    public required ElectronicParty Seller { get; init; }

    /// <summary>BG-7.</summary>
    public required ElectronicParty Buyer { get; init; }

    /// <summary>BG-15, the buyer's address; only for an intra-community supply, which has to state its country (rule BR-IC-12).</summary>
    public PostalAddress? DeliverTo { get; init; }

    /// <summary>BG-14; spans the periods of all lines, as a line's has to lie within it (rule PEPPOL-EN16931-R110).</summary>
    public required Period Period { get; init; }

    /// <summary>BG-16; null where no account is known.</summary>
    public ElectronicPayment? Payment { get; init; }

    /// <summary>BT-20.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>BG-20, one a VAT category and rate.</summary>
    public required IReadOnlyList<DocumentAllowance> Allowances { get; init; }

    /// <summary>BG-22.</summary>
    public required ElectronicTotals Totals { get; init; }

    /// <summary>BG-23.</summary>
    public required IReadOnlyList<VatBreakdown> Breakdown { get; init; }

    /// <summary>BG-25.</summary>
    public required IReadOnlyList<ElectronicLine> Lines { get; init; }
}

/// <summary>BG-16 and BG-17.</summary>
/// <param name="MeansCode">BT-81 of UNTDID 4461: 58 SEPA transfer, 30 other transfer, 97 cleared between the two.</param>
/// <param name="Remittance">BT-83.</param>
/// <param name="Account">BT-84; null where nothing is transferred.</param>
/// <param name="AccountName">BT-85.</param>
/// <param name="Bic">BT-86.</param>
public sealed record ElectronicPayment(string MeansCode, string Remittance, string? Account = null, string? AccountName = null, string? Bic = null)
{
    public const string SepaTransfer = "58";
    public const string Transfer = "30";
    public const string Clearing = "97";
}

/// <summary>BG-22.</summary>
/// <param name="Lines">BT-106.</param>
/// <param name="Allowances">BT-107; null where there are none.</param>
/// <param name="WithoutVat">BT-109.</param>
/// <param name="Vat">BT-110.</param>
/// <param name="AccountingVat">BT-111 in BT-6; null where the VAT is owed in the invoice's currency.</param>
/// <param name="WithVat">BT-112.</param>
/// <param name="Paid">BT-113; null where nothing is paid yet.</param>
/// <param name="Due">BT-115.</param>
public sealed record ElectronicTotals(Money Lines, Money? Allowances, Money WithoutVat, Money Vat, Money? AccountingVat, Money WithVat, Money? Paid, Money Due);
