using MspBilling.Core.Agreements;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>What the MSP says of itself and of its billing: the file <c>msp-settings.json</c>.</summary>
public sealed record MspSettings : CapturedRecord
{
    public required string Name { get; init; }

    public IReadOnlyList<string> AddressLines { get; init; } = [];

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Website { get; init; }

    /// <summary>Lines such as a VAT number that the law wants on an invoice.</summary>
    public IReadOnlyList<string> Registrations { get; init; } = [];

    /// <summary><c>#RRGGBB</c>.</summary>
    public required string BrandColor { get; init; }

    public IReadOnlyList<byte>? LogoPng { get; init; }

    /// <summary>What documents are set in; null for the embedded fonts.</summary>
    public DocumentFonts? Fonts { get; init; }

    public IReadOnlyList<string> PaymentInstructions { get; init; } = [];

    /// <summary>Of the work roles' rates and the technicians' costs.</summary>
    public required Currency HomeCurrency { get; init; }

    /// <summary>A .NET format of the number, such as <c>HL-{0:000000}</c>.</summary>
    public required string InvoiceNumberPattern { get; init; }

    public required long FirstInvoiceNumber { get; init; }

    /// <summary>Series beside or instead of that one, such as a currency's own or that of credit notes; null for none.</summary>
    public IReadOnlyList<NumberSeries>? NumberSeries { get; init; }

    /// <summary>The PSA's words for time that may be billed.</summary>
    public required IReadOnlyList<string> ApprovedTimeStatuses { get; init; }

    /// <summary>The PSA's currency names and their ISO 4217 currencies.</summary>
    public IReadOnlyDictionary<string, Currency> CurrencyNames { get; init; } = new Dictionary<string, Currency>();

    public IReadOnlyList<TaxJurisdiction> TaxJurisdictions { get; init; } = [];

    /// <summary>Services and products that jurisdictions tax otherwise than the rest.</summary>
    public IReadOnlyList<ServiceTaxCode> ServiceTaxCodes { get; init; } = [];

    public PaymentTerms DefaultPaymentTerms { get; init; } = PaymentTerms.Net(30);

    /// <summary>An IANA time zone such as <c>Europe/Dublin</c>.</summary>
    public required string DefaultTimeZone { get; init; }

    /// <summary>A BCP 47 language such as <c>en-IE</c>.</summary>
    public required string DefaultLanguage { get; init; }

    public IReadOnlyList<ClientSettings> Clients { get; init; } = [];

    public IReadOnlyList<CloudAccount> CloudAccounts { get; init; } = [];

    public IReadOnlyList<AgreementType> AgreementTypes { get; init; } = [];

    /// <summary>Hourly rates where an agreement sets none; they go before the PSA's rates of the work roles.</summary>
    public IReadOnlyList<RateCard> RateCards { get; init; } = [];

    /// <summary>Business hours and holidays by name; an agreement that names none has <see cref="WorkCalendar.Standard"/> or the one called <c>standard</c>.</summary>
    public IReadOnlyList<WorkCalendar> Calendars { get; init; } = [];

    /// <summary>Exceptions for all clients, tried after those of the agreement.</summary>
    public IReadOnlyList<CustomRule> Rules { get; init; } = [];

    /// <summary>Null where the MSP has said nothing of it: <see cref="ReconciliationSettings.Default"/>.</summary>
    public ReconciliationSettings? Reconciliation { get; init; }

    /// <summary>Null where the MSP sends no electronic invoices.</summary>
    public EInvoiceSettings? EInvoice { get; init; }

    /// <summary>How documents look; null where the MSP has said nothing of it.</summary>
    public DocumentSettings? Documents { get; init; }

    /// <summary>A client's own wishes over the MSP's; null where nobody has any.</summary>
    public DocumentSettings? DocumentsOf(ClientSettings? client) => client?.Documents?.Over(Documents) ?? Documents;

    /// <summary>A client with what the PSA has no place for.</summary>
    internal Client Completed(Client client, Company company, ClientSettings? extra) => client with
    {
        Country = extra?.Country,
        TaxExemption = extra?.TaxExemption,
        Buyer = EInvoice is { } electronic ? Buyers.Of(company, extra, electronic) : null,
        Documents = DocumentsOf(extra),
        Split = BillingOf(extra).Split ?? InvoiceSplit.Currency,
    };

    /// <summary>Null where the MSP has said nothing of it: <see cref="IssueSettings.Default"/>.</summary>
    public IssueSettings? Issue { get; init; }

    /// <summary>Null where the MSP has said nothing of it: <see cref="AccountSettings.Default"/>.</summary>
    public AccountSettings? Accounts { get; init; }

    /// <summary>How invoices are made; null where the MSP has said nothing of it.</summary>
    public BillingSettings? Billing { get; init; }

    /// <summary>What holds for a client: its own over the MSP's.</summary>
    public BillingSettings BillingOf(ClientSettings? client) => client?.Billing?.Over(Billing) ?? Billing ?? new BillingSettings();
}

/// <summary>What the PSA does not know of a company, by its identifier there; null takes the MSP's default.</summary>
public sealed record ClientSettings(string Identifier, string? TimeZone = null, string? Language = null, PaymentTerms? PaymentTerms = null, string? TaxNumber = null)
{
    /// <summary>ISO 3166-1 alpha-2: where it is taxed, if the PSA has no tax code for it.</summary>
    public string? Country { get; init; }

    public TaxExemption? TaxExemption { get; init; }

    /// <summary>What electronic invoices say of it; null for nothing.</summary>
    public BuyerDetails? EInvoice { get; init; }

    /// <summary>What of its documents is to be otherwise; null for nothing.</summary>
    public DocumentSettings? Documents { get; init; }

    /// <summary>What of its invoices is made otherwise; null for nothing.</summary>
    public BillingSettings? Billing { get; init; }
}

/// <summary>Whose a cloud account is.</summary>
/// <param name="Provider">As FOCUS's <c>ProviderName</c> has it.</param>
/// <param name="SubAccountId">As FOCUS's <c>SubAccountId</c> has it.</param>
/// <param name="Client">The company's identifier in the PSA.</param>
public sealed record CloudAccount(string Provider, string SubAccountId, string Client);

/// <summary>Hourly rates in one currency, for agreements of that currency.</summary>
public sealed record RateCard(Currency Currency, IReadOnlyList<TimeRate> Rates);
