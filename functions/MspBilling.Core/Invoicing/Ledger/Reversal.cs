namespace MspBilling.Core.Invoicing;

/// <summary>Another entry undone: a payment that the bank returned, a use of credit, a write-off.</summary>
/// <param name="Of">Id of the entry.</param>
public sealed record Reversal(string Of) : LedgerEntry;

/// <summary>Undoes an entry with all that came of it: its invoices are open once more, and so are those that were paid from a credit that it granted.</summary>
/// <remarks>
/// 500.00 paid HL-1 of 300.00 and, as credit, 200.00 of HL-2; the bank returns them: 300.00 and 200.00 are open again and no credit is left. A credit note is a document
/// and is not undone: what is right is billed by a new invoice.
/// </remarks>
public static class Reversals
{
    public static (Reversal? Reversal, string? Problem) Of(ClientLedger ledger, string of, string? id, string by, string why, DateOnly date, DateTimeOffset at)
    {
        if (ledger.Find(of) is not { } entry)
        {
            return (null, $"The client has no payment, use of credit or write-off with the id {of}.");
        }

        if (RefusalOf(entry) is { } stays)
        {
            return (null, $"{of} is {stays}.");
        }

        if (ledger.IsReversed(of))
        {
            return (null, $"{of} was reversed already.");
        }

        // What of it expired is undone with it: it was never there.
        var used = ledger.Entries.SelectMany(each => each.Draws).Where(draw => draw.Credit == of).GroupBy(draw => draw.Invoice)
            .Select(draws => new CreditDraw(of, draws.Key, Money.Sum(draws.Select(draw => draw.Amount), draws.First().Amount.Currency))).Where(draw => !draw.Amount.IsZero);
        List<CreditDraw> undone = [.. entry.Draws.Where(draw => !ledger.IsReversed(draw.Credit)).Concat(used).Select(draw => draw with { Amount = -draw.Amount })];
        var shares = entry is CreditUse ? [] : entry.Shares.Select(share => share with { Amount = -share.Amount });
        return (
            new Reversal(of)
            {
                Id = id ?? $"{of}/reversal",
                Date = date,
                At = at,
                By = by,
                Why = why,
                Shares = [.. shares.Concat(undone.Where(draw => draw.Invoice is not null).Select(draw => new InvoiceShare(draw.Invoice!, draw.Amount)))],
                Draws = undone,
            },
            null);
    }

    private static string? RefusalOf(LedgerEntry entry) => entry switch
    {
        CreditNote => "a credit note, a document that stays. Bill what is right on a new invoice",
        Reversal => "a reversal itself. Bring the payment in once more, with an id of its own",
        CreditExpiry => "a credit that has expired. Bring in what the client keeps as a payment ahead, with an id of its own and a later last day",
        LateFeeCharge fee => $"a late fee. Waive the fees of {fee.Invoice}",
        LateFeeWaiver => "a waiver, and what was waived stays waived",
        _ => null,
    };
}
