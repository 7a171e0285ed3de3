using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>What was invoiced to a client up to a period: handed on from outcome to outcome, so that the checks before issue read one row.</summary>
/// <param name="Periods">The last that were invoiced, oldest first.</param>
/// <param name="Orders">Net invoiced on each purchase order, ever, by number.</param>
/// <remarks>
/// It grows with each issue, in the order in which the client's periods are closed. A period that is closed after a later one is not in the history of that one,
/// and credit notes do not take anything off.
/// </remarks>
public sealed record InvoicedHistory(IReadOnlyList<InvoicedPeriod> Periods, IReadOnlyList<OrderedTotal> Orders)
{
    private const int MostPeriods = 12;

    /// <param name="before">Up to the client's period before; null for none.</param>
    /// <param name="bill">That is issued.</param>
    /// <param name="agreements">The client's, which tell the purchase orders.</param>
    public static InvoicedHistory After(InvoicedHistory? before, ClientBill bill, IReadOnlyList<Agreement> agreements)
    {
        var ordered = (before?.Orders ?? []).Concat(OnOrders(bill, agreements)).GroupBy(order => (order.Number, order.Net.Currency));
        return new InvoicedHistory(
            [
                .. (before?.Periods ?? []).Where(invoiced => invoiced.Period != bill.Period).Append(new InvoicedPeriod(bill.Period, [.. bill.Invoices.Select(invoice => invoice.Net)]))
                    .OrderBy(invoiced => invoiced.Period.Start).TakeLast(MostPeriods),
            ],
            [.. ordered.Select(order => new OrderedTotal(order.Key.Number, Money.Sum(order.Select(each => each.Net), order.Key.Currency))).OrderBy(order => order.Number, StringComparer.Ordinal).ThenBy(order => order.Net.Currency.Code, StringComparer.Ordinal)]);
    }

    /// <summary>What a bill invoices on each purchase order: the lines of the agreements that name it.</summary>
    public static IEnumerable<OrderedTotal> OnOrders(ClientBill bill, IReadOnlyList<Agreement> agreements)
    {
        var orders = agreements.Where(agreement => !string.IsNullOrWhiteSpace(agreement.PurchaseOrder)).ToDictionary(agreement => agreement.Id, agreement => agreement.PurchaseOrder!);
        return from line in bill.Invoices.SelectMany(invoice => invoice.Lines)
               where orders.ContainsKey(line.AgreementId)
               group line.Net by (Number: orders[line.AgreementId], line.Net.Currency) into order
               select new OrderedTotal(order.Key.Number, Money.Sum(order, order.Key.Currency));
    }
}

/// <param name="Nets">Of its invoices, one a currency.</param>
public sealed record InvoicedPeriod(Period Period, IReadOnlyList<Money> Nets);

public sealed record OrderedTotal(string Number, Money Net);
