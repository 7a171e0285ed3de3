using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>BG-4 with BG-5 and BG-6, or BG-7 with BG-8.</summary>
public sealed record ElectronicParty
{
    /// <summary>BT-27, BT-44.</summary>
    public required string Name { get; init; }

    /// <summary>BG-5, BG-8; the country is BT-40, BT-55.</summary>
    public required PostalAddress Address { get; init; }

    /// <summary>BT-31, BT-48; not stated where a line is outside the scope of VAT (rule BR-O-02).</summary>
    public string? VatNumber { get; init; }

    /// <summary>BT-32, the seller's alone.</summary>
    public string? TaxRegistration { get; init; }

    /// <summary>BT-30, BT-47.</summary>
    public LegalRegistration? Registration { get; init; }

    /// <summary>BT-34, BT-49.</summary>
    public ElectronicAddress? ElectronicAddress { get; init; }

    /// <summary>BG-6, the seller's alone.</summary>
    public ElectronicContact? Contact { get; init; }
}

/// <summary>BT-41, BT-42 and BT-43.</summary>
public sealed record ElectronicContact(string Name, string? Phone, string? Email);
