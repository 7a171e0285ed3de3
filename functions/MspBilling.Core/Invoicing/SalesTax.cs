using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>The tax of a document: each rate in force on the day of supply, on the whole net amount, rounded once a rate.</summary>
/// <remarks>1,000.01 at 6.25 % and 2 % is 62.50 and 20.00. A rate that is missing is an answer of null, never 0 %.</remarks>
public static class SalesTax
{
    /// <param name="jurisdiction">Where the client is taxed.</param>
    /// <param name="net">What the tax is taken of.</param>
    /// <param name="supplied">The tax point: the last day of the period that was supplied.</param>
    /// <returns>Null when the jurisdiction has no rate on that day.</returns>
    public static IReadOnlyList<TaxLine>? On(TaxJurisdiction jurisdiction, Money net, DateOnly supplied)
    {
        var rates = jurisdiction.Rates.Where(rate => rate.InForce.Contains(supplied)).ToList();
        return rates.Count == 0 ? null : [.. rates.Select(rate => new TaxLine(rate.Name, rate.Percent, net, net.Percent(rate.Percent)))];
    }
}
