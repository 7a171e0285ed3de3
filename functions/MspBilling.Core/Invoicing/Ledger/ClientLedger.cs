namespace MspBilling.Core.Invoicing;

/// <summary>All that moved what a client owes after its invoices were issued, and what that comes to.</summary>
/// <param name="Entries">In the order in which they were written.</param>
public sealed record ClientLedger(IReadOnlyList<LedgerEntry> Entries)
{
    public LedgerEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>As it was at the end of a day.</summary>
    public ClientLedger On(DateOnly day) => new([.. Entries.Where(entry => entry.Date <= day)]);

    /// <summary>What was taken off an invoice, by whatever: its total less this is open.</summary>
    public Money SettledOf(string invoice, Currency currency) =>
        Money.Sum(Entries.SelectMany(entry => entry.Shares).Where(share => share.Invoice == invoice).Select(share => share.Amount), currency);

    /// <summary>The credit notes of an invoice.</summary>
    public IEnumerable<CreditNote> NotesOf(string invoice) => Entries.OfType<CreditNote>().Where(note => note.Invoice == invoice);

    /// <summary>What of an invoice is given up and was not taken back.</summary>
    public Money WrittenOffOf(string invoice, Currency currency) =>
        Money.Sum(Entries.Where(entry => entry is WriteOff && !IsReversed(entry.Id)).SelectMany(entry => entry.Shares).Where(share => share.Invoice == invoice).Select(share => share.Amount), currency);

    public bool IsReversed(string id) => Entries.OfType<Reversal>().Any(reversal => reversal.Of == id);

    /// <summary>What was charged for paying an invoice late, less what was waived.</summary>
    public Money LateFeesOf(string invoice, Currency currency) =>
        IsWaived(invoice) ? Money.Zero(currency) : Money.Sum(Entries.OfType<LateFeeCharge>().Where(fee => fee.Invoice == invoice).Select(fee => fee.Amount), currency);

    public bool IsWaived(string invoice) => Entries.OfType<LateFeeWaiver>().Any(waiver => waiver.Invoice == invoice);

    /// <summary>What the client has in credit, used up or not, in the order in which it pays invoices: deposits for an agreement, what expires first, then what came first.</summary>
    public IReadOnlyList<CreditLeft> Credits =>
    [
        .. Entries.Where(entry => entry.Grants is not null && !IsReversed(entry.Id))
            .Select(entry => new CreditLeft(entry.Id, entry.Grants!, entry.Grants!.Amount - Money.Sum(Entries.SelectMany(e => e.Draws).Where(draw => draw.Credit == entry.Id).Select(draw => draw.Amount), entry.Grants.Amount.Currency)))
            .OrderBy(credit => credit.Granted.Agreement is null).ThenBy(credit => credit.Granted.Expires ?? DateOnly.MaxValue),
    ];
}

/// <summary>A credit and what is left of it.</summary>
/// <param name="Id">Of the entry that granted it.</param>
public sealed record CreditLeft(string Id, AccountCredit Granted, Money Left)
{
    public bool IsExpired(DateOnly day) => Granted.Expires is { } last && day > last;
}
