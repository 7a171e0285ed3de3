using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>The taxes of a client's invoice, by where the client is taxed, what was supplied, and when.</summary>
/// <param name="Note">The texts that the law wants; null for none.</param>
/// <param name="PricesIncludeTax">Whether the lines' amounts have the tax in them.</param>
public sealed record InvoiceTaxes(Taxation Taxation, string? Note, bool PricesIncludeTax)
{
    /// <param name="client">Whom the invoice is for.</param>
    /// <param name="settings">The MSP's, with its jurisdictions and its services' tax codes.</param>
    /// <param name="lines">In one currency.</param>
    /// <param name="invoiceDate">The date on the invoice.</param>
    /// <returns>The taxes, or what has to be mended first.</returns>
    public static (InvoiceTaxes? Taxes, string? Problem) Of(Client client, MspSettings settings, IReadOnlyList<RatedLine> lines, DateOnly invoiceDate)
    {
        var (jurisdiction, problem) = PlaceOfSupply.Of(client, settings.TaxJurisdictions);
        if (jurisdiction is null)
        {
            return (null, problem);
        }

        var amounts = new List<TaxedAmount>();
        foreach (var line in lines)
        {
            var day = TaxPoints.Of(jurisdiction.TaxPoint, line.ServicePeriod, invoiceDate);
            var code = ServiceTaxCode.Of(settings.ServiceTaxCodes, line.Service, line.Sku);
            var rates = TaxTreatment.Of(jurisdiction, client.TaxExemption, code, day);
            if (rates is null && !line.Net.IsZero)
            {
                return (null, string.Create(CultureInfo.InvariantCulture, $"Tax jurisdiction {jurisdiction.Id} of {client.Name} has no rate for {line.Service}{(code is null ? "" : $" (tax code {code})")} on {day:yyyy-MM-dd}."));
            }

            amounts.Add(new TaxedAmount(line.Net, rates ?? []));
        }

        var taxation = SalesTax.On(lines[0].Amount.Currency, amounts, jurisdiction.RoundsEachLine, jurisdiction.PricesIncludeTax);
        var notes = taxation.Taxes.Select(tax => tax.Reason).Prepend(jurisdiction.Note).OfType<string>().Distinct().ToList();
        return (new InvoiceTaxes(taxation, notes.Count == 0 ? null : string.Join(' ', notes), jurisdiction.PricesIncludeTax), null);
    }
}
