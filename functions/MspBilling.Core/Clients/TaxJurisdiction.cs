using MspBilling.Core.Time;

namespace MspBilling.Core.Clients;

/// <summary>Where clients are taxed, with the rates in force by date. The MSP writes it, and is responsible for it.</summary>
/// <param name="Id">The PSA's tax code.</param>
/// <param name="Name">For people.</param>
/// <param name="Note">The text that the law wants on the invoice, such as that of the reverse charge; also the reason of rates that give none.</param>
/// <param name="Rates">In the order in which they are printed. Of one name, one rate holds for a service on a day; those of different names add up.</param>
public sealed record TaxJurisdiction(string Id, string Name, string? Note, IReadOnlyList<TaxRate> Rates)
{
    /// <summary>Services that bear none of the rates.</summary>
    public IReadOnlyList<UntaxedServices> Untaxed { get; init; } = [];

    public TaxPoint TaxPoint { get; init; }

    /// <summary>Whether a tax is rounded on each line, as some accounting systems do, instead of once on the document.</summary>
    public bool RoundsEachLine { get; init; }

    /// <summary>Whether prices have the tax in them.</summary>
    public bool PricesIncludeTax { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes: clients there that have no tax code of their own are taxed here; <see cref="PlaceOfSupply.Elsewhere"/> for all other countries.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Which clients of the countries; null for all.</summary>
    public CustomerKind? Customers { get; init; }
}

/// <param name="Name">As printed.</param>
/// <param name="Percent">23 for 23 %.</param>
/// <param name="InForce">Days it holds, half-open.</param>
public sealed record TaxRate(string Name, decimal Percent, Period InForce)
{
    public TaxCategory Category { get; init; } = Percent == 0 ? TaxCategory.Zero : TaxCategory.Standard;

    /// <summary>Why no tax is charged, in the words of the law; null where that needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>Taken of the net amount and of the taxes before it, those that are not compound and the compound ones that stand before, as Quebec's QST was of the GST before 2013.</summary>
    public bool IsCompound { get; init; }

    /// <summary>Tax codes of the services that it is for; none for all that no other rate of its name is for.</summary>
    public IReadOnlyList<string> TaxCodes { get; init; } = [];
}

/// <summary>Services on which a jurisdiction has no tax at all, whatever its rates are.</summary>
/// <param name="Name">As printed.</param>
/// <param name="TaxCodes">Of the services.</param>
/// <param name="Reason">In the words of the law; null takes the jurisdiction's note.</param>
public sealed record UntaxedServices(string Name, IReadOnlyList<string> TaxCodes, TaxCategory Category, string? Reason, Period InForce);

/// <summary>A client that no tax is charged to.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Reason">With the number of the certificate, where there is one.</param>
/// <param name="InForce">Days it holds: a certificate runs out.</param>
public sealed record TaxExemption(string Name, string Reason, Period InForce);

/// <summary>Services and products that are taxed otherwise than the rest.</summary>
/// <param name="Code">The name by which jurisdictions refer to them.</param>
/// <param name="Services">As the agreements' lines call them.</param>
/// <param name="Skus">Products; they go before the service under which they are billed.</param>
public sealed record ServiceTaxCode(string Code, IReadOnlyList<string> Services, IReadOnlyList<string> Skus)
{
    /// <summary>The tax code of what is billed under a service; null for the rest.</summary>
    public static string? Of(IReadOnlyList<ServiceTaxCode> codes, string service, string? sku) =>
        (codes.FirstOrDefault(code => sku is not null && code.Skus.Contains(sku)) ?? codes.FirstOrDefault(code => code.Services.Contains(service)))?.Code;
}

/// <summary>The day whose rates a line bears.</summary>
public enum TaxPoint
{
    /// <summary>The last day that the line bills, or the day of the invoice where that is before it.</summary>
    SupplyEnd,

    /// <summary>The first day that the line bills, or the day of the invoice where that is before it.</summary>
    SupplyStart,

    InvoiceDate,
}

public enum CustomerKind
{
    /// <summary>With a tax number that is valid by its form.</summary>
    Business,

    Private,
}
