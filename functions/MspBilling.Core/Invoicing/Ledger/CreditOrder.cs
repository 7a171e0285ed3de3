namespace MspBilling.Core.Invoicing;

/// <summary>Which credit pays what of which invoice: after tax; deposits for an agreement first, then what expires first, then what came first.</summary>
/// <remarks>
/// <para>HL-1 of 300.00 is open; a deposit of 80.00 for the project, 100.00 that expire in November and 250.00 of an earlier payment are there: 80.00, 100.00 and 120.00, and 130.00
/// are left. What expired by the day of use pays nothing.</para>
/// <para>A deposit pays no more than its agreement has on the invoice, with tax: of 123.00 for the project and 177.00 for support, a deposit of 200.00 for the project pays 123.00.</para>
/// </remarks>
public static class CreditOrder
{
    /// <param name="open">Invoices of one currency with what is open of each, in the order in which they are paid.</param>
    /// <param name="drafts">What is on them, by number; an invoice that is not among them is paid by no deposit.</param>
    /// <param name="date">The day of use.</param>
    public static List<CreditDraw> Of(ClientLedger ledger, IReadOnlyList<InvoiceShare> open, IReadOnlyDictionary<string, InvoiceDraft> drafts, DateOnly date)
    {
        var draws = new List<CreditDraw>();
        foreach (var credit in ledger.Credits.Where(credit => open.Count > 0 && credit.Left.Currency == open[0].Amount.Currency && !credit.IsExpired(date)))
        {
            IEnumerable<InvoiceShare> payable = credit.Granted.Agreement is { } agreement
                ? [.. open.Select(invoice => invoice with { Amount = Least(invoice.Amount, RoomOf(agreement, invoice, ledger, draws, drafts)) }).Where(invoice => !invoice.Amount.IsZero)]
                : open;
            var (shares, _) = OldestDue.Put(credit.Left, payable);
            draws.AddRange(shares.Select(share => new CreditDraw(credit.Id, share.Invoice, share.Amount)));
            var put = shares.ToDictionary(share => share.Invoice, share => share.Amount, StringComparer.Ordinal);
            open = [.. open.Select(each => put.TryGetValue(each.Invoice, out var paid) ? each with { Amount = each.Amount - paid } : each).Where(each => !each.Amount.IsZero)];
        }

        return draws;
    }

    // What the agreement has on the invoice, less what its deposits have paid of that.
    private static Money RoomOf(string agreement, InvoiceShare invoice, ClientLedger ledger, List<CreditDraw> draws, IReadOnlyDictionary<string, InvoiceDraft> drafts)
    {
        var currency = invoice.Amount.Currency;
        if (!drafts.TryGetValue(invoice.Invoice, out var draft))
        {
            return Money.Zero(currency);
        }

        var billed = Money.Sum(draft.Lines.Zip(draft.LineTaxes).Where(line => line.First.AgreementId == agreement).Select(line => line.Second.Net + line.Second.Tax), currency);
        var deposits = ledger.Entries.Where(entry => entry.Grants?.Agreement == agreement).Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var paid = Money.Sum(ledger.Entries.SelectMany(entry => entry.Draws).Concat(draws).Where(draw => draw.Invoice == invoice.Invoice && deposits.Contains(draw.Credit)).Select(draw => draw.Amount), currency);
        return billed > paid ? billed - paid : Money.Zero(currency);
    }

    private static Money Least(Money one, Money other) => one < other ? one : other;
}
