using MspBilling.Core.Time;

namespace MspBilling.Core.Clients;

/// <summary>A customer of the MSP: a PSA company with what the MSP's settings add to it.</summary>
/// <param name="Id">Stable over renames: the source's short name and the company's id there, such as <c>cw-250</c>.</param>
/// <param name="Currency">Of its agreements, unless an agreement says otherwise.</param>
/// <param name="Zone">Decides which day, and so which month, an hour belongs to.</param>
/// <param name="TaxCode">Names a <see cref="TaxJurisdiction"/> of the settings; without one, the country tells it (<see cref="PlaceOfSupply"/>).</param>
public sealed record Client(
    string Id,
    string Name,
    bool IsInternal,
    IReadOnlyList<string> AddressLines,
    string? InvoiceEmail,
    Currency Currency,
    TimeZoneInfo Zone,
    string Language,
    PaymentTerms PaymentTerms,
    string? TaxCode,
    string? TaxNumber)
{
    /// <summary>Stands for nobody: what is captured for a company or account that is not known.</summary>
    public const string Unknown = "-";

    /// <summary>ISO 3166-1 alpha-2; null where it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>Null where tax is charged to it.</summary>
    public TaxExemption? TaxExemption { get; init; }

    /// <summary>What electronic invoices say of it; null where the MSP sends none.</summary>
    public BuyerDetails? Buyer { get; init; }

    /// <summary>Its own wishes over the MSP's; null where nobody has any.</summary>
    public DocumentSettings? Documents { get; init; }

    /// <summary>What has an invoice of its own.</summary>
    public InvoiceSplit Split { get; init; }

    public static string IdOf(string companyId) => "cw-" + companyId;

    public DateOnly LocalDate(DateTimeOffset instant) => LocalDates.In(Zone, instant);
}
