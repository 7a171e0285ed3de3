using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>What was invoiced in a period, by client and by service. Currencies are never added together.</summary>
/// <remarks>
/// Revenue is net: after discounts, before tax, less what was credited. A credit note takes back from the period of the invoice that it credits: 1,000.00 invoiced for
/// September and 300.00 of that credited in October are 700.00 of September's. The sum of the services is the sum of the clients, to the cent.
/// </remarks>
public sealed record RevenueReport(
    Period Period,
    IReadOnlyList<Currency> Currencies,
    IReadOnlyList<ClientRevenue> ByClient,
    IReadOnlyList<ServiceRevenue> ByService,
    IReadOnlyList<ClientServiceRevenue> ByClientAndService)
{
    /// <param name="notes">That credit invoices of the period.</param>
    public static RevenueReport Of(Period period, IReadOnlyCollection<IssuedInvoice> invoices, IReadOnlyCollection<IssuedCreditNote>? notes = null)
    {
        var credited = (notes ?? []).ToLookup(note => (note.ClientId, note.Currency));
        var invoiced = invoices.SelectMany(invoice => invoice.Services.Select(service => (invoice.ClientId, invoice.ClientName, service.Service, invoice.Currency, service.Net)));
        var services =
            from service in invoiced.Concat((notes ?? []).SelectMany(note => note.Services.Select(service => (note.ClientId, note.ClientName, service.Service, note.Currency, -service.Net))))
            group service.Item5 by (service.ClientId, service.ClientName, service.Service, service.Currency) into g
            orderby g.Key.ClientName, g.Key.Service, g.Key.Currency.Code
            select new ClientServiceRevenue(g.Key.ClientId, g.Key.ClientName, g.Key.Service, g.Key.Currency, Money.Sum(g, g.Key.Currency));
        var byClientAndService = services.ToList();
        return new RevenueReport(
            period,
            [.. invoices.Select(i => i.Currency).Distinct().OrderBy(c => c.Code, StringComparer.Ordinal)],
            [
                .. from invoice in invoices
                   group invoice by (invoice.ClientId, invoice.ClientName, invoice.Currency) into g
                   let back = credited[(g.Key.ClientId, g.Key.Currency)].ToList()
                   let net = Money.Sum(g.Select(i => i.Net).Concat(back.Select(note => -note.Net)), g.Key.Currency)
                   let tax = Money.Sum(g.Select(i => i.Tax).Concat(back.Select(note => -note.Tax)), g.Key.Currency)
                   orderby net.Amount descending, g.Key.ClientId
                   select new ClientRevenue(g.Key.ClientId, g.Key.ClientName, g.Key.Currency, net, tax, net + tax, g.Count()),
            ],
            [
                .. from row in byClientAndService
                   group row.Net by (row.Service, row.Currency) into g
                   let net = Money.Sum(g, g.Key.Currency)
                   orderby net.Amount descending, g.Key.Service
                   select new ServiceRevenue(g.Key.Service, g.Key.Currency, net),
            ],
            byClientAndService);
    }
}

public sealed record ClientRevenue(string ClientId, string ClientName, Currency Currency, Money Net, Money Tax, Money Total, int Invoices);

public sealed record ServiceRevenue(string Service, Currency Currency, Money Net);

public sealed record ClientServiceRevenue(string ClientId, string ClientName, string Service, Currency Currency, Money Net);
