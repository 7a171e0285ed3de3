using MspBilling.Core.Agreements;

namespace MspBilling.Core.Capture;

/// <summary>An agreement in the MSP's own form, of which each version stands for ever once work was billed by it.</summary>
/// <remarks>Its JSON form and rules are described by <c>agreement.schema.json</c>. The record's external id is the agreement's id.</remarks>
public sealed record AgreementDocument : CapturedRecord
{
    /// <summary>The client's id, or the company's identifier in the PSA.</summary>
    public required string Client { get; init; }

    /// <summary>The PSA's agreement that it prices, instead of the PSA's terms; null stands by itself.</summary>
    public string? PsaAgreement { get; init; }

    public required string Name { get; init; }

    public required Currency Currency { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>Where it serves, by the name that the client knows; null for no single place.</summary>
    public string? Site { get; init; }

    public string? Calendar { get; init; }

    public required IReadOnlyList<AgreementVersion> Versions { get; init; }

    /// <summary>What captured work refers to, and no two agreements have.</summary>
    public string BilledAs => PsaAgreement ?? Id.ExternalId;

    /// <summary>Whether a document's client is this company: by the client's id, or by the company's identifier without regard to case.</summary>
    public static bool IsOf(string client, Company company)
    {
        ArgumentNullException.ThrowIfNull(company);
        return client == Clients.Client.IdOf(company.Id.ExternalId) || string.Equals(client, company.Identifier, StringComparison.OrdinalIgnoreCase);
    }

    public Agreement AgreementFor(string clientId) => new()
    {
        Id = BilledAs,
        ClientId = clientId,
        Name = Name,
        Currency = Currency,
        PurchaseOrder = PurchaseOrder,
        Site = Site,
        Calendar = Calendar,
        Versions = Versions,
    };
}
