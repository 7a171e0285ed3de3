using System.Globalization;

namespace MspBilling.Core.Invoicing;

/// <summary>What an invoice was paid from credit when it was issued, as it is printed.</summary>
/// <param name="Credit">Id of the ledger's entry that granted the credit.</param>
/// <param name="Reference">The payment's reference or the number of the credit note; null for none.</param>
public sealed record PaidAtIssue(string Credit, bool IsPrepayment, string? Reference, Money Amount);

/// <summary>An invoice that is issued is paid from what the client has in credit, in <see cref="CreditOrder"/>.</summary>
/// <remarks>
/// <para>307.50 with 250.00 in credit: the invoice says that 250.00 are paid and 57.50 are due. The entry is written before the invoice under an id that its number makes, so an
/// issue that is cut short finds it again and prints the same.</para>
/// <para>It counts from the day of the invoice, or from the day of issue if that is later; what has expired by then pays nothing.</para>
/// </remarks>
public static class CreditAtIssue
{
    /// <summary>The id of the entry of an invoice.</summary>
    public static string IdOf(string number) => number + "/credit";

    /// <param name="number">That of the invoice; any name for one that is only drafted.</param>
    /// <param name="today">At the client.</param>
    /// <returns>Null where there is nothing to pay, or nothing in credit.</returns>
    public static CreditUse? Of(string number, InvoiceDraft draft, ClientLedger ledger, DateOnly today, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(ledger);
        var date = DateOf(draft, today);
        IReadOnlyList<InvoiceShare> open = draft.Total.IsZero || draft.Total.IsNegative ? [] : [new InvoiceShare(number, draft.Total)];
        var draws = CreditOrder.Of(ledger, open, new Dictionary<string, InvoiceDraft>(StringComparer.Ordinal) { [number] = draft }, date);
        return draws.Count == 0 ? null : CreditUses.Of(draws, IdOf(number), LedgerEntry.Program, $"Used when {number} was issued.", date, at);
    }

    /// <summary>The day from which a use counts.</summary>
    public static DateOnly DateOf(InvoiceDraft draft, DateOnly today) => draft.InvoiceDate > today ? draft.InvoiceDate : today;

    /// <summary>Why an invoice was paid otherwise than its draft showed; null where it was not.</summary>
    /// <param name="shown">By the draft.</param>
    /// <param name="paid">By the issue.</param>
    /// <param name="isAutomatic">Whether credit is still used by itself.</param>
    /// <param name="date">Of the use.</param>
    public static string? Changed(IReadOnlyList<PaidAtIssue> shown, IReadOnlyList<PaidAtIssue> paid, ClientLedger ledger, bool isAutomatic, DateOnly date)
    {
        var reasons = from credit in shown.Concat(paid).DistinctBy(each => each.Credit)
                      let before = AmountOf(shown, credit)
                      let now = AmountOf(paid, credit)
                      where before != now
                      select $"{before} of {credit.Reference ?? credit.Credit} became {now}, {Because(credit.Credit, now < before, ledger, isAutomatic, date)}";
        return string.Join("; ", reasons) is { Length: > 0 } words ? $"Paid from credit otherwise than the draft showed: {words}." : null;
    }

    private static Money AmountOf(IEnumerable<PaidAtIssue> shares, PaidAtIssue of) => Money.Sum(shares.Where(share => share.Credit == of.Credit).Select(share => share.Amount), of.Amount.Currency);

    private static string Because(string credit, bool isLess, ClientLedger ledger, bool isAutomatic, DateOnly date) =>
        !isAutomatic ? "because the settings leave credit to be used by hand"
        : ledger.Find(credit) is not { Grants: { } granted } entry ? "because it is not in the client's ledger any more"
        : ledger.Entries.OfType<Reversal>().FirstOrDefault(reversal => reversal.Of == credit) is { } reversal ? $"because {reversal.By} reversed it on {Day(reversal.Date)}: {reversal.Why}"
        : isLess && granted.Expires is { } last && date > last ? $"because it expired after {Day(last)}"
        : isLess && ledger.Entries.LastOrDefault(use => use.Draws.Any(draw => draw.Credit == credit && draw.Invoice is not null)) is { } other && other.Date <= date ? $"because it, or the invoice, was paid otherwise since: {other.Why}"
        : $"because of what came into credit since, {entry.Why} of {Day(entry.Date)} among it";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
