namespace MspBilling.Core.Invoicing;

/// <summary>To which open invoices money goes: those that are named, in their order; else those that were due first, then by number.</summary>
/// <remarks>500.00 for HL-1 of 300.00 due on the 1st and HL-2 of 400.00 due on the 15th: 300.00 and 200.00. What is more than all that is open is left.</remarks>
public static class OldestDue
{
    /// <param name="invoices">All of the client's.</param>
    /// <param name="currency">Of the money; invoices in others are left out.</param>
    /// <param name="named">Numbers; null for all.</param>
    /// <returns>Invoices with what is open of each, or what is wrong with a name.</returns>
    public static (IReadOnlyList<InvoiceShare> Open, string? Problem) Of(IReadOnlyList<IssuedInvoice> invoices, ClientLedger ledger, Currency currency, IReadOnlyList<string>? named)
    {
        foreach (var number in named ?? [])
        {
            if (invoices.FirstOrDefault(invoice => invoice.Number == number) is not { } invoice)
            {
                return ([], $"{number} is no invoice of the client.");
            }

            if (invoice.Currency != currency)
            {
                return ([], $"{number} is in {invoice.Currency}, and the money is in {currency}.");
            }
        }

        var chosen = named is null
            ? invoices.Where(invoice => invoice.Currency == currency).OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal)
            : named.Distinct(StringComparer.Ordinal).Select(number => invoices.First(invoice => invoice.Number == number));
        return ([.. chosen.Select(invoice => new InvoiceShare(invoice.Number, invoice.Total - ledger.SettledOf(invoice.Number, currency))).Where(open => !open.Amount.IsZero && !open.Amount.IsNegative)], null);
    }

    /// <summary>Puts an amount to open invoices in their order.</summary>
    /// <returns>What each gets, and what is left.</returns>
    internal static (List<InvoiceShare> Shares, Money Left) Put(Money amount, IEnumerable<InvoiceShare> open)
    {
        var shares = new List<InvoiceShare>();
        foreach (var invoice in open.TakeWhile(_ => !amount.IsZero))
        {
            var share = invoice.Amount < amount ? invoice.Amount : amount;
            shares.Add(invoice with { Amount = share });
            amount -= share;
        }

        return (shares, amount);
    }
}
