using System.Globalization;

namespace MspBilling.Core.Invoicing;

/// <summary>Whether an invoice goes beyond what may be billed on its purchase order, with all invoices that named it before.</summary>
/// <remarks>Limit 12,000.00, 11,400.00 invoiced: 600.00 net more is issued, 600.01 waits. Amounts are net, by the lines of the agreements that name the order.</remarks>
internal static class PurchaseOrderLimitCheck
{
    public const string Code = "purchase-order-exceeded";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        if (@case.Settings.PurchaseOrders.Count == 0)
        {
            yield break;
        }

        foreach (var order in InvoicedHistory.OnOrders(@case.Bill, @case.Agreements))
        {
            var limit = @case.Settings.PurchaseOrders
                .Where(each => each.Number == order.Number && each.Currency == order.Net.Currency && (each.Client is null || @case.IsMeant(each.Client)))
                .OrderBy(each => each.Client is null).FirstOrDefault();
            var before = (@case.Before?.History?.Orders ?? []).Where(each => each.Number == order.Number && each.Net.Currency == order.Net.Currency).Sum(each => each.Net.Amount);
            if (limit is not null && before + order.Net.Amount > limit.Limit)
            {
                yield return new Objection(Code, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Purchase order {order.Number}: {new Money(before, order.Net.Currency)} invoiced before and {order.Net} now are {before + order.Net.Amount - limit.Limit} {order.Net.Currency.Code} above its {limit.Limit} {order.Net.Currency.Code}."));
            }
        }
    }
}
