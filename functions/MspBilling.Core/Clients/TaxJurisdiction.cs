using MspBilling.Core.Time;

namespace MspBilling.Core.Clients;

/// <summary>Where a client is taxed, with the rates in force by date.</summary>
/// <param name="Id">The PSA's tax code.</param>
/// <param name="Name">For people.</param>
/// <param name="Note">The text that the law wants on the invoice, such as that of the reverse charge; also the reason of rates that give none.</param>
/// <param name="Rates">In the order in which they are printed. Of one name, one rate holds for a service on a day; those of different names add up.</param>
public sealed record TaxJurisdiction(string Id, string Name, string? Note, IReadOnlyList<TaxRate> Rates);

/// <param name="Name">As printed.</param>
/// <param name="Percent">23 for 23 %.</param>
/// <param name="InForce">Days it holds, half-open.</param>
public sealed record TaxRate(string Name, decimal Percent, Period InForce)
{
    public TaxCategory Category { get; init; } = Percent == 0 ? TaxCategory.Zero : TaxCategory.Standard;

    /// <summary>Why no tax is charged, in the words of the law; null where that needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>Taken of the net amount and of the taxes that are not compound, as Quebec's QST was of the GST before 2013.</summary>
    public bool IsCompound { get; init; }
}
