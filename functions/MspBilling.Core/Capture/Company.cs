using MspBilling.Core.Clients;

namespace MspBilling.Core.Capture;

/// <summary>A company as the PSA knows it. With the MSP's settings it becomes a <see cref="Clients.Client"/>.</summary>
public sealed record Company : CapturedRecord
{
    /// <summary>The PSA's short name; it changes when a company is renamed, so nothing but settings refers to it.</summary>
    public required string Identifier { get; init; }

    public required string Name { get; init; }

    /// <summary>The MSP itself: its time is counted, and never billed.</summary>
    public bool IsInternal { get; init; }

    public bool IsDeleted { get; init; }

    public IReadOnlyList<string> AddressLines { get; init; } = [];

    /// <summary>The same in its parts, without the country; null where the PSA has none.</summary>
    public PostalAddress? Address { get; init; }

    /// <summary>The PSA's name of the country, which the settings translate to ISO 3166.</summary>
    public string? CountryName { get; init; }

    public string? InvoiceEmail { get; init; }

    /// <summary>The PSA's tax code, which names a tax jurisdiction of the settings.</summary>
    public string? TaxCode { get; init; }

    /// <summary>The PSA's name of the currency, which the settings translate to ISO 4217.</summary>
    public string? CurrencyName { get; init; }
}
