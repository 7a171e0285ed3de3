using MspBilling.Core.Time;

namespace MspBilling.Core.Clients;

/// <summary>What electronic invoices say of the MSP beyond what is printed, and which rules they keep.</summary>
public sealed record EInvoiceSettings
{
    public EInvoiceProfile Profile { get; init; }

    /// <summary>Whether every invoice's PDF carries the invoice as XML inside (Factur-X, ZUGFeRD).</summary>
    public bool FacturX { get; init; }

    public required SellerDetails Seller { get; init; }

    /// <summary>Each currency at most once.</summary>
    public IReadOnlyList<BankAccount> BankAccounts { get; init; } = [];

    /// <summary>In which the MSP owes its VAT, where it invoices in others too; null where it does not matter.</summary>
    public AccountingCurrency? AccountingCurrency { get; init; }

    /// <summary>The PSA's names of countries and their codes.</summary>
    public IReadOnlyDictionary<string, string> CountryNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The account for invoices of a currency: its own, else the one for all.</summary>
    public BankAccount? AccountFor(Currency currency) => BankAccounts.FirstOrDefault(a => a.Currency == currency) ?? BankAccounts.FirstOrDefault(a => a.Currency is null);
}

/// <summary>Which rules an electronic invoice keeps beyond those of EN 16931.</summary>
public enum EInvoiceProfile
{
    /// <summary>EN 16931 alone.</summary>
    En16931,

    /// <summary>Peppol BIS Billing 3.0.</summary>
    Peppol,

    /// <summary>XRechnung 3.0, which German authorities want.</summary>
    XRechnung,
}

/// <summary>The MSP as an electronic invoice names it.</summary>
public sealed record SellerDetails
{
    public required PostalAddress Address { get; init; }

    /// <summary>With its country: <c>IE3456789TH</c>.</summary>
    public string? VatNumber { get; init; }

    /// <summary>A tax number that is no VAT number, such as a German Steuernummer.</summary>
    public string? TaxRegistration { get; init; }

    public LegalRegistration? Registration { get; init; }

    public ElectronicAddress? ElectronicAddress { get; init; }

    /// <summary>Whom the client asks; the MSP's own name, telephone and electronic mail where null.</summary>
    public string? ContactName { get; init; }
}

/// <summary>A client as an electronic invoice names it, beyond what is printed.</summary>
public sealed record BuyerDetails
{
    public PostalAddress? Address { get; init; }

    public LegalRegistration? Registration { get; init; }

    public ElectronicAddress? ElectronicAddress { get; init; }

    /// <summary>What the client wants on every invoice to find its way, such as a Leitweg-ID.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>Null for the MSP's own.</summary>
    public EInvoiceProfile? Profile { get; init; }
}

/// <summary>The currency in which the MSP owes its VAT, and what others were worth in it.</summary>
public sealed record AccountingCurrency(Currency Currency, IReadOnlyList<ExchangeRate> Rates)
{
    /// <summary>What one of the other currency is worth on a day; null where the settings do not say.</summary>
    public decimal? RateOf(Currency other, DateOnly day) => Rates.FirstOrDefault(rate => rate.Currency == other && rate.InForce.Contains(day))?.Rate;
}

/// <param name="Rate">Accounting currency for one of this currency: 0.9012 EUR for 1 USD.</param>
/// <param name="InForce">Invoice dates that it is used on.</param>
public sealed record ExchangeRate(Currency Currency, decimal Rate, Period InForce);
