using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>A client's account over some days: what it owed, what was invoiced, credited and paid, what it owes and since when. Currencies are never added together.</summary>
/// <remarks>
/// <para>A payment or a credit note counts whole, on its day, whether it went to an invoice or into credit; that credit is put to an invoice later moves nothing, that it expires does. So the
/// closing balance is what is open of invoices less what the client has in credit: 1,190.00 invoiced and 1,250.00 paid end at -60.00.</para>
/// <para>Ageing counts from the due date to the last day: due on the 31st is current on the 31st and 1 day overdue on the 1st. What is in credit lowers what is current.</para>
/// </remarks>
public static class ClientStatements
{
    /// <param name="days">Half-open; the balance is that of the end of its last day.</param>
    /// <param name="invoices">All of the client's.</param>
    /// <param name="notes">All of its credit notes that have a number.</param>
    /// <returns>One account a currency that ever had anything, in the order of their codes.</returns>
    public static IReadOnlyList<StatementAccount> Of(Period days, IReadOnlyCollection<IssuedInvoice> invoices, ClientLedger ledger, IReadOnlyCollection<IssuedCreditNote> notes)
    {
        var numbers = notes.ToDictionary(note => note.Entry, note => note.Number, StringComparer.Ordinal);
        List<StatementEntry> all =
        [
            .. invoices.Select(invoice => new StatementEntry(invoice.InvoiceDate, StatementEntryKind.Invoice, invoice.Number, invoice.Total, invoice.DueDate)),
            .. ledger.Entries.SelectMany(entry => Of(entry, ledger, numbers)),
        ];
        return
        [
            .. from entry in all
               group entry by entry.Amount.Currency into account
               orderby account.Key.Code
               let known = account.Where(entry => entry.Date < days.End).OrderBy(entry => entry.Date).ToList()
               select StatementAccount.Of(
                   Money.Sum(known.Where(entry => entry.Date < days.Start).Select(entry => entry.Amount), account.Key),
                   known.Where(entry => entry.Date >= days.Start),
                   AgeingOf(days.LastDay, account.Key, invoices, ledger)),
        ];
    }

    private static IEnumerable<StatementEntry> Of(LedgerEntry entry, ClientLedger ledger, Dictionary<string, string> numbers) => entry switch
    {
        CreditNote note => [new StatementEntry(note.Date, StatementEntryKind.CreditNote, numbers.GetValueOrDefault(note.Id, note.Id), -note.Total)],
        Payment payment => [new StatementEntry(payment.Date, StatementEntryKind.Payment, payment.Reference ?? payment.Id, -payment.Amount)],
        CreditExpiry expiry => expiry.Draws.Select(draw => new StatementEntry(expiry.Date, StatementEntryKind.CreditExpired, NameOf(ledger.Find(draw.Credit), draw.Credit), draw.Amount)),
        LateFeeCharge fee => [new StatementEntry(fee.Date, StatementEntryKind.LateFee, fee.Invoice, fee.Amount)],
        LateFeeWaiver waiver => waiver.Shares.Select(share => share.Amount).Concat(waiver.Grants is { } paid ? [paid.Amount] : [])
            .Select(amount => new StatementEntry(waiver.Date, StatementEntryKind.LateFeeWaived, waiver.Invoice, -amount)),
        WriteOff writeOff => writeOff.Shares.Select(share => new StatementEntry(writeOff.Date, StatementEntryKind.WrittenOff, share.Invoice, -share.Amount)),
        Reversal reversal => ledger.Find(reversal.Of) switch
        {
            Payment payment => [new StatementEntry(reversal.Date, StatementEntryKind.PaymentReversed, payment.Reference ?? payment.Id, payment.Amount + Expired(reversal, payment.Amount.Currency))],
            WriteOff writeOff => writeOff.Shares.Select(share => new StatementEntry(reversal.Date, StatementEntryKind.WrittenOff, share.Invoice, share.Amount)),
            _ => [],
        },
        _ => [],
    };

    // What of a payment expired was taken from the client before, and is not taken once more with the payment.
    private static Money Expired(Reversal reversal, Currency currency) => Money.Sum(reversal.Draws.Where(draw => draw.Invoice is null).Select(draw => draw.Amount), currency);

    private static string NameOf(LedgerEntry? entry, string id) => entry is Payment { Reference: { } reference } ? reference : id;

    // On its own day, because a payment may be brought in late and dated before what was done with it.
    private static Money? CreditOf(LedgerEntry entry, ClientLedger ledger) =>
        entry is Reversal reversal ? ledger.Find(reversal.Of)?.Grants is { } granted ? -granted.Amount : null : entry.Grants?.Amount;

    private static Ageing AgeingOf(DateOnly day, Currency currency, IEnumerable<IssuedInvoice> invoices, ClientLedger ledger)
    {
        var then = ledger.On(day);
        var open = invoices.Where(invoice => invoice.Currency == currency)
            .Select(invoice => (Overdue: day.DayNumber - invoice.DueDate.DayNumber, Amount: (invoice.InvoiceDate <= day ? invoice.Total : Money.Zero(currency)) - then.SettledOf(invoice.Number, currency)))
            .ToList();
        var credit = Money.Sum(then.Entries.Select(entry => CreditOf(entry, ledger)).OfType<Money>().Concat(then.Entries.SelectMany(entry => entry.Draws).Select(draw => -draw.Amount)).Where(amount => amount.Currency == currency), currency);
        Money Between(int from, int to) => Money.Sum(open.Where(each => each.Overdue >= from && each.Overdue <= to).Select(each => each.Amount), currency);
        return new Ageing(Between(int.MinValue, 0) - credit, Between(1, 30), Between(31, 60), Between(61, 90), Between(91, int.MaxValue));
    }
}
