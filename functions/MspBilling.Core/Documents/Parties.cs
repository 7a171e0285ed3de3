using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents;

/// <summary>The MSP as it presents itself.</summary>
public sealed record Issuer
{
    public required string Name { get; init; }

    public IReadOnlyList<string> AddressLines { get; init; } = [];

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Website { get; init; }

    /// <summary>VAT number, company register: printed at the foot of every page.</summary>
    public IReadOnlyList<string> RegistrationLines { get; init; } = [];

    /// <summary>What electronic invoices say of it; null where it sends none.</summary>
    public SellerDetails? Seller { get; init; }

    /// <summary>Where this document is paid to; null where only the payment instructions say it.</summary>
    public BankAccount? Account { get; init; }

    /// <summary>A PNG image; without one the name stands in its place.</summary>
    public ReadOnlyMemory<byte>? Logo { get; init; }

    /// <summary>What documents are set in; null for the embedded fonts.</summary>
    public IssuerFonts? Fonts { get; init; }

    public BrandColor Color { get; init; } = BrandColor.Parse("#0F766E");
}

/// <summary>TrueType files.</summary>
public sealed record IssuerFonts(ReadOnlyMemory<byte> Regular, ReadOnlyMemory<byte> Bold);

/// <summary>The client as its invoice addresses it.</summary>
public sealed record BillTo
{
    public required string Name { get; init; }

    public IReadOnlyList<string> AddressLines { get; init; } = [];

    public string? TaxNumber { get; init; }

    /// <summary>What electronic invoices say of it; null where the issuer sends none.</summary>
    public BuyerDetails? Buyer { get; init; }
}
