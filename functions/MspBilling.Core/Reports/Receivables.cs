using MspBilling.Core.Invoicing;

namespace MspBilling.Core.Reports;

/// <summary>What clients still have to pay on a day, by how long it is overdue.</summary>
/// <remarks>
/// <para>Counted from the due date: due on the 31st is current on the 31st and 1 day overdue on the 1st.</para>
/// <para>What is open is that of the day and not today's: 1,190.00 of September, paid on 20 October, are open in the report of 30 September whenever it is made.</para>
/// </remarks>
public sealed record ReceivablesReport(DateOnly AsOf, IReadOnlyList<string> Buckets, IReadOnlyList<ClientReceivables> Rows)
{
    private static readonly (string Name, int UpTo)[] Ages = [("current", 0), ("1-30", 30), ("31-60", 60), ("61-90", 90), ("over 90", int.MaxValue)];

    /// <param name="ledgers">Of the clients that have one, by client.</param>
    public static ReceivablesReport Of(DateOnly asOf, IEnumerable<IssuedInvoice> invoices, IReadOnlyDictionary<string, ClientLedger> ledgers) => new(
        asOf,
        [.. Ages.Select(a => a.Name)],
        [
            .. from invoice in On(asOf, invoices, ledgers)
               where !invoice.Balance.IsZero
               group invoice by (invoice.ClientId, invoice.ClientName, invoice.Currency) into g
               orderby g.Key.ClientName, g.Key.Currency.Code
               let amounts = Ages.Select((_, age) => Money.Sum(g.Where(i => AgeOf(i, asOf) == age).Select(i => i.Balance), g.Key.Currency)).ToList()
               select new ClientReceivables(g.Key.ClientId, g.Key.ClientName, g.Key.Currency, amounts, Money.Sum(amounts, g.Key.Currency)),
        ]);

    private static IEnumerable<IssuedInvoice> On(DateOnly asOf, IEnumerable<IssuedInvoice> invoices, IReadOnlyDictionary<string, ClientLedger> ledgers)
    {
        var then = ledgers.ToDictionary(ledger => ledger.Key, ledger => ledger.Value.On(asOf), StringComparer.Ordinal);
        return invoices.Where(invoice => invoice.InvoiceDate <= asOf).Select(invoice => then.TryGetValue(invoice.ClientId, out var ledger) ? invoice.With(ledger) : invoice);
    }

    private static int AgeOf(IssuedInvoice invoice, DateOnly asOf)
    {
        var overdue = asOf.DayNumber - invoice.DueDate.DayNumber;
        return Array.FindIndex(Ages, age => overdue <= age.UpTo);
    }
}

/// <param name="Amounts">One a bucket.</param>
public sealed record ClientReceivables(string ClientId, string ClientName, Currency Currency, IReadOnlyList<Money> Amounts, Money Total);
