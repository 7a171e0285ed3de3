using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>Which rates a service bears on a day.</summary>
/// <remarks>
/// An exempt client bears none, and neither does a service that the jurisdiction does not tax. Else of each name one rate: the one that is for the service's tax code, or the
/// one that is for all others. State 6.25 % and city 2 % are two names, and add up; VAT 20 % and VAT 5 % for the code <c>reduced</c> are one name, so
/// that a service of that code bears 5 %, and every other 20 %. A day without any rate is no answer, and never 0 %.
/// </remarks>
public static class TaxTreatment
{
    /// <param name="jurisdiction">Where the client is taxed.</param>
    /// <param name="exemption">The client's; null for none.</param>
    /// <param name="taxCode">The service's; null for those that have none.</param>
    /// <param name="day">The tax point.</param>
    /// <returns>Null when the jurisdiction has no rate for it on that day.</returns>
    public static IReadOnlyList<AppliedRate>? Of(TaxJurisdiction jurisdiction, TaxExemption? exemption, string? taxCode, DateOnly day)
    {
        if (exemption?.InForce.Contains(day) == true)
        {
            return [new AppliedRate(exemption.Name, 0, TaxCategory.Exempt, exemption.Reason)];
        }

        if (taxCode is not null && jurisdiction.Untaxed.FirstOrDefault(untaxed => untaxed.TaxCodes.Contains(taxCode) && untaxed.InForce.Contains(day)) is { } services)
        {
            return [new AppliedRate(services.Name, 0, services.Category, Reason(services.Category, services.Reason), Order: jurisdiction.Rates.Count)];
        }

        var inForce = jurisdiction.Rates.Select((rate, order) => (rate, order)).Where(each => each.rate.InForce.Contains(day));
        List<AppliedRate> rates =
        [
            .. inForce.GroupBy(each => each.rate.Name).Select(ofName => ofName.Where(each => taxCode is not null && each.rate.TaxCodes.Contains(taxCode))
                .Concat(ofName.Where(each => each.rate.TaxCodes.Count == 0)).FirstOrDefault())
                .Where(each => each.rate is not null)
                .Select(each => new AppliedRate(each.rate.Name, each.rate.Percent, each.rate.Category, Reason(each.rate.Category, each.rate.Reason), each.rate.IsCompound, each.order)),
        ];
        return rates.Count == 0 ? null : rates;

        string? Reason(TaxCategory category, string? own) => own ?? (category is TaxCategory.Standard or TaxCategory.Zero ? null : jurisdiction.Note);
    }
}
