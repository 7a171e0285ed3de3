namespace MspBilling.Core.Invoicing;

/// <summary>All that moved what a client owes after its invoices were issued, and what that comes to.</summary>
/// <param name="Entries">In the order in which they were written.</param>
public sealed record ClientLedger(IReadOnlyList<LedgerEntry> Entries)
{
    public LedgerEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>What was taken off an invoice, by whatever: its total less this is open.</summary>
    public Money SettledOf(string invoice, Currency currency) =>
        Money.Sum(Entries.SelectMany(entry => entry.Shares).Where(share => share.Invoice == invoice).Select(share => share.Amount), currency);

    /// <summary>The credit notes of an invoice.</summary>
    public IEnumerable<CreditNote> NotesOf(string invoice) => Entries.OfType<CreditNote>().Where(note => note.Invoice == invoice);
}
