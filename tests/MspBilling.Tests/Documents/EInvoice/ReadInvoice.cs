using System.Globalization;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>An electronic invoice as a reader finds it in the XML, in the terms of EN 16931: texts as written, null for what is not there.</summary>
internal sealed record ReadInvoice
{
    public string? Specification { get; init; }

    public string? Process { get; init; }

    public string? Number { get; init; }

    public string? IssueDate { get; init; }

    public string? TypeCode { get; init; }

    public string? Currency { get; init; }

    public string? TaxCurrency { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public string? BuyerReference { get; init; }

    public string? Order { get; init; }

    public string? Contract { get; init; }

    public string? PrecedingNumber { get; init; }

    public string? PrecedingDate { get; init; }

    public string? DueDate { get; init; }

    public string? Terms { get; init; }

    public ReadParty? Seller { get; init; }

    public ReadParty? Buyer { get; init; }

    public string? DeliverTo { get; init; }

    public string? PeriodStart { get; init; }

    public string? PeriodEnd { get; init; }

    public ReadPayment? Payment { get; init; }

    public IReadOnlyList<ReadAllowance> Allowances { get; init; } = [];

    public IReadOnlyList<ReadVat> Breakdown { get; init; } = [];

    public ReadTotals Totals { get; init; } = new();

    public IReadOnlyList<ReadLine> Lines { get; init; } = [];

    /// <summary>Of every amount but that in the accounting currency.</summary>
    public IReadOnlyList<string?> AmountCurrencies { get; init; } = [];

    public static decimal? AsNumber(string? text) => text is null ? null : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}

internal sealed record ReadParty(
    string? Name, bool HasAddress, string? Line1, string? Line2, string? Line3, string? City, string? PostCode, string? Subdivision, string? Country,
    string? VatNumber, string? TaxRegistration, string? Registration, string? RegistrationScheme, string? Endpoint, string? EndpointScheme, string? Contact, string? Phone, string? Email);

internal sealed record ReadPayment(string? Code, string? Remittance, bool HasAccount, string? Account, string? AccountName, string? Bic);

/// <param name="Indicator">True for a charge.</param>
internal sealed record ReadAllowance(string? Indicator, string? Amount, string? ReasonCode, string? Category, string? Percent);

internal sealed record ReadVat(string? Category, string? Percent, string? Taxable, string? Tax, string? Reason, string? ReasonCode);

internal sealed record ReadTotals
{
    public string? Lines { get; init; }

    public string? Allowances { get; init; }

    public string? WithoutVat { get; init; }

    public string? Vat { get; init; }

    public int VatTotals { get; init; }

    public string? AccountingVat { get; init; }

    public int AccountingVats { get; init; }

    public string? WithVat { get; init; }

    public string? Paid { get; init; }

    public string? Due { get; init; }
}

internal sealed record ReadLine(
    string? Id, string? Note, string? Name, string? Sku, string? Quantity, string? UnitCode, string? Net, string? Price, string? BaseQuantity, string? BaseUnitCode, string? Start, string? End,
    string? Category, string? Percent, IReadOnlyList<ReadAllowance> Allowances);
