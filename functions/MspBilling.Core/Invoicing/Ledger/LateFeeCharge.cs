using System.Globalization;
using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>A fee for paying an invoice late, added to what is open of it.</summary>
/// <param name="Invoice">The number of the invoice that is overdue.</param>
/// <param name="Amount">Above zero.</param>
public sealed record LateFeeCharge(string Invoice, Money Amount) : LedgerEntry;

/// <summary>Charges the late fees of an invoice's terms: each once, on its day, on what was open at the end of it.</summary>
/// <remarks>
/// <para>1,000.00 due on 31 January at 1.5 % a month, 400.00 paid on 10 March: 15.00 on 28 February, 9.00 on 31 March. It is the same whenever it is charged: who looks in May
/// for the first time charges each of these days what it had. A payment that is brought in late for an earlier day changes no fee that is charged; waive it.</para>
/// <para>A fee is neither revenue of a service nor the consideration for one, but a compensation, and bears no tax; an electronic invoice could not have it beside lines with VAT
/// (EN 16931, BR-O-11). So it goes to the invoice that is overdue and not on a later one. Fees bear no fees: payments go to the invoice first, and the percentage is of what is left of it.</para>
/// </remarks>
public static class LateFeeCharges
{
    /// <param name="invoice">One of the client's.</param>
    /// <param name="from">The first day on which fees are charged.</param>
    /// <param name="until">The last; a day that has ended at the client.</param>
    /// <returns>What the ledger does not have yet, by day; nothing for an invoice without such terms, or whose fees were waived.</returns>
    public static IReadOnlyList<LateFeeCharge> Of(IssuedInvoice invoice, ClientLedger ledger, DateOnly from, DateOnly until, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        ArgumentNullException.ThrowIfNull(ledger);
        if (invoice.LateFee is not { } terms || ledger.IsWaived(invoice.Number))
        {
            return [];
        }

        var fees = new List<LateFeeCharge>();
        DateOnly? before = null;
        foreach (var day in LateFees.Days(terms, invoice.DueDate, until))
        {
            var balance = PrincipalOn(day, invoice, ledger);
            var charged = before is { } last ? LateFees.Of(terms, balance, invoice.DueDate, last) : Money.Zero(balance.Currency);
            var fee = LateFees.Of(terms, balance, invoice.DueDate, day) - charged;
            var id = string.Create(CultureInfo.InvariantCulture, $"{invoice.Number}/late-fee/{day:yyyy-MM-dd}");
            if (day >= from && !fee.IsZero && ledger.Find(id) is null)
            {
                fees.Add(new LateFeeCharge(invoice.Number, fee)
                {
                    Id = id,
                    Date = day,
                    At = at,
                    By = LedgerEntry.Program,
                    Why = Words(invoice, terms, balance, before, day),
                    Shares = [new InvoiceShare(invoice.Number, -fee)],
                });
            }

            before = day;
        }

        return fees;
    }

    private static Money PrincipalOn(DateOnly day, IssuedInvoice invoice, ClientLedger ledger)
    {
        var settled = Money.Sum(
            ledger.Entries.Where(entry => entry.Date <= day && entry is not (LateFeeCharge or LateFeeWaiver)).SelectMany(entry => entry.Shares).Where(share => share.Invoice == invoice.Number).Select(share => share.Amount),
            invoice.Currency);
        return invoice.Total - settled;
    }

    private static string Words(IssuedInvoice invoice, LateFee fee, Money balance, DateOnly? before, DateOnly day)
    {
        var months = LateFees.MonthsSince(invoice.DueDate, day) - (before is { } last ? LateFees.MonthsSince(invoice.DueDate, last) : 0);
        var flat = before is null && fee.Flat is { } once && once.Currency == balance.Currency ? $"a fee of {once}" : null;
        var percent = fee.PercentPerMonth is { } rate && months > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{rate} % a month of {balance} for {months} {(months == 1 ? "month" : "months")}: {balance.Percent(rate * months)}")
            : null;
        return string.Create(CultureInfo.InvariantCulture, $"{invoice.Number} was due on {invoice.DueDate:yyyy-MM-dd}; {string.Join(", and ", new[] { flat, percent }.OfType<string>())}.");
    }
}
