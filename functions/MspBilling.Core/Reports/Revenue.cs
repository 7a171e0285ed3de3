using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>What was invoiced in a period, by client and by service. Currencies are never added together.</summary>
/// <remarks>Revenue is net: after discounts, before tax. The sum of the services is the sum of the clients, to the cent.</remarks>
public sealed record RevenueReport(
    Period Period,
    IReadOnlyList<Currency> Currencies,
    IReadOnlyList<ClientRevenue> ByClient,
    IReadOnlyList<ServiceRevenue> ByService,
    IReadOnlyList<ClientServiceRevenue> ByClientAndService)
{
    public static RevenueReport Of(Period period, IReadOnlyCollection<IssuedInvoice> invoices)
    {
        var services =
            from invoice in invoices
            from service in invoice.Services
            group service.Net by (invoice.ClientId, invoice.ClientName, service.Service, invoice.Currency) into g
            orderby g.Key.ClientName, g.Key.Service, g.Key.Currency.Code
            select new ClientServiceRevenue(g.Key.ClientId, g.Key.ClientName, g.Key.Service, g.Key.Currency, Money.Sum(g, g.Key.Currency));
        var byClientAndService = services.ToList();
        return new RevenueReport(
            period,
            [.. invoices.Select(i => i.Currency).Distinct().OrderBy(c => c.Code, StringComparer.Ordinal)],
            [
                .. from invoice in invoices
                   group invoice by (invoice.ClientId, invoice.ClientName, invoice.Currency) into g
                   let net = Money.Sum(g.Select(i => i.Net), g.Key.Currency)
                   orderby net.Amount descending, g.Key.ClientId
                   select new ClientRevenue(
                       g.Key.ClientId, g.Key.ClientName, g.Key.Currency, net, Money.Sum(g.Select(i => i.Tax), g.Key.Currency), Money.Sum(g.Select(i => i.Total), g.Key.Currency), g.Count()),
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
